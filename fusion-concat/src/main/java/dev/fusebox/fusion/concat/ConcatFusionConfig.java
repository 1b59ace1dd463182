package dev.fusebox.fusion.concat;

import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;

/** Settings of {@link ConcatFusion}. */
public record ConcatFusionConfig(
    @Setting("What becomes a token: every patch, means over groups of patches, or parts of one map")
        Tokens tokens,
    @Setting(value = "How many tokens a picture becomes, unless each patch is one", range = "1 ...")
        int count,
    @Setting("Where the picture's tokens stand") Place place,
    @Setting("Where T5's relative positions hold: in the whole sequence, or among the text only")
        PositionBias positionBias,
    @Setting(
            value =
                "Bring each token of a picture to the length of T5's own by an RMS norm before anything is"
                    + " added, as VL-T5 does",
            range = "true or false")
        boolean norm,
    @Setting(
            value = "Add to each token of a picture a learnt vector that says so",
            range = "true or false")
        boolean segmentEmbedding,
    @Setting(
            value =
                "How many pictures or frames are told apart by a learnt vector; later ones share",
            range = "0 = none, 1 ...; only where each patch is a token",
            needs = Need.SEVERAL_PICTURES)
        int frameEmbeddings,
    @Setting(
            value = "How many tokens of a picture are told apart by a learnt vector",
            range = "0 = none, else as many as there are tokens or more")
        int positionEmbeddings,
    @Setting(
            value = "Train the fusion's own parameters only, as Frozen does",
            range = "true or false")
        boolean freezeLanguageModel) {

  /** What becomes a token. */
  public enum Tokens {
    /** Every patch, by one linear map: VL-T5; on raw pixels ViLT. */
    PATCHES,
    /** Means over {@code count} groups of neighbouring patches, by one linear map: MMBT. */
    POOLED,
    /** The mean of all patches, by one linear map to {@code count} tokens: Frozen. */
    PREFIX
  }

  /** Where the picture's tokens stand. */
  public enum Place {
    /** Picture, text. */
    BEFORE,
    /** Text with its padding, picture. */
    AFTER
  }

  /** Where relative positions hold. */
  public enum PositionBias {
    /** In the whole sequence; distances then depend on padding between text and picture. */
    JOINT,
    /** Among the text only; zero elsewhere: VL-T5. */
    TEXT
  }

  public ConcatFusionConfig {
    if (count < 1) {
      throw new IllegalArgumentException("count must be at least 1, found " + count);
    }
    if (frameEmbeddings < 0) {
      throw new IllegalArgumentException(
          "frameEmbeddings must be 0 or more, found " + frameEmbeddings);
    }
    if (frameEmbeddings > 0 && tokens != Tokens.PATCHES) {
      throw new IllegalArgumentException(
          "frameEmbeddings must be 0 unless tokens = patches, found " + frameEmbeddings);
    }
    if (positionEmbeddings < 0) {
      throw new IllegalArgumentException(
          "positionEmbeddings must be 0 or more, found " + positionEmbeddings);
    }
    if (positionEmbeddings > 0 && positionEmbeddings < count && tokens != Tokens.PATCHES) {
      throw new IllegalArgumentException(
          "positionEmbeddings must be 0, or at least count = "
              + count
              + ", found "
              + positionEmbeddings);
    }
  }
}
