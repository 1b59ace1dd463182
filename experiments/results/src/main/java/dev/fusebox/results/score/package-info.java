/**
 * Scores and statistics: from a model's predictions to numbers with confidence intervals and tests.
 */
package dev.fusebox.results.score;
