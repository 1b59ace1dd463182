/** Predictions of a trained model: generation, teacher forcing, or ranking of options. */
package dev.fusebox.training.write;
