/** From gradients to steps: optimizers, their rules, the course of the learning rate. */
package dev.fusebox.training.optimize;
