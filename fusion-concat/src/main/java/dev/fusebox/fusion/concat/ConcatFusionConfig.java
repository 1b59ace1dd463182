package dev.fusebox.fusion.concat;

import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;

/** Settings of {@link ConcatFusion}. */
public record ConcatFusionConfig(
    @Setting(
            "What becomes a token: every patch, means over groups of patches, or parts of one projection")
        Tokens tokens,
    @Setting(value = "Number of tokens per picture, unless every patch is one", range = "1 ...")
        int count,
    @Setting("Where the picture's tokens are inserted, relative to the text") Place place,
    @Setting(
            "Where T5's relative position bias applies: in the whole sequence, or within the text only")
        PositionBias positionBias,
    @Setting(
            value =
                "Scale each picture token to the norm of T5's embeddings with an RMS norm before anything is added, as in VL-T5",
            range = "true or false")
        boolean norm,
    @Setting(
            value = "Add a learned segment embedding to each picture token",
            range = "true or false")
        boolean segmentEmbedding,
    @Setting(
            value =
                "Number of pictures or frames with an embedding of their own; later ones share the last",
            range = "0 = none, 1 ...; only where each patch is a token",
            needs = Need.SEVERAL_PICTURES)
        int frameEmbeddings,
    @Setting(
            value = "Number of learned position embeddings for picture tokens",
            range = "0 = none, else at least the number of tokens")
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

  /** Where the picture's tokens are inserted, relative to the text. */
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
