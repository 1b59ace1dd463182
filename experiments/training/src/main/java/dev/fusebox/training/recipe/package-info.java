/**
 * What determines a run but its seed, as records that a config is bound to: data, model, stages,
 * training, decoding.
 */
package dev.fusebox.training.recipe;
