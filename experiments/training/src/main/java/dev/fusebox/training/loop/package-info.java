/**
 * The training loop: steps, validation with early stopping and the best checkpoint, saved states.
 *
 * <p>A run is a function of its settings, its data and its seed: the order of the questions, the
 * learning rate and the seed of the dropout follow from the number of a step alone, so that an
 * interrupted run resumes bit-identically.
 */
package dev.fusebox.training.loop;
