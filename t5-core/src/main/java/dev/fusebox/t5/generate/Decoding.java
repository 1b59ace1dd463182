package dev.fusebox.t5.generate;

import java.util.List;

/** How the next token is chosen. */
public sealed interface Decoding {

  /** How many sentences come back for each input. */
  int sequences();

  /** The likeliest token, always. */
  record Greedy() implements Decoding {

    @Override
    public int sequences() {
      return 1;
    }
  }

  /**
   * Beam search as in Hugging Face's {@code generate} up to version 4.49.
   *
   * @param beams at least 2
   * @param lengthPenalty a sentence's score is its log probability divided by its length to this
   *     power: above 0 favours long sentences
   * @param earlyStopping when to stop looking
   * @param sequences how many sentences come back, best first; at most {@code beams}
   */
  record Beam(int beams, double lengthPenalty, EarlyStopping earlyStopping, int sequences)
      implements Decoding {

    public Beam {
      if (beams < 2) {
        throw new IllegalArgumentException("beams must be at least 2, found " + beams);
      }
      if (!Double.isFinite(lengthPenalty)) {
        throw new IllegalArgumentException("lengthPenalty must be finite, found " + lengthPenalty);
      }
      if (sequences < 1 || sequences > beams) {
        throw new IllegalArgumentException(
            "sequences must be between 1 and beams = " + beams + ", found " + sequences);
      }
    }

    /** The best sentence of {@code beams} beams, scored by its mean log probability. */
    public static Beam of(int beams) {
      return new Beam(beams, 1, EarlyStopping.WHEN_UNLIKELY, 1);
    }
  }

  /**
   * A random token. Temperature first, then {@code topK}, then {@code topP} among what is left.
   *
   * @param temperature above 0: below 1 sharpens, above 1 flattens
   * @param topK only the likeliest so many; 0: all
   * @param topP only the likeliest that together reach this probability (nucleus sampling); in (0,
   *     1], 1: all
   * @param seed decides every draw: same seed, same batch, same sentences
   * @param sequences how many sentences come back for each input
   * @param inputSeeds one for each input instead of {@code seed}, so that an input has the same
   *     draws in whatever batch; empty: {@code seed} decides for all
   */
  record Sampling(
      double temperature, int topK, double topP, long seed, int sequences, List<Long> inputSeeds)
      implements Decoding {

    /** One seed for all inputs. */
    public Sampling(double temperature, int topK, double topP, long seed, int sequences) {
      this(temperature, topK, topP, seed, sequences, List.of());
    }

    public Sampling {
      inputSeeds = List.copyOf(inputSeeds);
      if (!(temperature > 0) || Double.isInfinite(temperature)) {
        throw new IllegalArgumentException(
            "temperature must be above 0 and finite, found " + temperature);
      }
      if (topK < 0) {
        throw new IllegalArgumentException("topK must be 0 (all) or more, found " + topK);
      }
      if (!(topP > 0 && topP <= 1)) {
        throw new IllegalArgumentException("topP must be in (0, 1], found " + topP);
      }
      if (sequences < 1) {
        throw new IllegalArgumentException("sequences must be at least 1, found " + sequences);
      }
    }
  }
}
