package dev.fusebox.training.optimize;

/**
 * Parameters that learn at a rate of their own.
 *
 * @param parameters at least one
 * @param rateFactor their learning rate in multiples of the schedule's
 */
public record ParameterGroup(TrainableParameters parameters, double rateFactor) {}
