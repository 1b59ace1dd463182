package dev.fusebox.t5.tune;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * {@code adapter_config.json} as the peft library writes it (0.17). Every key that could change a
 * number is obeyed or refused by name.
 */
final class AdapterConfig {

  static final String NAME = "adapter_config.json";

  private static final long MAXIMUM_BYTES = 1 << 20;
  private static final String TASK = "SEQ_2_SEQ_LM";
  private static final String TARGETS = "target_modules";

  /** Keys that say where a file is from, or how an adapter began. */
  private static final Set<String> OF_NO_MATTER =
      Set.of(
          "auto_mapping",
          "base_model_name_or_path",
          "inference_mode",
          "revision",
          "task_type",
          "peft_type",
          "peft_version",
          "megatron_core",
          "megatron_config",
          "qalora_group_size",
          "init_ia3_weights",
          "init_lora_weights",
          "prompt_tuning_init",
          "prompt_tuning_init_text",
          "tokenizer_name_or_path",
          "tokenizer_kwargs",
          "token_dim",
          "num_attention_heads",
          "num_layers");

  /** Ways to begin an adapter that change the base's own weights. */
  private static final Set<String> CHANGES_BASE = Set.of("pissa", "olora", "corda", "loftq");

  private record Kind(Set<String> keys, Function<AdapterConfig, Tuning> reader) {}

  private static final Map<String, Kind> KINDS =
      Map.of(
          "LORA",
          new Kind(
              Set.of("r", "lora_alpha", "use_rslora", "lora_dropout", TARGETS, "bias"),
              AdapterConfig::lora),
          "IA3",
          new Kind(Set.of(TARGETS, "feedforward_modules"), AdapterConfig::ia3),
          "PROMPT_TUNING",
          new Kind(
              Set.of("num_virtual_tokens", "num_transformer_submodules"), AdapterConfig::prompt));

  private final Path file;
  private final JsonNode root;

  private AdapterConfig(Path file, JsonNode root) {
    this.file = file;
    this.root = root;
  }

  /**
   * Reads how a model was tuned.
   *
   * @param file whose targets are told by the names of the tensors beside it where it has a pattern
   *     for them
   * @throws UserError naming the file and the key that cannot be obeyed
   */
  static Tuning read(Path file) throws IOException {
    AdapterConfig config = new AdapterConfig(file, RegularFile.json(file, MAXIMUM_BYTES));
    Kind kind = KINDS.get(config.text("peft_type"));
    if (kind == null) {
      throw config.refused(
          "peft_type", "must be of " + Spelling.list(new TreeSet<>(KINDS.keySet())));
    }
    config.check(kind);
    try {
      return kind.reader().apply(config);
    } catch (IllegalArgumentException rule) {
      throw new UserError(file + ": " + rule.getMessage(), rule);
    }
  }

