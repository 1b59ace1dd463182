package dev.fusebox.fusion.qformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The Q-Former of a {@code config.json} of Hugging Face's BLIP-2 or InstructBLIP. A key that is not
 * there has the value that transformers gives it.
 *
 * @param own {@code qformer_config}
 */
record PublishedQFormer(Map<?, ?> own, int queries, int textWidth, boolean readsQuestion) {

  private static final String OWN = "qformer_config";
  private static final int QUERIES = 32;
  private static final int WIDTH = 768;
  private static final int LAYERS = 12;
  private static final int HEADS = 12;
  private static final int FEED_FORWARD = 3072;
  private static final int CROSS_ATTENTION_EVERY = 2;
  private static final int POSITIONS = 512;

  /** Empty where there is none. */
  static Optional<PublishedQFormer> in(Map<String, Object> config) {
    if (!(config.get(OWN) instanceof Map<?, ?> own)) {
      return Optional.empty();
    }
    Map<?, ?> text = config.get("text_config") instanceof Map<?, ?> found ? found : Map.of();
    return Optional.of(
        new PublishedQFormer(
            own,
            number(config, "num_query_tokens", QUERIES),
            number(text, "d_model", 0),
            "instructblip".equals(config.get("model_type"))));
  }

  private static int number(Map<?, ?> config, String key, int otherwise) {
    return config.get(key) instanceof Number number ? number.intValue() : otherwise;
  }

  /** Each setting that is another there, with the one that is right. */
  List<String> contradictions(QFormerFusionConfig config) {
    int width = number(own, "hidden_size", WIDTH);
    List<String> found = new ArrayList<>();
    compare(found, "queries", "num_query_tokens", queries, config.queries());
    if (width != (config.width() == 0 ? textWidth : config.width())) {
      compare(found, "width", OWN + ".hidden_size", width, config.width());
    }
    own(found, "layers", "num_hidden_layers", LAYERS, config.layers());
    own(found, "heads", "num_attention_heads", HEADS, config.heads());
    feedForward(found, width, config);
    own(
        found,
        "crossAttentionEvery",
        "cross_attention_frequency",
        CROSS_ATTENTION_EVERY,
        config.crossAttentionEvery());
    question(found, config);
    return found;
  }

  /** There it is a width; in a config, a multiple of the width. */
  private void feedForward(List<String> found, int width, QFormerFusionConfig config) {
    int inner = number(own, "intermediate_size", FEED_FORWARD);
    if (inner != config.feedForward() * width) {
      found.add(
          "feedForward must be %s, as %s.intermediate_size is %d, found %d"
              .formatted(
                  inner % width == 0 ? inner / width : "a multiple of hidden_size " + width,
                  OWN,
                  inner,
                  config.feedForward()));
    }
  }

  private void question(List<String> found, QFormerFusionConfig config) {
    if (readsQuestion) {
      own(
          found,
          "questionPositions",
          "max_position_embeddings",
          POSITIONS,
          config.questionPositions());
    }
    compare(found, "readsQuestion", "model_type", readsQuestion, config.readsQuestion());
  }

  private void own(List<String> found, String key, String name, int otherwise, int setting) {
    compare(found, key, OWN + "." + name, number(own, name, otherwise), setting);
  }

  private static void compare(
      List<String> found, String key, String place, Object right, Object setting) {
    if (!right.equals(setting)) {
      found.add("%s must be %s, as %s says, found %s".formatted(key, right, place, setting));
    }
  }
}
