package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an {@code adapter_config.json} is obeyed, passed over, or refused by its name. */
class AdapterConfigTest {

  private static final String LORA =
      "{\"peft_type\": \"LORA\", \"task_type\": \"SEQ_2_SEQ_LM\", \"r\": 8, \"lora_alpha\": 16, \"target_modules\": [\"q\", \"v\"]%s}";

  @TempDir Path folder;

  private Path config(String text) throws IOException {
    return Files.writeString(folder.resolve(AdapterConfig.NAME), text);
  }

  private Path lora(String more) throws IOException {
    return config(LORA.formatted(more.isEmpty() ? "" : ", " + more));
  }

  /** As peft 0.17 writes what is not used: null, false, an empty map. */
  @Test
  void keysThatSayNothingArePassedOver() throws IOException {
    Tuning read =
        AdapterConfig.read(
            lora(
                "\"use_dora\": false, \"rank_pattern\": {}, \"alpha_pattern\": {}, \"modules_to_save\": null, \"layers_to_transform\": null, \"bias\": \"none\", \"init_lora_weights\": true"));
    assertThat(read).isEqualTo(new Lora(8, 16, false, 0, List.of("q", "v")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "use_dora; true",
        "rank_pattern; {\"q\":4}",
        "alpha_pattern; {\"q\":4}",
        "modules_to_save; [\"lm_head\"]",
        "layers_to_transform; [0]",
        "layers_pattern; \"block\"",
        "layer_replication; [[0,1]]",
        "exclude_modules; [\"v\"]",
        "trainable_token_indices; [1]",
        "target_parameters; [\"x\"]",
        "fan_in_fan_out; true",
        "lora_bias; true",
        "use_qalora; true",
        "corda_config; {\"a\":1}",
        "eva_config; {\"a\":1}",
        "something_new; 1"
      })
  void keysThatChangeNumbersAreRefusedByName(String key, String value) throws IOException {
    Path file = lora("\"%s\": %s".formatted(key, value));
    assertThatThrownBy(() -> AdapterConfig.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: %s changes what the adapter computes in a way not known here, found %s",
            file, key, value);
  }

  @ParameterizedTest
  @CsvSource({"pissa", "pissa_niter_4", "olora", "corda", "loftq"})
  void beginningsThatChangeTheBaseAreRefused(String beginning) throws IOException {
    Path file = lora("\"init_lora_weights\": \"%s\"".formatted(beginning));
    assertThatThrownBy(() -> AdapterConfig.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: init_lora_weights changes the weights of the model below; save the adapter converted to a plain one, found \"%s\"",
            file, beginning);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "bias| \"all\"| must be none: T5 has no biases",
        "task_type| \"CAUSAL_LM\"| must be SEQ_2_SEQ_LM, for a T5",
        "target_modules| \".*q\"| must be a list of names, or all-linear; save the adapter with a list",
        "r| 1.5| must be a whole number"
      })
  void valuesThatCannotBeObeyedAreTold(String key, String value, String rule) throws IOException {
    String text = LORA.formatted("");
    Path file =
        config(
            text.contains("\"" + key + "\"")
                ? text.replaceFirst(
                    "\"" + key + "\": (\\[[^\\]]*\\]|[^,}]*)", "\"" + key + "\": " + value)
                : LORA.formatted(", \"" + key + "\": " + value));
    assertThatThrownBy(() -> AdapterConfig.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage("%s: %s %s, found %s", file, key, rule, value);
  }

  @Test
  void anotherKindIsToldWithThoseThatThereAre() throws IOException {
    Path file = config("{\"peft_type\": \"PREFIX_TUNING\"}");
    assertThatThrownBy(() -> AdapterConfig.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: peft_type must be of IA3, LORA, PROMPT_TUNING, found \"PREFIX_TUNING\"", file);
  }
}