  private void check(Kind kind) {
    if (!text("task_type").isEmpty() && !text("task_type").equals(TASK)) {
      throw refused("task_type", "must be " + TASK + ", for a T5");
    }
    root.properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (!OF_NO_MATTER.contains(key)
                  && !kind.keys().contains(key)
                  && saysSomething(entry.getValue())) {
                throw refused(key, "changes what the adapter computes in a way not known here");
              }
            });
    if (CHANGES_BASE.stream().anyMatch(text("init_lora_weights")::startsWith)) {
      throw refused(
          "init_lora_weights",
          "changes the weights of the model below; save the adapter converted to a plain one");
    }
  }

  private static boolean saysSomething(JsonNode value) {
    return !value.isNull()
        && !(value.isBoolean() && !value.booleanValue())
        && !(value.isContainerNode() && value.isEmpty());
  }

  private Tuning lora() {
    if (!text("bias").isEmpty() && !text("bias").equals("none")) {
      throw refused("bias", "must be none: T5 has no biases");
    }
    return new Lora(
        whole("r"),
        number("lora_alpha"),
        root.path("use_rslora").asBoolean(false),
        root.path("lora_dropout").asDouble(0),
        targets(TARGETS));
  }

  private Tuning ia3() {
    return new Ia3(
        targets(TARGETS),
        root.hasNonNull("feedforward_modules") ? targets("feedforward_modules") : List.of());
  }

  private Tuning prompt() {
    if (root.path("num_transformer_submodules").asInt(1) != 1) {
      throw refused(
          "num_transformer_submodules", "must be 1: the vectors stand before the encoder's text");
    }
    return new Prompt(whole("num_virtual_tokens"));
  }

  /** A list names ends of module names; one text is a pattern of Java's and Python's kind. */
  private List<String> targets(String key) {
    JsonNode value = root.path(key);
    if (value.isTextual() && value.textValue().equals("all-linear")) {
      return List.of("q", "k", "v", "o", "wi", "wi_0", "wi_1", "wo");
    }
    if (!value.isArray()) {
      throw refused(key, "must be a list of names, or all-linear; save the adapter with a list");
    }
    List<String> names = new ArrayList<>();
    value.forEach(each -> names.add(end(each.asText())));
    names.sort(null);
    return names;
  }

  private static String end(String name) {
    return name.contains(".") && !name.startsWith("encoder.") && !name.startsWith("decoder.")
        ? "*." + name
        : name;
  }

  private int whole(String key) {
    if (!root.path(key).isIntegralNumber() || !root.path(key).canConvertToInt()) {
      throw refused(key, "must be a whole number");
    }
    return root.path(key).asInt();
  }

  private double number(String key) {
    if (!root.path(key).isNumber()) {
      throw refused(key, "must be a number");
    }
    return root.path(key).asDouble();
  }

  private String text(String key) {
    return root.path(key).asText("").replace("null", "");
  }

  private UserError refused(String key, String rule) {
    return new UserError(
        "%s: %s %s, found %s"
            .formatted(file, key, rule, root.has(key) ? root.get(key) : "nothing"));
  }

  /**
   * What the peft library reads.
   *
   * @param modules the names of the tuned matrices, without {@code .weight}
   */
  static ObjectNode json(Tuning tuning, List<String> modules, T5Config config, String base) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("base_model_name_or_path", base);
    json.put("task_type", TASK);
    json.put("inference_mode", true);
    if (tuning instanceof Lora lora) {
      json.put("peft_type", "LORA");
      json.put("r", lora.rank());
      json.put("lora_alpha", lora.alpha());
      json.put("use_rslora", lora.rankStabilised());
      json.put("lora_dropout", lora.dropout());
      json.put("bias", "none");
      names(json.putArray(TARGETS), lora.targets(), modules);
    } else if (tuning instanceof Ia3 ia3) {
      json.put("peft_type", "IA3");
      names(json.putArray(TARGETS), ia3.targets(), modules);
      names(json.putArray("feedforward_modules"), ia3.inputs(), modules);
    } else if (tuning instanceof Prompt prompt) {
      json.put("peft_type", "PROMPT_TUNING");
      json.put("num_virtual_tokens", prompt.virtualTokens());
      json.put("num_transformer_submodules", 1);
      json.put("num_attention_heads", config.heads());
      json.put("num_layers", config.encoderDepth());
      json.put("token_dim", config.width());
      json.put("prompt_tuning_init", "RANDOM");
    } else {
      throw new IllegalArgumentException(tuning + " adds nothing that could be an adapter");
    }
    return json;
  }

  /** Short names as they are; where there is a pattern, the whole names of all that it means. */
  private static void names(ArrayNode array, List<String> targets, List<String> modules) {
    boolean plain = targets.stream().noneMatch(target -> target.contains("*"));
    (plain ? targets : modules.stream().filter(name -> Targets.include(targets, name)).toList())
        .forEach(array::add);
  }
}
