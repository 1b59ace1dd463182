package dev.fusebox.t5;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The keys that {@code generate} of transformers obeys, in {@code config.json} or {@code
 * generation_config.json}. How it searches is said by an experiment's {@code decoding}; whatever
 * else would change a written text must say what changes nothing.
 */
final class GenerationKeys {

  /** By the value that changes nothing. Where that is a number, 1 and 1.0 are the same. */
  private static final Map<String, String> NEUTRAL =
      Map.ofEntries(
          Map.entry("repetition_penalty", "1.0"),
          Map.entry("encoder_repetition_penalty", "1.0"),
          Map.entry("encoder_no_repeat_ngram_size", "0"),
          Map.entry("min_length", "0"),
          Map.entry("min_new_tokens", "0"),
          Map.entry("num_beam_groups", "1"),
          Map.entry("diversity_penalty", "0.0"),
          Map.entry("guidance_scale", "1.0"),
          Map.entry("penalty_alpha", "0.0"),
          Map.entry("typical_p", "1.0"),
          Map.entry("min_p", "0.0"),
          Map.entry("epsilon_cutoff", "0.0"),
          Map.entry("eta_cutoff", "0.0"),
          Map.entry("renormalize_logits", "false"),
          Map.entry("remove_invalid_values", "false"));

  /** Those that change a text whatever they say. */
  private static final List<String> NEVER =
      List.of(
          "forced_bos_token_id",
          "forced_eos_token_id",
          "forced_decoder_ids",
          "bad_words_ids",
          "suppress_tokens",
          "begin_suppress_tokens",
          "sequence_bias",
          "exponential_decay_length_penalty",
          "force_words_ids",
          "constraints",
          "stop_strings",
          "watermarking_config",
          "dola_layers",
          "max_time");

  /** Those that an experiment's {@code decoding} has a setting for, with what they are without. */
  private static final Map<String, String> SEARCH = search();

  private GenerationKeys() {}

  private static Map<String, String> search() {
    Map<String, String> keys = new LinkedHashMap<>();
    keys.put("num_beams", "1");
    keys.put("do_sample", "false");
    keys.put("no_repeat_ngram_size", "0");
    keys.put("length_penalty", "1.0");
    return keys;
  }

  /**
   * Refuses what would change a text and is not done here.
   *
   * @param where the file, if it is not the one that a message begins with
   */
  static void check(JsonNode json, String where) {
    NEUTRAL.keySet().stream().sorted().forEach(key -> checkNeutral(json, key, where));
    T5ConfigFile.refuse(json, NEVER, where);
  }

  private static void checkNeutral(JsonNode json, String key, String where) {
    if (json.hasNonNull(key) && !is(json.get(key), NEUTRAL.get(key))) {
      throw new IllegalArgumentException(
          "%s%s must be %s, found %s: generate of transformers obeys it, and decoding has no such setting. Leave the key out to write without it"
              .formatted(key, where, NEUTRAL.get(key), T5ConfigFile.shown(json.get(key))));
    }
  }

  /** What differs from transformers' defaults, as it is written. */
  static Map<String, String> searched(JsonNode json) {
    Map<String, String> found = new LinkedHashMap<>();
    SEARCH.forEach(
        (key, neutral) -> {
          if (json.hasNonNull(key) && !is(json.get(key), neutral)) {
            found.put(key, T5ConfigFile.shown(json.get(key)));
          }
        });
    return found;
  }

  private static boolean is(JsonNode found, String neutral) {
    return (found.isNumber() && !neutral.equals("false"))
        ? found.doubleValue() == Double.parseDouble(neutral)
        : found.toString().equals(neutral);
  }
}
