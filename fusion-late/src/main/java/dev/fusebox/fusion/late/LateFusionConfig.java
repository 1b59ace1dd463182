package dev.fusebox.fusion.late;

import dev.fusebox.fusion.Setting;

/** Settings of {@link LateFusion}. */
public record LateFusionConfig(
    @Setting(value = "Layers of the picture's reader", range = "1 ...") int layers,
    @Setting(value = "Heads of its attention", range = "a divisor of the model's width") int heads,
    @Setting(
            value = "Width of its feed-forwards, in multiples of the model's width",
            range = "1 ...")
        int feedForward,
    @Setting("How the logits of both readers are mixed") Mix mix,
    @Setting(value = "Train the fusion's own parameters only", range = "true or false")
        boolean freezeLanguageModel) {

  /** How the logits of both readers are mixed. */
  public enum Mix {
    /** Half of each. */
    MEAN,
    /** By one learnt share, half of each at first. */
    LEARNT,
    /** By a share that is read off each question. */
    GATED
  }

  public LateFusionConfig {
    atLeast(1, "layers", layers);
    atLeast(1, "heads", heads);
    atLeast(1, "feedForward", feedForward);
  }

  private static void atLeast(int least, String key, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + found);
    }
  }
}
