package dev.fusebox.vision.transformer;

import dev.fusebox.tensor.Activation;

/** The non-linearity of a feed-forward. */
enum NonLinearity {
  GELU(Activation.GELU.code()),
  GELU_BY_TANH(Activation.GELU_NEW.code()),
  /** x · sigmoid(1.702 x): CLIP. */
  QUICK_GELU(100),
  RELU(Activation.RELU.code()),
  SILU(Activation.SILU.code());

  private final int code;

  NonLinearity(int code) {
    this.code = code;
  }

  /** The number that {@code vision.py} knows this by. */
  int code() {
    return code;
  }

  /**
   * The one of that name in a Hugging Face config.
   *
   * @throws IllegalArgumentException with the known names
   */
  static NonLinearity named(String name) {
    return switch (name) {
      case "gelu" -> GELU;
      case "gelu_new", "gelu_pytorch_tanh" -> GELU_BY_TANH;
      case "quick_gelu" -> QUICK_GELU;
      case "relu" -> RELU;
      case "silu", "swish" -> SILU;
      default ->
          throw new IllegalArgumentException(
              "hidden_act must be gelu, gelu_new, gelu_pytorch_tanh, quick_gelu, relu, silu or"
                  + " swish, found "
                  + name);
    };
  }
}
