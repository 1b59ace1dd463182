/** Inputs and outputs of a trainer and a predictor: the interface between stages and models. */
package dev.fusebox.training.task;
