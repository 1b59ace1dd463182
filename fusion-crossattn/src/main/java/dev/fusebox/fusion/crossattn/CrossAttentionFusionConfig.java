package dev.fusebox.fusion.crossattn;

import dev.fusebox.fusion.Need;
import dev.fusebox.fusion.Setting;
import dev.fusebox.fusion.TextShape;
import java.util.Locale;

/** Settings of {@link CrossAttentionFusion}. */
public record CrossAttentionFusionConfig(
    @Setting("Where the blocks are inserted") Place place,
    @Setting(value = "A block at layers 0, n, 2n and so on", range = "1 ... the depth of the stack")
        int everyNthLayer,
    @Setting(value = "Heads of the inserted attention", range = "1 ...") int heads,
    @Setting(value = "Width of each of these heads", range = "1 ...") int headWidth,
    @Setting("A learned factor tanh(α) on each inserted sub-layer, with α initially 0, or none")
        Gate gate,
    @Setting(
            value = "Width of the inserted feed-forward in multiples of the model's width",
            range = "0 = no feed-forward, 1 ...")
        int feedForward,
    @Setting("What transforms the picture's vectors first") Connector connector,
    @Setting(value = "Width of the connector's output", range = "0 = the model's width, 1 ...")
        int pictureWidth,
    @Setting("The Perceiver resampler, if it is the connector") ResamplerConfig resampler,
    @Setting(
            value = "Whether several frames are several pictures, or one video",
            needs = Need.SEVERAL_PICTURES)
        Frames frames,
    @Setting(
            value = "Number of frames with an embedding of their own; later ones share the last",
            range = "0 = none, 1 ...",
            needs = Need.SEVERAL_PICTURES)
        int frameEmbeddings,
    @Setting(
            value = "Which of several pictures a text position sees",
            needs = Need.SEVERAL_PICTURES)
        Sees sees,
    @Setting(value = "What the text before the first picture sees", needs = Need.SEVERAL_PICTURES)
        BlindText blindText,
    @Setting(
            value = "Train the fusion's own parameters only, as Flamingo does",
            range = "true or false")
        boolean freezeLanguageModel) {

  /** Where the blocks are inserted. */
  public enum Place {
    /** Before decoder blocks: Flamingo. */
    BEFORE_DECODER,
    /** Before encoder blocks. */
    BEFORE_ENCODER,
    /** Before the blocks of both stacks. */
    BEFORE_BOTH,
    /** Between self-attention and feed-forward of encoder blocks: BLIP. */
    INSIDE_ENCODER;

    boolean encoder() {
      return this != BEFORE_DECODER;
    }

    boolean decoder() {
      return this == BEFORE_DECODER || this == BEFORE_BOTH;
    }

    /** Of the deepest stack that it is about. */
    int depth(TextShape text) {
      return Math.max(encoder() ? text.encoderDepth() : 0, decoder() ? text.decoderDepth() : 0);
    }
  }

  /** The factor on each inserted sub-layer. */
  public enum Gate {
    /** {@code tanh(α)}, 0 at first: the model begins as the text model. */
    TANH,
    /** 1. */
    NONE
  }

  /** What transforms the picture's vectors first. */
  public enum Connector {
    /** A linear map, then a Perceiver resampler. */
    RESAMPLER,
    /** Two linear maps with a GELU between. */
    MLP,
    /** Nothing: the text attends to the picture's vectors as they are. */
    NONE
  }

  /** What several frames are. */
  public enum Frames {
    /** Pictures, each resampled on its own. */
    PICTURES,
    /** One film, resampled as a whole. */
    FILM
  }

  /** Which of several pictures a text position sees. */
  public enum Sees {
    /** The latest one before it: Flamingo. */
    LATEST,
    /** All before it. */
    ALL
  }

  /** What the text before the first picture sees. */
  public enum BlindText {
    /** Nothing: Flamingo. */
    NOTHING,
    /** The mean of all pictures, those to come included: open_flamingo's code when it sees all. */
    MEAN
  }

  /**
   * The Perceiver resampler (Jaegle et al. 2021): latents that gather what the picture holds.
   *
   * @param latents how many vectors each picture becomes
   * @param layers each an attention and a feed-forward
   * @param heads of its attention
   * @param headWidth of each
   */
  public record ResamplerConfig(
      @Setting(value = "Number of vectors per picture", range = "1 ...") int latents,
      @Setting(value = "Layers, each of attention and feed-forward", range = "1 ...") int layers,
      @Setting(value = "Heads of its attention", range = "1 ...") int heads,
      @Setting(value = "Width of each of these heads", range = "1 ...") int headWidth) {

    public ResamplerConfig {
      atLeast(1, "latents", latents);
      atLeast(1, "layers", layers);
      atLeast(1, "heads", heads);
      atLeast(1, "headWidth", headWidth);
    }
  }

  public CrossAttentionFusionConfig {
    atLeast(1, "everyNthLayer", everyNthLayer);
    atLeast(1, "heads", heads);
    atLeast(1, "headWidth", headWidth);
    atLeast(0, "feedForward", feedForward);
    atLeast(0, "pictureWidth", pictureWidth);
    atLeast(0, "frameEmbeddings", frameEmbeddings);
    if (connector == Connector.NONE && pictureWidth > 0) {
      throw new IllegalArgumentException(
          "pictureWidth must be 0 where connector = none, found " + pictureWidth);
    }
    if (frames == Frames.FILM && connector != Connector.RESAMPLER && sees == Sees.ALL) {
      throw new IllegalArgumentException(
          "frames must be pictures where connector = %s and sees = all, since nothing tells frames apart then, found film"
              .formatted(connector.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static void atLeast(int least, String key, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + found);
    }
  }
}
