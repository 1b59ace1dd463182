package dev.fusebox.fusion.qformer;

import dev.fusebox.fusion.Setting;

/** Settings of {@link QFormerFusion}. */
public record QFormerFusionConfig(
    @Setting(value = "Number of learned queries; each becomes a token", range = "1 ...")
        int queries,
    @Setting(value = "Width of the Q-Former", range = "0 = the model's width, 1 ...") int width,
    @Setting(value = "Layers of the Q-Former", range = "1 ...") int layers,
    @Setting(value = "Heads of its attention", range = "a divisor of its width") int heads,
    @Setting(value = "Width of its feed-forward, in multiples of its width", range = "1 ...")
        int feedForward,
    @Setting(
            value = "The queries attend to the picture in layers 0, n, 2n and so on",
            range = "1 ... layers")
        int crossAttentionEvery,
    @Setting(
            value = "The queries read the question too, as in InstructBLIP",
            range = "true or false")
        boolean readsQuestion,
    @Setting(
            value =
                "Number of position embeddings for the question, if the queries read it; later positions share the last",
            range = "1 ...")
        int questionPositions,
    @Setting(
            "Where T5's relative position bias applies: in the whole sequence, or within the text only")
        RelatedPositions positionBias,
    @Setting(
            value = "Train the fusion's own parameters only, as BLIP-2 does",
            range = "true or false")
        boolean freezeLanguageModel) {

  /** Where relative positions hold. */
  public enum RelatedPositions {
    /** In the whole sequence: a word further on is further from the queries. */
    JOINT,
    /** Among the text only: a query is equally far from all words. */
    TEXT
  }

  public QFormerFusionConfig {
    atLeast(1, "queries", queries);
    atLeast(0, "width", width);
    atLeast(1, "layers", layers);
    atLeast(1, "heads", heads);
    atLeast(1, "feedForward", feedForward);
    atLeast(1, "crossAttentionEvery", crossAttentionEvery);
    atLeast(1, "questionPositions", questionPositions);
    if (crossAttentionEvery > layers) {
      throw new IllegalArgumentException(
          "crossAttentionEvery must be at most layers = "
              + layers
              + ", found "
              + crossAttentionEvery);
    }
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "heads must divide the Q-Former's width " + width + ", found " + heads);
    }
  }

  private static void atLeast(int least, String key, int found) {
    if (found < least) {
      throw new IllegalArgumentException(key + " must be at least " + least + ", found " + found);
    }
  }
}
