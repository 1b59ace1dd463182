package dev.fusebox.training.model;

import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import java.util.ArrayList;
import java.util.List;

/**
 * The memory that a trained stage takes while it writes or ranks, in bytes, told from shapes before
 * anything is loaded.
 *
 * @param weights of the model
 * @param prepared the decoder's weights once more, laid out for products of few rows, with what is
 *     tried while the fastest layout is looked for
 * @param cache keys and values of the inputs and of the tokens so far
 * @param activations of the encoder and of the scores
 * @param program Java, libtorch and what they need besides
 */
public record WritingNeed(long weights, long prepared, long cache, long activations, long program) {

  /** The most options of a ScienceQA question: all that are ranked are scored at once. */
  private static final int OPTIONS = 5;

  /**
   * Of a stage.
   *
   * @param backbone weights that pictures go through on the way to the model, in numbers
   * @param measures whether layouts are tried, as on a CPU
   */
  public static WritingNeed of(
      T5Config config,
      ModelSize size,
      DecodingSettings decoding,
      MemoryNeed.InputSizes lengths,
      long backbone,
      boolean measures) {
    boolean writes = decoding.mode() == DecodingMode.GENERATED;
    return new WritingNeed(
        size.weightBytes() + backbone * Float.BYTES,
        writes ? prepared(config, decoding, measures) : 0,
        writes ? cache(config, decoding, lengths) : 0,
        reading(config, decoding.batch(), lengths) + scores(config, decoding, lengths),
        MemoryNeed.PROGRAM);
  }

  /**
   * The matrices are laid out kind by kind. At the height of it those before are ready, and one
   * kind is there as it was, transposed and packed.
   */
  private static long prepared(T5Config config, DecodingSettings decoding, boolean measures) {
    boolean exact = decoding.weights() == WeightPrecision.FLOAT32;
    int tried = exact && measures ? 3 : 1;
    long ready = 0;
    long height = 0;
    for (long numbers : kinds(config)) {
      long stored = numbers * bytes(decoding.weights());
      long others = exact ? (tried - 1) * stored : stored;
      height = Math.max(height, ready + numbers * Float.BYTES + others);
      ready += stored;
    }
    boolean twice = exact && decoding.beams() == 1 && decoding.batch() > 1; // for a last row alone
    return twice ? ready + height : height;
  }

  /** Numbers of each kind of matrix, over all blocks, in the order in which they are prepared. */
  private static List<Long> kinds(T5Config config) {
    long width = config.width();
    long attention = width * config.attentionWidth();
    long feedForward = width * config.feedForwardWidth();
    List<Long> kinds = new ArrayList<>();
    for (long each :
        List.of(
            3 * attention,
            attention,
            attention,
            attention,
            config.gated() ? 2 * feedForward : feedForward,
            feedForward)) {
      kinds.add(config.decoderDepth() * each);
    }
    kinds.add(width * config.vocabulary());
    return kinds;
  }

  private static int bytes(WeightPrecision weights) {
    return switch (weights) {
      case FLOAT32 -> Float.BYTES;
      case BFLOAT16 -> Short.BYTES;
      case INT8 -> Byte.BYTES;
    };
  }

  /** One more array than there are blocks, for rows that change places. */
  private static long cache(
      T5Config config, DecodingSettings decoding, MemoryNeed.InputSizes lengths) {
    long inner = 2L * config.attentionWidth() * Float.BYTES;
    long written = (long) decoding.batch() * decoding.beams() * lengths.target();
    long read = (long) decoding.batch() * lengths.source();
    return inner * ((config.decoderDepth() + 1) * written + config.decoderDepth() * read);
  }

  /** Of one block of the encoder at a time, and the pictures. */
  private static long reading(T5Config config, long rows, MemoryNeed.InputSizes lengths) {
    return new Activations(config, rows, lengths, Float.BYTES, false, true).passing();
  }

  /** In fp32, and their logarithms; of all tokens at once where they are known beforehand. */
  private static long scores(
      T5Config config, DecodingSettings decoding, MemoryNeed.InputSizes lengths) {
    long rows =
        switch (decoding.mode()) {
          case GENERATED -> (long) decoding.batch() * decoding.beams();
          case TEACHER_FORCED -> (long) decoding.batch() * lengths.target();
          case RANKED, RANKED_PER_TOKEN -> (long) decoding.batch() * OPTIONS * lengths.target();
        };
    return 2 * rows * config.vocabulary() * Float.BYTES;
  }

  /** At its height. */
  public long total() {
    return weights + prepared + cache + activations + program;
  }
}
