package dev.fusebox.t5;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.RegularFile;
import dev.fusebox.tensor.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A {@code config.json} read as transformers reads it, with each key either obeyed or refused. Keys
 * that change no number of the model pass: who wrote the file, the format the weights were saved
 * in, how {@code generate} searches (an experiment says that itself, see {@link GenerationKeys}).
 */
final class T5ConfigFile {

  /** Where transformers looks for what {@code generate} obeys, before it looks here. */
  private static final String GENERATION = "generation_config.json";

  /** Keys of that file that stand here too. */
  private static final List<String> TOKENS =
      List.of("pad_token_id", "eos_token_id", "decoder_start_token_id");

  private static final long MAXIMUM_BYTES = 1 << 20;
  private static final List<String> MODEL_TYPES = List.of("t5", "mt5");

  /** Of a Q-Former before a language model, whose config is a part of theirs. */
  private static final List<String> WRAPPERS = List.of("blip-2", "instructblip");

  private static final String LANGUAGE = "text_config";

  /** Names that transformers takes for one of T5's own ({@code attribute_map}). */
  private static final Map<String, String> OTHER_NAMES =
      Map.of(
          "d_model", "hidden_size",
          "num_heads", "num_attention_heads",
          "num_layers", "num_hidden_layers",
          "d_kv", "head_dim");

  /** What transformers calls them, where that is not our name. */
  private static final Map<String, String> ACTIVATIONS =
      Map.of("swish", "silu", "gelu_pytorch_tanh", "gelu_new", "relu2", "squared_relu");

  /** Keys that would change numbers and have one value that does not. */
  private static final Map<String, String> ONE_VALUE =
      Map.of(
          "is_encoder_decoder", "true",
          "is_decoder", "false",
          "tie_encoder_decoder", "false",
          "add_cross_attention", "false",
          "pruned_heads", "{}");

  /** Keys that would change numbers whatever they say. */
  private static final List<String> NEVER = List.of("quantization_config");

  private final JsonNode json;

  private T5ConfigFile(JsonNode json) {
    this.json = json;
  }

