package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MovedKeysTest {

  private static final Config DEFAULTS =
      ConfigSource.defaults(MovedKeysTest.class.getClassLoader());

  private static String place(String key) {
    return MovedKeys.message(key).orElseThrow().replaceFirst("^moved: ", "");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "optimizer",
        "schedule",
        "warmup",
        "batch",
        "fill",
        "lengthPool",
        "accumulation",
        "recompute",
        "evaluateEvery",
        "metric",
        "keepBest",
        "saveEvery",
        "keepLast"
      })
  void whatHasMovedIsAtTheNewPlace(String old) {
    assertThat(DEFAULTS.hasPath("defaults." + place("training." + old))).isTrue();
    assertThat(place("pipeline.answer.training." + old))
        .isEqualTo("pipeline.answer." + place("training." + old));
  }

  @ParameterizedTest
  @ValueSource(strings = {"learningRate", "beta1", "beta2", "epsilon", "weightDecay"})
  void anArgumentOfTheOptimizerIsInItsBlock(String old) {
    String place = place("training." + old);
    assertThat(place).isEqualTo("training.optimizer." + old);
    assertThat(DEFAULTS.hasPath("optimizers.adamw." + old)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "training.steps",
        "batch",
        "pretraining.batch",
        "training.batch.size",
        "xtraining.batch"
      })
  void whatNeverWasThereHasNotMoved(String key) {
    assertThat(MovedKeys.message(key)).isEmpty();
    assertThat(MovedKeys.message(key, ConfigFactory.parseString("a = 1").getValue("a"))).isEmpty();
  }

  @Test
  void aValueIsShownAtItsNewPlace() {
    assertThat(
            MovedKeys.message("training.batch", ConfigFactory.parseString("a = 4").getValue("a")))
        .isEqualTo(Optional.of("moved: training.batches.size = 4"));
  }
}
