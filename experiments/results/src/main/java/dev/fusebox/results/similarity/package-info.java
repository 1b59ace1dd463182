/**
 * How near two texts are in meaning, by a sentence-transformer that lies in a local directory: a
 * BERT, the mean of its last states, and the cosine of two of these means.
 */
package dev.fusebox.results.similarity;
