package dev.fusebox.fusion.alignment;

import dev.fusebox.fusion.Setting;
import dev.fusebox.fusion.UnseenText;

/** Settings of {@link AlignmentFusion}. */
public record AlignmentFusionConfig(
    @Setting(
            value = "Weight of the contrastive loss over the batch's texts and pictures",
            range = "0 ...")
        double contrastive,
    @Setting(value = "Weight of the matching loss, with hard negatives", range = "0 ...")
        double matching,
    @Setting("Whether the temperature of the contrastive loss, initially 0.07, is learned")
        Temperature temperature,
    @Setting(value = "Width of the shared embedding space", range = "1 ...") int width,
    @Setting(
            "Which text states are compared; they must come before any other fusion's picture input")
        UnseenText text) {

  /** By what similarities are divided. */
  public enum Temperature {
    /** A parameter. */
    LEARNT,
    /** 0.07. */
    FIXED
  }

  public AlignmentFusionConfig {
    atLeastZero("contrastive", contrastive);
    atLeastZero("matching", matching);
    if (contrastive + matching == 0) {
      throw new IllegalArgumentException(
          "contrastive must be above 0 where matching is 0, found 0.0");
    }
    if (width < 1) {
      throw new IllegalArgumentException("width must be at least 1, found " + width);
    }
  }

  private static void atLeastZero(String key, double found) {
    if (!(found >= 0 && Double.isFinite(found))) {
      throw new IllegalArgumentException(key + " must be a number from 0 on, found " + found);
    }
  }
}
