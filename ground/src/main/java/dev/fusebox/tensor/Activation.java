package dev.fusebox.tensor;

import java.util.Locale;

/**
 * A pointwise non-linearity.
 *
 * @since 0.1
 */
public enum Activation {
  /** max(x, 0): T5 v1.0. */
  RELU(0),
  /** GELU by tanh: T5 v1.1, FLAN. */
  GELU_NEW(1),
  /** GELU by erf. */
  GELU(2),
  /** x · sigmoid(x). */
  SILU(3),
  /** max(x, 0)²: Flamingo. */
  SQUARED_RELU(4);

  private final int code;

  Activation(int code) {
    this.code = code;
  }

  /** The number that script functions know this by. */
  public int code() {
    return code;
  }

  /**
   * The activation of that name in a Hugging Face config.
   *
   * @throws IllegalArgumentException with the known names
   */
  public static Activation named(String name) {
    for (Activation activation : values()) {
      if (activation.name().toLowerCase(Locale.ROOT).equals(name)) {
        return activation;
      }
    }
    throw new IllegalArgumentException(
        "activation must be one of relu, gelu_new, gelu, silu, squared_relu, found " + name);
  }
}
