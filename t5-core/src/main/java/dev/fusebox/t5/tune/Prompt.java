package dev.fusebox.t5.tune;

import dev.fusebox.t5.T5Model;

/**
 * {@code prompt}: vectors that learn before the text that the encoder reads, over a model that
 * stays as it is (Lester et al. 2021, arXiv 2104.08691).
 *
 * @param virtualTokens how many
 */
public record Prompt(int virtualTokens) implements Tuning {

  public Prompt {
    if (virtualTokens < 1) {
      throw new IllegalArgumentException(
          "virtualTokens must be at least 1, found " + virtualTokens);
    }
  }

  @Override
  public boolean tunesBase() {
    return false;
  }

  @Override
  public boolean adds(String parameter) {
    return parameter.equals(T5Model.PROMPT);
  }
}
