/** Scores and statistics: from what a model wrote to a number that can be trusted. */
package dev.fusebox.results.score;