  static T5Config read(Path file) throws IOException {
    JsonNode json = RegularFile.json(file, MAXIMUM_BYTES);
    try {
      if (!json.isObject()) {
        throw new IllegalArgumentException("a JSON object is expected, found " + shown(json));
      }
      T5Config config = language(json);
      checkGeneration(file.resolveSibling(GENERATION), config);
      return config;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The T5 itself, or the one that a BLIP-2 or InstructBLIP speaks with. */
  private static T5Config language(JsonNode json) {
    T5ConfigFile whole = new T5ConfigFile(json);
    if (!WRAPPERS.contains(whole.text("model_type", "t5"))) {
      return whole.config();
    }
    refuse(json, NEVER, "");
    JsonNode text = json.path(LANGUAGE);
    if (!text.isObject()) {
      throw wrong(LANGUAGE, "the config of a T5", text);
    }
    try {
      return new T5ConfigFile(text).config();
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(LANGUAGE + "." + e.getMessage(), e);
    }
  }

  /** What {@code generate} of transformers would do beside searching, and is not done here. */
  private static void checkGeneration(Path file, T5Config config) throws IOException {
    if (!Files.isRegularFile(file)) {
      return;
    }
    T5ConfigFile generation = new T5ConfigFile(RegularFile.json(file, MAXIMUM_BYTES));
    GenerationKeys.check(generation.json, " in " + GENERATION);
    JsonNode tokens = config.toJson();
    for (String key : TOKENS) {
      if (generation.given(key) && !generation.json.get(key).equals(tokens.get(key))) {
        throw new IllegalArgumentException(
            "%s is %s here and %s in %s"
                .formatted(key, tokens.get(key), shown(generation.json.get(key)), GENERATION));
      }
    }
  }

  /**
   * The keys that say how {@code generate} of transformers searches, where that is not its default:
   * of the file beside, if it is there, as transformers does.
   */
  static Map<String, String> searchKeys(Path file) throws IOException {
    Path beside = file.resolveSibling(GENERATION);
    Path read = Files.isRegularFile(beside) ? beside : file;
    return GenerationKeys.searched(RegularFile.json(read, MAXIMUM_BYTES));
  }

  static void refuse(JsonNode json, List<String> keys, String where) {
    for (String key : keys) {
      if (json.hasNonNull(key)) {
        throw new IllegalArgumentException(
            key + where + " must not be set, found " + shown(json.get(key)));
      }
    }
  }

  private T5Config config() {
    refuseWhatIsNotT5();
    int depth = required("num_layers");
    String feedForward = text("feed_forward_proj", "relu");
    boolean gated = flag("is_gated_act", feedForward.startsWith("gated-"));
    return new T5Config(
        required("vocab_size"),
        required("d_model"),
        required("d_kv"),
        required("d_ff"),
        depth,
        whole("num_decoder_layers", depth),
        required("num_heads"),
        whole("relative_attention_num_buckets", 32),
        whole("relative_attention_max_distance", 128),
        number("dropout_rate", 0.1),
        number("layer_norm_epsilon", 1e-6),
        activation(feedForward),
        gated,
        head(),
        whole("pad_token_id", 0),
        whole("eos_token_id", 1),
        whole("decoder_start_token_id", 0));
  }

  private void refuseWhatIsNotT5() {
    String type = text("model_type", "t5");
    if (!MODEL_TYPES.contains(type)) {
      throw new IllegalArgumentException(
          "model_type must be one of " + MODEL_TYPES + ", found '" + type + "'");
    }
    ONE_VALUE.forEach(
        (key, allowed) -> {
          if (given(key) && !json.get(key).toString().equals(allowed)) {
            throw new IllegalArgumentException(
                key + " must be " + allowed + ", found " + shown(json.get(key)));
          }
        });
    refuse(json, NEVER, "");
    GenerationKeys.check(json, "");
  }

  /** {@code dense_act_fn} wins, as in transformers; without it "gated-gelu" is the tanh form. */
  private Activation activation(String feedForward) {
    boolean gated = feedForward.startsWith("gated-");
    String last = gated ? feedForward.substring("gated-".length()) : feedForward;
    String key = given("dense_act_fn") ? "dense_act_fn" : "feed_forward_proj";
    String name = text("dense_act_fn", feedForward.equals("gated-gelu") ? "gelu_new" : last);
    try {
      return Activation.named(ACTIVATIONS.getOrDefault(name, name));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(key + ": " + e.getMessage(), e);
    }
  }

  private OutputHead head() {
    boolean tied = flag("tie_word_embeddings", true);
    if (json.has("scale_decoder_outputs")) {
      return flag("scale_decoder_outputs", tied)
          ? OutputHead.AS_STORED_SCALED
          : OutputHead.AS_STORED;
    }
    return tied ? OutputHead.TIED : OutputHead.OWN;
  }

  private boolean given(String key) {
    return json.hasNonNull(key);
  }

  private int required(String key) {
    String other = OTHER_NAMES.getOrDefault(key, key);
    if (given(key) && given(other) && !json.get(key).equals(json.get(other))) {
      throw new IllegalArgumentException(
          key
              + " and "
              + other
              + " are the same, found "
              + shown(json.get(key))
              + " and "
              + shown(json.get(other)));
    }
    return wholeNumber(key, given(key) ? json.get(key) : json.path(other));
  }

  private int whole(String key, int otherwise) {
    return given(key) ? wholeNumber(key, json.get(key)) : otherwise;
  }

  private static int wholeNumber(String key, JsonNode value) {
    if (!value.isInt()) {
      throw wrong(key, "a whole number", value);
    }
    return value.intValue();
  }

  private double number(String key, double otherwise) {
    JsonNode value = json.path(key);
    if (!given(key)) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrong(key, "a number", value);
    }
    return value.doubleValue();
  }

  private boolean flag(String key, boolean otherwise) {
    JsonNode value = json.path(key);
    if (!given(key)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(key, "true or false", value);
    }
    return value.booleanValue();
  }

  private String text(String key, String otherwise) {
    JsonNode value = json.path(key);
    if (!given(key)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(key, "a text", value);
    }
    return value.textValue();
  }

  private static IllegalArgumentException wrong(String key, String allowed, JsonNode found) {
    return new IllegalArgumentException(key + " must be " + allowed + ", found " + shown(found));
  }

  static String shown(JsonNode value) {
    String text = value.isMissingNode() ? "nothing" : value.toString();
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
