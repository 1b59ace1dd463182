/** A model with its weights on a device, and its forward pass over a batch. */
package dev.fusebox.training.model;
