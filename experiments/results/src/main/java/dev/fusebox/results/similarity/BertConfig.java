package dev.fusebox.results.similarity;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.tensor.Activation;

/**
 * The shape of a BERT.
 *
 * @param vocabulary V, rows of the word embedding
 * @param width D
 * @param depth layers
 * @param heads must divide D
 * @param feedForwardWidth F
 * @param positions how many tokens a text may have
 * @param tokenTypes rows of the embedding of first and second text
 * @param activation of the feed-forward
 * @param normEpsilon added to the variance in every norm
 */
record BertConfig(
    int vocabulary,
    int width,
    int depth,
    int heads,
    int feedForwardWidth,
    int positions,
    int tokenTypes,
    Activation activation,
    double normEpsilon) {

  BertConfig {
    if (width % heads != 0) {
      throw new IllegalArgumentException(
          "num_attention_heads must divide hidden_size %d, found %d".formatted(width, heads));
    }
  }

  /**
   * From Hugging Face's {@code config.json}.
   *
   * @throws IllegalArgumentException if it describes no BERT with absolute positions
   */
  static BertConfig of(JsonNode json) {
    is(json, "model_type", "bert");
    is(json, "position_embedding_type", "absolute");
    return new BertConfig(
        atLeastOne(json, "vocab_size"),
        atLeastOne(json, "hidden_size"),
        atLeastOne(json, "num_hidden_layers"),
        atLeastOne(json, "num_attention_heads"),
        atLeastOne(json, "intermediate_size"),
        atLeastOne(json, "max_position_embeddings"),
        json.path("type_vocab_size").asInt(2),
        Activation.named(json.path("hidden_act").asText("gelu")),
        json.path("layer_norm_eps").asDouble(1e-12));
  }

  private static void is(JsonNode json, String key, String allowed) {
    String found = json.path(key).asText(allowed);
    if (!found.equals(allowed)) {
      throw new IllegalArgumentException(key + " must be " + allowed + ", found " + found);
    }
  }

  private static int atLeastOne(JsonNode json, String key) {
    if (!json.path(key).isInt() || json.path(key).asInt() < 1) {
      throw new IllegalArgumentException(
          key + " must be a whole number of at least 1, found " + json.path(key));
    }
    return json.path(key).asInt();
  }
}
