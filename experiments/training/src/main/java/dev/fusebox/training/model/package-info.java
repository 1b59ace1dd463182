/** A model with its weights on a device, and what it makes of a batch. */
package dev.fusebox.training.model;
