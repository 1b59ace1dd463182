/**
 * Everything that determines a run except its seed, as records bound from a config: data, model,
 * stages, training, decoding.
 */
package dev.fusebox.training.recipe;
