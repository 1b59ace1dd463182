/** The fusions that were found when the program started, by name. */
package dev.fusebox.training.catalogue;
