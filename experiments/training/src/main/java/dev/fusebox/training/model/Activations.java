package dev.fusebox.training.model;

import dev.fusebox.t5.T5Config;

/**
 * What one forward pass of T5 keeps for its backward pass, in bytes: the arrays that autograd saves
 * in each sub-layer of {@code t5.py}.
 *
 * @param config of the model
 * @param rows of the batch, B
 * @param lengths of each row
 * @param bytes of a number that a product reads: 4, or 2 in mixed precision
 * @param dropout whether there is any
 * @param baseLearns whether the products' inputs are kept for the gradients of their weights
 */
record Activations(
    T5Config config,
    long rows,
    MemoryNeed.InputSizes lengths,
    int bytes,
    boolean dropout,
    boolean baseLearns) {

  /** With everything kept. */
  long kept() {
    return config.encoderDepth() * encoderBlock()
        + config.decoderDepth() * decoderBlock()
        + ends()
        + fusion();
  }

  /** With the states between sub-layers kept, and one sub-layer computed again at a time. */
  long recomputed() {
    long streams =
        2L * config.encoderDepth() * read() * config.width() * Float.BYTES
            + 3L * config.decoderDepth() * written() * config.width() * Float.BYTES;
    return streams + Math.max(encoderBlock(), decoderBlock()) + ends() + fusion();
  }

  /** Of one block at a time, where nothing is kept for a backward pass. */
  long passing() {
    return encoderBlock() + 3 * read() * config.width() * Float.BYTES + fusion();
  }

  private long read() {
    return rows * lengths.source();
  }

  private long written() {
    return rows * lengths.target();
  }

  private long encoderBlock() {
    return attention(read(), read(), lengths.source()) + feedForward(read());
  }

  private long decoderBlock() {
    return attention(written(), written(), lengths.target())
        + attention(written(), read(), lengths.source())
        + feedForward(written());
  }

  /** The residual, and the norm's two products where its weight or those behind it learn. */
  private long normed(long tokens) {
    long floats = tokens * config.width();
    long learning = baseLearns ? floats * Float.BYTES + floats * bytes : 0;
    return floats * Float.BYTES + learning;
  }

  /** Queries, keys, values, what was attended to, and the weights, twice where some are dropped. */
  private long attention(long queries, long keys, long length) {
    long inner = config.attentionWidth();
    long states = queries * inner + 2 * keys * inner + (baseLearns ? queries * inner : 0);
    long weights = queries * length * config.heads();
    long kept = (states + (dropout ? 2 : 1) * weights) * bytes;
    // int64 of the places that are dropped
    long places = dropout ? Math.round(weights * config.dropout()) * Long.BYTES : 0;
    return normed(queries) + kept + places;
  }

  private long feedForward(long tokens) {
    long inner = tokens * config.feedForwardWidth();
    long arrays = config.gated() ? (baseLearns ? 4 : 3) : 1;
    long places = dropout ? Math.round(inner * config.dropout()) * Long.BYTES : 0;
    return normed(tokens) + arrays * inner * bytes + places;
  }

  /** The scores of all tokens, which become their gradients in place, and the embedded texts. */
  private long ends() {
    long scores = written() * config.vocabulary() * (Float.BYTES + (bytes == 2 ? 2 : 0));
    return scores + 3 * (read() + written()) * config.width() * Float.BYTES;
  }

  /** The pictures, and about as much as attention to them takes. */
  private long fusion() {
    long vectors = rows * lengths.patches();
    return vectors == 0
        ? 0
        : vectors * (lengths.visionWidth() + 3L * config.width()) * Float.BYTES
            + 6 * read() * config.width() * Float.BYTES
            + read() * lengths.patches() * Float.BYTES;
  }
}
