/**
 * From picture files to a feature file: what {@code fusebox extract} does.
 *
 * <p>Rows are written as they come, so that memory does not grow with the number of pictures; until
 * the file is whole it lies beside its place, with a journal from which the same command goes on.
 */
package dev.fusebox.extract;
