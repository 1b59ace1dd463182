package dev.fusebox.results.report;

/**
 * A line of a file that each stage of a run has.
 *
 * @param stage which part of the run it is; empty where only the run's own file is left
 * @param line what stands there
 */
public record OfStage<T>(String stage, T line) {}
