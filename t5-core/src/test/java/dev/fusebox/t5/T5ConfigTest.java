package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.tensor.Activation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class T5ConfigTest {

  private static final T5Config CONFIG = T5Config.small(40, 16, 4).withDepths(2, 2);

  @TempDir private Path directory;

  private T5Config read(String key, String value) throws IOException {
    JsonNode parsed = new ObjectMapper().readTree(value);
    ObjectNode json = CONFIG.toJson();
    json.set(key, parsed);
    Files.writeString(directory.resolve("config.json"), json.toString());
    return T5Config.read(directory.resolve("config.json"));
  }

  private T5Config readWithin(String text) throws IOException {
    Path file = directory.resolve("config.json");
    Files.writeString(file, "{\"model_type\": \"blip-2\", \"text_config\": %s}".formatted(text));
    return T5Config.read(file);
  }

  @Test
  void theTextModelOfABlip2IsRead() throws IOException {
    assertThat(readWithin(CONFIG.toJson().toString())).isEqualTo(CONFIG);
    Path file = directory.resolve("config.json");
    assertThatThrownBy(() -> readWithin("{\"model_type\": \"opt\"}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(file + ": text_config.model_type must be one of [t5, mt5], found 'opt'");
    assertThatThrownBy(() -> readWithin("null"))
        .hasMessage(file + ": text_config must be the config of a T5, found null");
    Files.writeString(file, "{\"model_type\": \"instructblip\", \"quantization_config\": {}}");
    assertThatThrownBy(() -> T5Config.read(file))
        .hasMessage(file + ": quantization_config must not be set, found {}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "model_type | \"umt5\" | model_type must be one of [t5, mt5], found 'umt5'",
        "is_encoder_decoder | false | is_encoder_decoder must be true, found false",
        "is_decoder | true | is_decoder must be false, found true",
        "tie_encoder_decoder | true | tie_encoder_decoder must be false, found true",
        "pruned_heads | {\"1\":[2]} | pruned_heads must be {}, found {\"1\":[2]}",
        "quantization_config | {\"bits\":4} | quantization_config must not be set, found {\"bits\":4}",
        "scale_decoder_outputs | 1 | scale_decoder_outputs must be true or false, found 1",
        "tie_word_embeddings | \"no\" | tie_word_embeddings must be true or false, found \"no\"",
        "eos_token_id | [1,2] | eos_token_id must be a whole number, found [1,2]",
        "num_layers | 2.5 | num_layers must be a whole number, found 2.5",
        "d_kv | null | d_kv must be a whole number, found nothing",
        "hidden_size | 32 | d_model and hidden_size are the same, found 16 and 32",
        "dropout_rate | \"0.1\" | dropout_rate must be a number, found \"0.1\"",
        "dense_act_fn | \"mish\" | dense_act_fn: activation must be one of",
        "relative_attention_num_buckets | 6 | positionBuckets (relative_attention_num_buckets) must be a multiple of 4, found 6",
        "relative_attention_max_distance | 16 | maxDistance (relative_attention_max_distance) must be more than half",
        "layer_norm_epsilon | 0 | normEpsilon (layer_norm_epsilon) must be in (0, 1), found 0.0",
        "d_ff | 0 | feedForwardWidth (d_ff) must be at least 1, found 0",
        "num_layers | 0 | encoderDepth (num_layers) must be at least 1, found 0",
        "decoder_start_token_id | 40 | startId (decoder_start_token_id) must be a token, 0 to 39, found 40",
        "eos_token_id | -1 | endId (eos_token_id) must be a token, 0 to 39, found -1"
      })
  void whatWouldChangeNumbersIsRefusedByItsName(String key, String value, String message) {
    assertThatThrownBy(() -> read(key, value))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(directory.resolve("config.json") + ": " + message);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "repetition_penalty | 1.2 | 1.0",
        "encoder_repetition_penalty | 1.5 | 1.0",
        "encoder_no_repeat_ngram_size | 3 | 0",
        "min_length | 10 | 0",
        "min_new_tokens | 5 | 0",
        "num_beam_groups | 4 | 1",
        "diversity_penalty | 0.5 | 0.0",
        "guidance_scale | 3 | 1.0",
        "penalty_alpha | 0.6 | 0.0",
        "typical_p | 0.2 | 1.0",
        "min_p | 0.05 | 0.0",
        "epsilon_cutoff | 0.25 | 0.0",
        "eta_cutoff | 0.25 | 0.0",
        "renormalize_logits | true | false",
        "remove_invalid_values | true | false",
      })
  void whatGenerateWouldObeyAndDecodingHasNotIsRefused(String key, String value, String neutral)
      throws IOException {
    String message =
        "%s must be %s, found %s: generate of transformers obeys it, and decoding has no such setting. Leave the key out to write without it"
            .formatted("%s", neutral, value);
    assertThatThrownBy(() -> read(key, value))
        .hasMessage(directory.resolve("config.json") + ": " + message.formatted(key));
    assertThat(read(key, neutral)).isEqualTo(CONFIG);
    assertThat(read(key, "null")).isEqualTo(CONFIG);
    Files.writeString(
        directory.resolve("generation_config.json"), "{\"%s\": %s}".formatted(key, value));
    assertThatThrownBy(() -> read("d_model", "16"))
        .hasMessage(
            directory.resolve("config.json")
                + ": "
                + message.formatted(key + " in generation_config.json"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "forced_decoder_ids | [[1,2]]",
        "sequence_bias | [[[3],-5.0]]",
        "exponential_decay_length_penalty | [5,1.1]",
        "force_words_ids | [[3]]",
        "constraints | [3]",
        "stop_strings | [\"b\"]",
        "watermarking_config | {\"bias\":2}",
        "dola_layers | \"high\"",
        "max_time | 2.0"
      })
  void whatHasNoNeutralValueMustNotBeSet(String key, String value) {
    assertThatThrownBy(() -> read(key, value))
        .hasMessage(
            "%s: %s must not be set, found %s"
                .formatted(directory.resolve("config.json"), key, value));
  }

  /** Pipelines for one task obey those, {@code generate} does not. */
  @Test
  void settingsOfSingleTasksPass() throws IOException {
    assertThat(read("task_specific_params", "{\"summarization\": {\"no_repeat_ngram_size\": 3}}"))
        .isEqualTo(CONFIG);
  }

  /** What the experiment's decoding says instead. */
  @Test
  void howItWasMeantToSearchIsTold() throws IOException {
    Path file = directory.resolve("config.json");
    Files.writeString(
        file,
        CONFIG
            .toJson()
            .put("num_beams", 4)
            .put("no_repeat_ngram_size", 0)
            .put("length_penalty", 1)
            .toString());
    assertThat(T5Config.searchKeys(file)).containsExactly(entry("num_beams", "4"));
    Files.writeString(
        directory.resolve("generation_config.json"),
        "{\"no_repeat_ngram_size\": 3, \"length_penalty\": 2.0, \"max_length\": 200}");
    assertThat(T5Config.searchKeys(file))
        .containsExactly(entry("no_repeat_ngram_size", "3"), entry("length_penalty", "2.0"));
  }

  @Test
  void theActivationItselfWinsOverTheNameOfBoth() throws IOException {
    assertThat(read("dense_act_fn", "\"silu\"").activation()).isEqualTo(Activation.SILU);
    assertThat(read("dense_act_fn", "\"swish\"").activation()).isEqualTo(Activation.SILU);
    assertThat(read("is_gated_act", "true").gated()).isTrue();
    assertThat(read("feed_forward_proj", "\"gated-gelu\"").activation())
        .isEqualTo(Activation.GELU_NEW);
    Files.writeString(
        directory.resolve("config.json"),
        CONFIG
            .toJson()
            .put("feed_forward_proj", "gated-gelu")
            .put("dense_act_fn", "gelu")
            .toString());
    T5Config exact = T5Config.read(directory.resolve("config.json"));
    assertThat(exact.activation()).isEqualTo(Activation.GELU);
    Files.writeString(directory.resolve("config.json"), exact.toJson().toString());
    assertThat(T5Config.read(directory.resolve("config.json"))).isEqualTo(exact);
  }

  @Test
  void otherNamesOfTransformersAreRead() throws IOException {
    ObjectNode json = CONFIG.toJson();
    json.set("hidden_size", json.remove("d_model"));
    json.set("num_hidden_layers", json.remove("num_layers"));
    Files.writeString(directory.resolve("config.json"), json.toString());
    assertThat(T5Config.read(directory.resolve("config.json"))).isEqualTo(CONFIG);
  }

  /** Newer files keep there what {@code generate} obeys; how it searches is no matter. */
  @Test
  void whatWouldChangeWritingIsRefusedInTheFileBesideToo() throws IOException {
    Path file = directory.resolve("config.json");
    Path generation = directory.resolve("generation_config.json");
    Files.writeString(file, CONFIG.toJson().toString());
    Files.writeString(generation, "{\"eos_token_id\": 1, \"num_beams\": 4, \"max_length\": 20}");
    assertThat(T5Config.read(file)).isEqualTo(CONFIG);
    Files.writeString(generation, "{\"suppress_tokens\": [3]}");
    assertThatThrownBy(() -> T5Config.read(file))
        .hasMessage(
            file + ": suppress_tokens in generation_config.json must not be set, found [3]");
    Files.writeString(generation, "{\"decoder_start_token_id\": 7}");
    assertThatThrownBy(() -> T5Config.read(file))
        .hasMessage(file + ": decoder_start_token_id is 0 here and 7 in generation_config.json");
  }

  @Test
  void aBrokenFileIsTold() throws IOException {
    Path file = directory.resolve("config.json");
    Files.writeString(file, "{\"d_model\": 16,\n  oops}");
    assertThatThrownBy(() -> T5Config.read(file))
        .hasMessageStartingWith(file + ": not valid JSON at line 2, column");
    Files.writeString(file, "[]");
    assertThatThrownBy(() -> T5Config.read(file))
        .hasMessage(file + ": a JSON object is expected, found []");
    assertThatThrownBy(() -> T5Config.read(Path.of("/dev/null")))
        .hasMessageStartingWith("/dev/null: not a regular file but a pipe or a device");
  }
}
