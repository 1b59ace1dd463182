/**
 * Stages, each computed once: generated data, pretraining, a trained model, what it writes; and the
 * files they read.
 *
 * <ul>
 *   <li>{@link dev.fusebox.training.recipe.Recipe}: everything that determines a run but its seed,
 *       bound from a config;
 *   <li>{@link dev.fusebox.training.task.StageTrainer} and {@link
 *       dev.fusebox.training.task.StagePredictor}: what the graph asks of the rest.
 * </ul>
 */
package dev.fusebox.training.work;
