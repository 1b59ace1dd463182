/**
 * Generation: greedy, beam search, sampling. Keys and values of source and target stay in a KV
 * cache, and finished sentences leave the batch.
 *
 * <p>A {@link dev.fusebox.t5.generate.Generator} searches; {@code DecoderState} processes one token
 * per row at a time, through {@code GenerateScript}; {@code PreparedDecoder} makes a second copy of
 * {@link dev.fusebox.t5.DecoderWeights} in a layout for products with few rows, whose cost and gain
 * {@code benchmarks} measures. {@link dev.fusebox.t5.generate.fast} has faster ways to the same
 * tokens.
 *
 * <p>Letters: B inputs, R rows being generated (beams or samples of an input are rows of their
 * own), V vocabulary.
 */
package dev.fusebox.t5.generate;
