/**
 * Writing: greedy, beam search, sampling; keys and values of what was read and written are computed
 * once, and finished sentences leave the batch.
 *
 * <p>Letters: B inputs, R rows being written (beams or samples of an input are rows of their own),
 * V vocabulary.
 *
 * <p>A {@link dev.fusebox.t5.generate.Generator} holds the decoder's weights a second time, laid
 * out for products with few rows; what it costs and gains is measured in {@code benchmarks}.
 */
package dev.fusebox.t5.generate;
