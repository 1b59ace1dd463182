/**
 * From a recipe to a graph of stages, each computed once: generated data, pretraining, a trained
 * model, what it writes.
 *
 * <ul>
 *   <li>{@link dev.fusebox.experiments.pipeline.Recipe}: everything that determines a run but its
 *       seed, bound from a config;
 *   <li>{@link dev.fusebox.experiments.pipeline.StageTrainer} and {@link
 *       dev.fusebox.experiments.pipeline.StagePredictor}: what the graph asks of the rest.
 * </ul>
 */
package dev.fusebox.experiments.pipeline;
