package dev.fusebox.benchmarks;

/**
 * What one turn of one side took.
 *
 * @param seconds of a repetition
 * @param mebibytes the most memory that its process held
 */
record Turn(double seconds, double mebibytes) {}
