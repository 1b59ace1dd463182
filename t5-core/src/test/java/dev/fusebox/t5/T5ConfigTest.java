package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
