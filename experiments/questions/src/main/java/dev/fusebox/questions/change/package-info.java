/**
 * Perturbed questions, to see what a model's answers rest on: options in another order, a hint that
 * misleads, the picture of another question. Each change says what a model that understands would
 * do.
 */
package dev.fusebox.questions.change;
