package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tune.Lora;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.MemoryNeed;
import dev.fusebox.training.model.ModelSize;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.model.WritingNeed;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of a model's memory beforehand against the model itself. */
class MemoryNeedTest {

  private static final FusionCatalogue FUSIONS = new FusionCatalogue(List.of(new TinyTask.Added()));
  private static final MemoryNeed.InputSizes LENGTHS = new MemoryNeed.InputSizes(64, 32, 3, 3);

  @TempDir Path folder;

  @Test
  void countsWhatTheModelHolds() throws IOException {
    TrainingTask task = TinyTask.in(folder, TrainingSettingsBuilder.plain(1));
    T5Config config = FreshModel.config(task.model().shape(), 100, 0.1);
    for (Tuning tuning :
        List.of(
            new Tuning.All(), new Tuning.None(), new Lora(2, 4, false, 0, List.of("q", "wo")))) {
      ModelSize size =
          ModelSize.of(
              config, tuning, FrozenWeights.FLOAT32, task.fusion(), OptionalInt.of(3), FUSIONS);
      try (LoadedModel loaded =
          LoadedModel.open(
              config,
              new ModelWeights(Optional.empty(), Optional.empty(), tuning),
              task.fusion(),
              task.pictures(),
              FUSIONS,
              Device.cpu(),
              Precision.FLOAT32,
              1)) {
        long learning =
            loaded.parameters().trainable().values().stream().mapToLong(a -> a.size()).sum();
        long all = loaded.parameters().all().values().stream().mapToLong(a -> a.size()).sum();
        assertThat(size.learning()).isEqualTo(learning);
        assertThat(size.frozen()).isEqualTo(all - learning);
        assertThat(size.fusion()).isEqualTo(3 * 16);
        assertThat(size.weightBytes()).isEqualTo(4 * all);
      }
    }
  }

  private static ModelSize size(T5Config config, Tuning tuning, FrozenWeights frozenWeights) {
    return ModelSize.of(
        config, tuning, frozenWeights, FusionSettings.NONE, OptionalInt.empty(), FUSIONS);
  }

  /** Shapes alone: the weights of this one would take 45 GB. */
  @Test
  void aModelOfElevenBillionIsCountedWithoutMemory() {
    T5Config config =
        FreshModel.config(new ModelShape(4096, 64, 64, 10240, 24, 24, true), 32128, 0.1);
    ModelSize all = size(config, new Tuning.All(), FrozenWeights.FLOAT32);
    assertThat(all.learning()).isEqualTo(11_135_332_352L); // as transformers counts it
    ModelSize lora =
        size(config, new Lora(8, 16, false, 0, List.of("q", "v")), FrozenWeights.BFLOAT16);
    assertThat(lora.learning()).isEqualTo(3L * 24 * 2 * 8 * (4096 + 4096));
    assertThat(lora.weightBytes()).isBetween(2 * all.learning(), (long) (2.01 * all.learning()));
    ModelSize bytes =
        size(config, new Lora(8, 16, false, 0, List.of("q", "v")), FrozenWeights.INT8);
    assertThat(bytes.weightBytes()).isBetween(all.learning(), (long) (1.05 * all.learning()));
  }

  /** docs/large-models.md tells of the run: 6.4 GB at its height, which is in writing. */
  @Test
  void writingWithALargeModelTakesWhatWasMeasured() {
    T5Config config =
        FreshModel.config(new ModelShape(1024, 64, 16, 2816, 24, 24, true), 32128, 0.1);
    ModelSize size =
        size(config, new Lora(8, 16, false, 0, List.of("q", "v")), FrozenWeights.BFLOAT16);
    DecodingSettings greedy = DecodingSettings.greedy(DecodingMode.GENERATED, 0, 2);
    MemoryNeed.InputSizes lengths = new MemoryNeed.InputSizes(96, 8, 145, 1024);
    WritingNeed need = WritingNeed.of(config, size, greedy, lengths, 0, true);
    assertThat(need.total()).isBetween((long) (0.85 * 6.4e9), (long) (1.15 * 6.4e9));
    DecodingSettings ranked = DecodingSettings.greedy(DecodingMode.RANKED, 0, 2);
    assertThat(WritingNeed.of(config, size, ranked, lengths, 0, true).prepared()).isZero();
  }

  @Test
  void lessIsNeededWithSmallerPartsRecomputationOrFewNumbersThatLearn() {
    T5Config config = FreshModel.config(new ModelShape(64, 16, 4, 256, 4, 4, false), 1000, 0.1);
    ModelSize all = size(config, new Tuning.All(), FrozenWeights.FLOAT32);
    ModelSize few = size(config, new Lora(2, 4, false, 0, List.of("q")), FrozenWeights.FLOAT32);
    MemoryNeed whole = need(config, all, 1, false);
    assertThat(need(config, all, 8, false).activations()).isLessThan(whole.activations() / 6);
    assertThat(need(config, all, 1, true).activations()).isLessThan(whole.activations());
    assertThat(need(config, few, 1, false).activations()).isLessThan(whole.activations());
    assertThat(need(config, few, 1, false).optimizer()).isLessThan(whole.optimizer() / 10);
    assertThat(whole.optimizer()).isEqualTo(2 * whole.gradients());
  }

  @Test
  void aBackboneThatLearnsTakesItsOwn() {
    T5Config config = FreshModel.config(new ModelShape(64, 16, 4, 256, 4, 4, false), 1000, 0.1);
    ModelSize size = size(config, new Tuning.All(), FrozenWeights.FLOAT32);
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(1, 0.01)
            .batching(new BatchSettings(8, BatchFill.QUESTIONS, 50, 4, false))
            .build();
    MemoryNeed alone = MemoryNeed.of(config, size, settings, LENGTHS, MemoryNeed.Backbone.NONE);
    MemoryNeed both =
        MemoryNeed.of(config, size, settings, LENGTHS, new MemoryNeed.Backbone(100, 1000, 10));
    assertThat(both.weights() - alone.weights()).isEqualTo(4 * 1100);
    assertThat(both.gradients() - alone.gradients()).isEqualTo(4 * 100);
    assertThat(both.optimizer() - alone.optimizer()).isEqualTo(4 * 200);
    assertThat(both.activations() - alone.activations()).as("2 questions").isEqualTo(4 * 30);
  }

  private static MemoryNeed need(T5Config config, ModelSize size, int parts, boolean recompute) {
    TrainingSettings settings =
        TrainingSettingsBuilder.learning(1, 0.01)
            .batching(new BatchSettings(8, BatchFill.QUESTIONS, 50, parts, recompute))
            .build();
    return MemoryNeed.of(config, size, settings, LENGTHS, MemoryNeed.Backbone.NONE);
  }
}
