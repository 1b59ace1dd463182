/**
 * Test questions that stand in the training data nearly as they are asked: their texts compared by
 * runs of words, their pictures by what a thumbnail shows.
 */
package dev.fusebox.results.leak;
