package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Equal experiments have equal keys, in whatever order and form their files say them. */
class PlanKeysPropertyTest {

  private static final List<String> LINES =
      List.of(
          "model.shape { width = 8, headWidth = 4, heads = 2, feedForward = 16 }",
          "training.steps = 2",
          "training.batches.size = 4",
          "training.dropout = 0.1",
          "training.optimizer.learningRate = 0.001",
          "data.limits { train = 8, validation = 4, test = 4 }",
          "data.demo { questions = 20, seed = 3 }",
          "pretraining { texts = 8, source.maxTokens = 16, training { steps = 2, batches.size = 4 } }",
          "pipeline.rationale { format = QCM-LE, source.maxTokens = 24, target.maxTokens = 4 }",
          "pipeline.answer.format = QCMG-A",
          "pipeline.answer.from = rationale",
          "pipeline.answer { target.maxTokens = 4, source.maxTokens = 24 }",
          "pipeline.answer.training.optimizer.weightDecay = 0.5");

  /** The same numbers in other words. */
  private static final List<List<String>> WORDS =
      List.of(
          List.of("= 0.001", "= 1e-3"),
          List.of("= 0.5", "= 5.0e-1"),
          List.of("training.steps = 2", "training { steps = 2 }"),
          List.of("pipeline.answer.format = QCMG-A", "pipeline { answer { format : \"QCMG-A\" } }"),
          List.of("questions = 20, seed = 3", "seed : 3, questions : 20"));

  @TempDir private Path folder;
  private FusionCatalogue fusions;
  private RunPlanner planner;

  static LongStream seeds() {
    return LongStream.range(0, 25);
  }

  @BeforeEach
  void wire() {
    fusions = FusionCatalogue.of(getClass().getClassLoader());
    planner =
        new RunPlanner(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)),
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
  }

  private List<String> names(List<String> lines, long seed) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), String.join("\n", lines));
    Recipe recipe =
        new ExperimentReader(fusions, getClass().getClassLoader())
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    return planner.plan(recipe, seed).stages().stream().map(Stage::name).toList();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void orderAndSpellingOfAFileChangeNoKey(long seed) throws IOException {
    Random random = new Random(seed);
    List<String> lines = new ArrayList<>(LINES);
    for (List<String> pair : WORDS) {
      if (random.nextBoolean()) {
        lines.replaceAll(line -> line.replace(pair.get(0), pair.get(1)));
      }
    }
    Collections.shuffle(lines, random);
    assertThat(names(lines, 1)).isEqualTo(names(LINES, 1)).doesNotHaveDuplicates();
  }
}
