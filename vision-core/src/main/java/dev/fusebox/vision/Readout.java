package dev.fusebox.vision;

import java.util.Optional;

/**
 * Which states of a backbone are its features.
 *
 * @param layer index in Hugging Face's {@code hidden_states}: 0 is the embedding, k what layer k
 *     gives, -1 the last one, -2 the one before; empty for the {@code last_hidden_state}
 * @param pool what is kept of the places
 * @param norm whether they pass the final norm
 * @param output the name of an output, for a file that has several
 */
public record Readout(Optional<Integer> layer, Pool pool, FinalNorm norm, Optional<String> output) {

  /** The last state of every place, as published. */
  public static Readout last() {
    return new Readout(Optional.empty(), Pool.ALL, FinalNorm.PUBLISHED, Optional.empty());
  }

  /** The same of a certain layer. */
  public Readout ofLayer(int index) {
    return new Readout(Optional.of(index), pool, norm, output);
  }

  /** The same, pooled. */
  public Readout pooled(Pool other) {
    return new Readout(layer, other, norm, output);
  }

  /** The same, with or without the final norm. */
  public Readout normed(FinalNorm other) {
    return new Readout(layer, pool, other, output);
  }

  /** The same, of a named output. */
  public Readout ofOutput(String name) {
    return new Readout(layer, pool, norm, Optional.of(name));
  }
}
