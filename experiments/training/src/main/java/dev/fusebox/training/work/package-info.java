/**
 * Stages, each computed once: generated data, pretraining, a trained model, its predictions; and
 * the files they read.
 *
 * <ul>
 *   <li>{@link dev.fusebox.training.recipe.Recipe}: everything that determines a run except its
 *       seed, bound from a config;
 *   <li>{@link dev.fusebox.training.task.StageTrainer} and {@link
 *       dev.fusebox.training.task.StagePredictor}: what computes them.
 * </ul>
 */
package dev.fusebox.training.work;
