package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.training.task.OptionProbabilities;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Experiments on questions with none, one and five pictures: three of their own, and one of each of
 * two options.
 */
class ShownPicturesRunTest {

  private static final String LOOKING =
      TestedRuns.RANKED
          + """
          features { source = patches, patches { picture = 16, patch = 8 }, pictures = all }
          fusion { name = crossattn, place = before-both, heads = 2, headWidth = 4, gate = none, connector = none }
          training.dropout = 0
          """;

  @TempDir Path folder;

  /** Every other pictured question gets those of the one before it, too. */
  private static TestedRuns runs(Path folder) throws IOException {
    TestedRuns runs = TestedRuns.in(Files.createDirectories(folder));
    for (String split : List.of("train", "val", "test")) {
      try (Stream<Path> listed = Files.list(folder.resolve("given/images").resolve(split))) {
        List<Path> questions = listed.sorted().toList();
        for (int i = 1; i < questions.size(); i += 2) {
          Path before = questions.get(i - 1).resolve("image.png");
          for (String more : List.of("image_0", "image_1", "choice_0", "choice_1")) {
            Files.copy(before, questions.get(i).resolve(more + ".png"));
          }
        }
      }
    }
    return runs;
  }

  private static Map<String, OptionProbabilities> answers(TestedRuns runs, String lines)
      throws IOException {
    RunPlan plan = runs.plan(LOOKING + lines);
    runs.run(plan);
    return runs.plain(plan);
  }

  private static double largestDifference(
      Map<String, OptionProbabilities> some, Map<String, OptionProbabilities> others) {
    assertThat(others).containsOnlyKeys(some.keySet());
    double largest = 0;
    for (Map.Entry<String, OptionProbabilities> each : some.entrySet()) {
      List<Double> own = each.getValue().probabilities();
      for (int k = 0; k < own.size(); k++) {
        double other = others.get(each.getKey()).probabilities().get(k);
        largest = Math.max(largest, Math.abs(own.get(k) - other));
      }
    }
    return largest;
  }

  /** The settings act: with each, the same questions get other answers. */
  @Test
  void whichPicturesAreShownAndWhatOfThemATokenSeesMatters() throws IOException {
    TestedRuns runs = runs(folder);
    Map<String, OptionProbabilities> all = answers(runs, "");
    for (String other :
        List.of(
            "features.pictures = first",
            "features.pictures = question",
            "features.pictures = options",
            "fusion.sees = latest",
            "fusion.sees = latest\nfusion.blindText = mean",
            "fusion.frameEmbeddings = 4")) {
      assertThat(largestDifference(all, answers(runs, other))).as(other).isGreaterThan(1e-4);
    }
    String resampled =
        "fusion { connector = resampler, resampler { latents = 2, layers = 1, heads = 2, headWidth = 4 } }\n";
    assertThat(
            largestDifference(
                answers(runs, resampled), answers(runs, resampled + "fusion.frames = film")))
        .isGreaterThan(1e-4);
  }

  /** In one batch as each alone: neither padding nor the pictures of others reach an answer. */
  @Test
  void questionsInOneBatchAreAnsweredAsEachAlone() throws IOException {
    String latest = "fusion.sees = latest\ndecoding.batch = ";
    Map<String, OptionProbabilities> together =
        answers(runs(folder.resolve("together")), latest + 32);
    Map<String, OptionProbabilities> alone = answers(runs(folder.resolve("alone")), latest + 1);
    assertThat(together.size()).isGreaterThanOrEqualTo(8);
    assertThat(largestDifference(together, alone)).isCloseTo(0, within(1e-5));
  }
}
