package dev.fusebox.track;

/**
 * A point of a curve.
 *
 * @param name of the curve
 * @param step counts from 1; 0 for what belongs to no step
 * @param time in milliseconds since 1970
 */
record CurvePoint(String name, double value, long step, long time) {}
