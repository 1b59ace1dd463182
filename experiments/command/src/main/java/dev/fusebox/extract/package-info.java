/**
 * From picture files to a feature file: what {@code fusebox extract} does.
 *
 * <p>Rows are written as they are computed, so memory does not grow with the number of pictures;
 * until the file is complete it has a temporary name, with a journal from which the same command
 * resumes.
 */
package dev.fusebox.extract;
