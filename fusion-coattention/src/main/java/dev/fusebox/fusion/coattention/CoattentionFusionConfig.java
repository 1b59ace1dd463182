package dev.fusebox.fusion.coattention;

import dev.fusebox.fusion.Setting;

/** Settings of {@link CoattentionFusion}. */
public record CoattentionFusionConfig(
    @Setting(value = "Layers in which text and picture attend to each other", range = "1 ...")
        int layers,
    @Setting(value = "Heads of each attention", range = "a divisor of the model's width") int heads,
    @Setting(
            value = "Width of the feed-forwards in multiples of the model's width",
            range = "1 ...")
        int feedForward,
    @Setting(
            "Whether both directions share the attention weights, as in LXMERT, or have their own, as in ViLBERT")
        Directions directions,
    @Setting(
            value = "Normalise the projected picture before the first layer, as LXMERT does",
            range = "true or false")
        boolean pictureNorm,
    @Setting(
            "Whether the output replaces the text's states, as in the papers, or is added with a learned factor tanh(α), initially 0")
        Gate gate,
    @Setting(value = "Train the fusion's own parameters only", range = "true or false")
        boolean freezeLanguageModel) {

  /** The weights with which the streams look at each other. */
  public enum Directions {
    /** The same for both: LXMERT. */
    SHARED,
    /** One set for each: ViLBERT. */
    OWN
  }

  /** How the text's stream becomes the text's states. */
  public enum Gate {
    /** {@code L}: it takes their place. */
    NONE,
    /** {@code H + tanh(α) (L - H)} with one number α that starts at 0. */
    TANH
  }

  public CoattentionFusionConfig {
    atLeast(1, "layers", layers);
    atLeast(1, "heads", heads);
    atLeast(1, "feedForward", feedForward);
    if (directions == Directions.OWN && layers == 1) {
      throw new IllegalArgumentException(
          "directions must be shared where layers = 1, found own: nobody reads what the picture"
              + " sees in the last layer");
    }
  }

  private static void atLeast(int least, String key, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + found);
    }
  }
}
