/**
 * Generation: greedy, beam search, sampling. Keys and values of what was read and written stay in a
 * KV cache, and finished sentences leave the batch.
 *
 * <p>A {@link dev.fusebox.t5.generate.Generator} searches; {@code DecoderState} reads one token per
 * row after the other, through {@code GenerateScript}; {@code PreparedDecoder} lays out what {@link
 * dev.fusebox.t5.DecoderWeights} holds for products with few rows, a second time; what that costs
 * and gains is measured in {@code benchmarks}. {@link dev.fusebox.t5.generate.fast} has the faster
 * ways to the same tokens.
 *
 * <p>Letters: B inputs, R rows being written (beams or samples of an input are rows of their own),
 * V vocabulary.
 */
package dev.fusebox.t5.generate;
