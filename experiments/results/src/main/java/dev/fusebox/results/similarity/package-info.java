/**
 * Semantic similarity of texts, by a sentence-transformer in a local directory: a BERT, mean
 * pooling over its last hidden states, and cosine similarity.
 */
package dev.fusebox.results.similarity;
