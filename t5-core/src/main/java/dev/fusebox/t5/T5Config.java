package dev.fusebox.t5;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.tensor.Activation;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Path;

/**
 * The shape of a T5, as Hugging Face's {@code config.json} tells it.
 *
 * @param vocabulary how many tokens; {@code vocab_size}
 * @param width D; {@code d_model}
 * @param headWidth K; {@code d_kv}
 * @param feedForwardWidth {@code d_ff}
 * @param encoderDepth {@code num_layers}
 * @param decoderDepth {@code num_decoder_layers}
 * @param heads H; heads × headWidth may differ from D
 * @param positionBuckets {@code relative_attention_num_buckets}
 * @param maxDistance {@code relative_attention_max_distance}
 * @param dropout in training
 * @param normEpsilon {@code layer_norm_epsilon}
 * @param activation of the feed-forward
 * @param gated whether the feed-forward is gated: v1.1
 * @param tiedHead whether the scores come from the embedding, scaled by 1/√D: v1.0
 * @param padId padding
 * @param endId end of a sentence
 * @param startId what the decoder starts from
 */
public record T5Config(
    int vocabulary,
    int width,
    int headWidth,
    int feedForwardWidth,
    int encoderDepth,
    int decoderDepth,
    int heads,
    int positionBuckets,
    int maxDistance,
    double dropout,
    double normEpsilon,
    Activation activation,
    boolean gated,
    boolean tiedHead,
    int padId,
    int endId,
    int startId) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public T5Config {
    atLeastOne("vocabulary", vocabulary);
    atLeastOne("width", width);
    atLeastOne("headWidth", headWidth);
    atLeastOne("feedForwardWidth", feedForwardWidth);
    atLeastOne("encoderDepth", encoderDepth);
    atLeastOne("decoderDepth", decoderDepth);
    atLeastOne("heads", heads);
    if (positionBuckets < 4 || positionBuckets % 4 != 0) {
      throw new IllegalArgumentException(
          "positionBuckets must be a multiple of 4, found " + positionBuckets);
    }
    if (dropout < 0 || dropout >= 1) {
      throw new IllegalArgumentException("dropout must be in [0, 1), found " + dropout);
    }
  }

  private static void atLeastOne(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " must be at least 1, found " + value);
    }
  }

  /**
   * A small v1.0 model for tests and demos: one block each, heads that share the width, a
   * feed-forward four times as wide; the others say what is different about it.
   */
  public static T5Config small(int vocabulary, int width, int heads) {
    return new T5Config(
        vocabulary,
        width,
        width / heads,
        4 * width,
        1,
        1,
        heads,
        32,
        128,
        0.1,
        1e-6,
        Activation.RELU,
        false,
        true,
        0,
        1,
        0);
  }

  /**
   * Reads a {@code config.json}.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and the key, if it describes no T5
   */
  public static T5Config read(Path file) throws IOException {
    JsonNode json = JSON.readTree(file.toFile());
    try {
      return of(json);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  private static T5Config of(JsonNode json) {
    String feedForward = json.path("feed_forward_proj").asText("relu");
    boolean gated = feedForward.startsWith("gated-");
    int depth = required(json, "num_layers");
    return new T5Config(
        required(json, "vocab_size"),
        required(json, "d_model"),
        required(json, "d_kv"),
        required(json, "d_ff"),
        depth,
        json.path("num_decoder_layers").asInt(depth),
        required(json, "num_heads"),
        json.path("relative_attention_num_buckets").asInt(32),
        json.path("relative_attention_max_distance").asInt(128),
        json.path("dropout_rate").asDouble(0.1),
        json.path("layer_norm_epsilon").asDouble(1e-6),
        // "gated-gelu" means the tanh form, as the checkpoints were trained.
        feedForward.equals("gated-gelu")
            ? Activation.GELU_NEW
            : Activation.named(gated ? feedForward.substring("gated-".length()) : feedForward),
        gated,
        json.path("tie_word_embeddings").asBoolean(true),
        json.path("pad_token_id").asInt(0),
        json.path("eos_token_id").asInt(1),
        json.path("decoder_start_token_id").asInt(0));
  }

  private static int required(JsonNode json, String key) {
    if (!json.path(key).isInt()) {
      throw new IllegalArgumentException(
          key
              + " must be a whole number, found "
              + (json.has(key) ? json.get(key).toString() : "nothing"));
    }
    return json.get(key).asInt();
  }

  /** This shape as the content of a {@code config.json} that Hugging Face's T5 reads. */
  public ObjectNode toJson() {
    String name =
        activation == Activation.GELU_NEW && gated
            ? "gelu"
            : activation.name().toLowerCase(java.util.Locale.ROOT);
    return JSON.createObjectNode()
        .put("model_type", "t5")
        .put("is_encoder_decoder", true)
        .put("vocab_size", vocabulary)
        .put("d_model", width)
        .put("d_kv", headWidth)
        .put("d_ff", feedForwardWidth)
        .put("num_layers", encoderDepth)
        .put("num_decoder_layers", decoderDepth)
        .put("num_heads", heads)
        .put("relative_attention_num_buckets", positionBuckets)
        .put("relative_attention_max_distance", maxDistance)
        .put("dropout_rate", dropout)
        .put("layer_norm_epsilon", normEpsilon)
        .put("feed_forward_proj", (gated ? "gated-" : "") + name)
        .put("tie_word_embeddings", tiedHead)
        .put("pad_token_id", padId)
        .put("eos_token_id", endId)
        .put("decoder_start_token_id", startId);
  }

  /** This shape with so many blocks. */
  public T5Config withDepths(int encoder, int decoder) {
    Copy copy = new Copy(this);
    copy.encoderDepth = encoder;
    copy.decoderDepth = decoder;
    return copy.made();
  }

  /** This shape with heads of that width. */
  public T5Config withHeadWidth(int headWidth) {
    Copy copy = new Copy(this);
    copy.headWidth = headWidth;
    return copy.made();
  }

  /** This shape with a feed-forward of that width. */
  public T5Config withFeedForwardWidth(int feedForwardWidth) {
    Copy copy = new Copy(this);
    copy.feedForwardWidth = feedForwardWidth;
    return copy.made();
  }

  /** This shape, trained with another dropout. */
  public T5Config withDropout(double rate) {
    Copy copy = new Copy(this);
    copy.dropout = rate;
    return copy.made();
  }

  /** This shape as v1.1 has it: a feed-forward gated by GELU, a head of its own. */
  public T5Config asVersion11() {
    Copy copy = new Copy(this);
    copy.activation = Activation.GELU_NEW;
    copy.gated = true;
    copy.tiedHead = false;
    return copy.made();
  }

  /** What may differ in a copy of a shape. */
  private static final class Copy {

    private final T5Config original;
    private int headWidth;
    private int feedForwardWidth;
    private int encoderDepth;
    private int decoderDepth;
    private double dropout;
    private Activation activation;
    private boolean gated;
    private boolean tiedHead;

    private Copy(T5Config original) {
      this.original = original;
      headWidth = original.headWidth;
      feedForwardWidth = original.feedForwardWidth;
      encoderDepth = original.encoderDepth;
      decoderDepth = original.decoderDepth;
      dropout = original.dropout;
      activation = original.activation;
      gated = original.gated;
      tiedHead = original.tiedHead;
    }

    private T5Config made() {
      return new T5Config(
          original.vocabulary,
          original.width,
          headWidth,
          feedForwardWidth,
          encoderDepth,
          decoderDepth,
          original.heads,
          original.positionBuckets,
          original.maxDistance,
          dropout,
          original.normEpsilon,
          activation,
          gated,
          tiedHead,
          original.padId,
          original.endId,
          original.startId);
    }
  }

  /** H × K: the width of a projection. */
  public int attentionWidth() {
    return heads * headWidth;
  }

  /** What a fusion on this model may rely on. */
  public FusionContext fusionContext(int visionWidth, Parameters parameters, Ops ops) {
    return new FusionContext(
        width,
        visionWidth,
        heads,
        headWidth,
        feedForwardWidth,
        encoderDepth,
        decoderDepth,
        dropout,
        normEpsilon,
        parameters,
        ops);
  }
}
