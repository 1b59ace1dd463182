/** From gradients to steps: optimizers, their update rules, the learning-rate schedule. */
package dev.fusebox.training.optimize;
