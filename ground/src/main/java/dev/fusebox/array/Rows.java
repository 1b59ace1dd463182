package dev.fusebox.array;

/**
 * Neighbouring rows of an array, along its first axis.
 *
 * @param first counted from 0
 * @param count at least 1; 1 of a single number too
 * @since 0.1
 */
public record Rows(long first, long count) {}
