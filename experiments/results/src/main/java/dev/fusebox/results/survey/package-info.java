/**
 * What a score on a data set means: how long its texts are, how much of the test split occurs in
 * training, and what trivial baselines reach.
 */
package dev.fusebox.results.survey;
