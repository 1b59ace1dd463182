package dev.fusebox.training.model;

import dev.fusebox.t5.OutputHead;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.tensor.Activation;
import dev.fusebox.training.recipe.ModelShape;

/** A T5 of one's own, before it has learnt anything. */
public final class FreshModel {

  private static final int MULTIPLE = 8;

  private FreshModel() {}

  /**
   * Its config. The vocabulary is rounded up: matrices of such sizes are multiplied faster.
   *
   * @param tokens that its tokenizer has
   */
  public static T5Config config(ModelShape shape, int tokens, double dropout) {
    return new T5Config(
        (tokens + MULTIPLE - 1) / MULTIPLE * MULTIPLE,
        shape.width(),
        shape.headWidth(),
        shape.feedForward(),
        shape.encoderLayers(),
        shape.decoderLayers(),
        shape.heads(),
        32,
        128,
        dropout,
        1e-6,
        shape.gated() ? Activation.GELU_NEW : Activation.RELU,
        shape.gated(),
        shape.gated() ? OutputHead.OWN : OutputHead.TIED,
        Tokenizer.PAD,
        Tokenizer.END,
        Tokenizer.PAD);
  }
}
