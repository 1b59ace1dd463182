package dev.fusebox.t5;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.tensor.Activation;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

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
 * @param head where the scores come from; {@code tie_word_embeddings}, {@code
 *     scale_decoder_outputs}
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
    OutputHead head,
    int padId,
    int endId,
    int startId) {

  private static final ObjectMapper JSON = new ObjectMapper();

  public T5Config {
    atLeastOne("vocabulary (vocab_size)", vocabulary);
    atLeastOne("width (d_model)", width);
    atLeastOne("headWidth (d_kv)", headWidth);
    atLeastOne("feedForwardWidth (d_ff)", feedForwardWidth);
    atLeastOne("encoderDepth (num_layers)", encoderDepth);
    atLeastOne("decoderDepth (num_decoder_layers)", decoderDepth);
    atLeastOne("heads (num_heads)", heads);
    if (positionBuckets < 4 || positionBuckets % 4 != 0) {
      throw new IllegalArgumentException(
          "positionBuckets (relative_attention_num_buckets) must be a multiple of 4, found "
              + positionBuckets);
    }
    if (maxDistance <= positionBuckets / 2) {
      throw new IllegalArgumentException(
          "maxDistance (relative_attention_max_distance) must be more than half the "
              + positionBuckets
              + " position buckets, found "
              + maxDistance);
    }
    if (!(dropout >= 0 && dropout < 1)) {
      throw new IllegalArgumentException("dropout must be in [0, 1), found " + dropout);
    }
    if (!(normEpsilon > 0 && normEpsilon < 1)) {
      throw new IllegalArgumentException(
          "normEpsilon (layer_norm_epsilon) must be in (0, 1), found " + normEpsilon);
    }
    oneOfTheTokens("padId (pad_token_id)", padId, vocabulary);
    oneOfTheTokens("endId (eos_token_id)", endId, vocabulary);
    oneOfTheTokens("startId (decoder_start_token_id)", startId, vocabulary);
  }

  private static void oneOfTheTokens(String name, int id, int vocabulary) {
    if (id < 0 || id >= vocabulary) {
      throw new IllegalArgumentException(
          "%s must be a token, 0 to %d, found %d".formatted(name, vocabulary - 1, id));
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
        OutputHead.TIED,
        0,
        1,
        0);
  }

  /**
   * Reads a {@code config.json}. Every key that changes T5's numbers is obeyed, or refused by its
   * name.
   *
   * @throws IOException if the file cannot be read
   * @throws IllegalArgumentException naming the file and the key, if it describes no T5
   */
  public static T5Config read(Path file) throws IOException {
    return T5ConfigFile.read(file);
  }

  /**
   * How a checkpoint's files say that {@code generate} of transformers should search, where that is
   * not its default. An experiment's {@code decoding} decides it here.
   *
   * @param file the {@code config.json}; a {@code generation_config.json} beside it comes first
   * @return values by key, as they are written
   */
  public static Map<String, String> searchKeys(Path file) throws IOException {
    return T5ConfigFile.searchKeys(file);
  }

  /** This shape as the content of a {@code config.json} that Hugging Face's T5 reads. */
  public ObjectNode toJson() {
    String name =
        activation == Activation.GELU_NEW && gated
            ? "gelu"
            : activation.name().toLowerCase(java.util.Locale.ROOT);
    ObjectNode json =
        JSON.createObjectNode()
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
            .put("tie_word_embeddings", head != OutputHead.OWN)
            .put("pad_token_id", padId)
            .put("eos_token_id", endId)
            .put("decoder_start_token_id", startId);
    if (gated && activation == Activation.GELU) {
      json.put("dense_act_fn", "gelu"); // "gated-gelu" alone is the tanh form
    }
    return head.asStored() ? json.put("scale_decoder_outputs", head.scaled()) : json;
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
    copy.head = OutputHead.OWN;
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
    private OutputHead head;

    private Copy(T5Config original) {
      this.original = original;
      headWidth = original.headWidth;
      feedForwardWidth = original.feedForwardWidth;
      encoderDepth = original.encoderDepth;
      decoderDepth = original.decoderDepth;
      dropout = original.dropout;
      activation = original.activation;
      gated = original.gated;
      head = original.head;
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
          head,
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
