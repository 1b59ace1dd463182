package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatchedBudgetTest {

  private static final String TWO_STAGES =
      """
      data { demo.questions = 200 }
      model = tiny
      pretraining { training.steps = 10 }
      training { steps = 100 }
      pipeline {
        rationale { format = QCM-E, start = model, source.maxTokens = 160, target.maxTokens = 32 }
        answer    { format = QCMG-A, from = rationale, source.maxTokens = 160, target.maxTokens = 16
                    features = none, fusion = none }
      }
      ablation.variants {
        text  { features = none }
        gated { features = detr, fusion = gated }
        own   { features = detr, fusion = concat, pipeline.rationale.training.steps = 80 }
      }
      """;

  private final FusionCatalogue fusions =
      FusionCatalogue.of(MatchedBudgetTest.class.getClassLoader());

  @TempDir Path folder;

  private Experiment read(String... lines) throws IOException {
    Path file =
        Files.writeString(folder.resolve("mine.conf"), TWO_STAGES + String.join("\n", lines));
    return new ExperimentReader(fusions, getClass().getClassLoader()).read(file, List.of());
  }

  @Test
  void withoutABudgetEachSpendsWhatItSays() throws IOException {
    assertThat(read().notes()).isEmpty();
    assertThat(steps(read(), 2)).isEqualTo(80);
  }

  @Test
  void stepsAreThoseOfTheVariantWithTheMost() throws IOException {
    Experiment experiment = read("ablation.budget = steps");
    assertThat(experiment.variants().stream().map(variant -> steps(variant)))
        .containsExactly(100, 100, 100);
    assertThat(experiment.notes())
        .containsExactly(
            "budget = steps: rationale of own has training.steps = 100, not 80: 100 steps, the most being 100");
  }

  /** Counted anew in the wider models; the stage that all share stays as it is. */
  @Test
  void freshModelsGetAsManyNumbersAsTheLargest() throws IOException {
    Experiment experiment = read("ablation.budget = parameters");
    try (StageCosts costs = new StageCosts(fusions, binder())) {
      double most = costs.numbers(experiment.variants().get(1), "rationale");
      for (Variant variant : experiment.variants()) {
        assertThat(costs.numbers(variant, "rationale")).isCloseTo(most, within(0.002 * most));
      }
    }
    assertThat(width(experiment, 0)).isGreaterThan(256);
    assertThat(width(experiment, 1)).isEqualTo(256);
    assertThat(experiment.notes())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "budget = parameters: rationale of text has model.shape.feedForward = \\d+, not 256: [\\d,]+ trained numbers, the most being [\\d,]+");
    assertThat(experiment.variants())
        .allMatch(
            variant ->
                variant.recipe().pipeline().get("answer").model().shape().feedForward() == 256);
  }

  @Test
  void inAsMuchTimeCheaperStepsAreMore() throws IOException {
    Experiment experiment = read("ablation.budget = time");
    try (StageCosts costs = new StageCosts(fusions, binder())) {
      List<Double> spent = new ArrayList<>();
      for (Variant variant : experiment.variants()) {
        spent.add(steps(variant) * costs.operationsOfStep(variant, "rationale"));
      }
      double most = spent.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
      assertThat(spent).allSatisfy(each -> assertThat(each).isCloseTo(most, within(0.02 * most)));
    }
    assertThat(steps(experiment, 0)).isGreaterThan(100);
    assertThat(experiment.notes()).isNotEmpty().allMatch(note -> note.contains("budget = time"));
  }

  @Test
  void whatAllStartFromCannotBeWidened() {
    assertThatThrownBy(
            () -> read("pipeline.rationale.start = pretraining", "ablation.budget = parameters"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "ablation.budget = parameters widens models that start from fresh weights, and stage rationale of text starts from a pretraining: let it be the same in all variants, or start = model");
  }

  @Test
  void epochsAreNoSteps() {
    assertThatThrownBy(() -> read("training.steps = null", "ablation.budget = steps"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "ablation.budget = steps needs training.steps rather than epochs, which stage rationale of text has not");
  }

  private Binder binder() {
    return new Binder(new Problems(), ExperimentReader.readers(fusions));
  }

  private static int steps(Variant variant) {
    return variant.recipe().pipeline().get("rationale").training().steps().orElseThrow();
  }

  private static int steps(Experiment experiment, int variant) {
    return steps(experiment.variants().get(variant));
  }

  private static int width(Experiment experiment, int variant) {
    return experiment
        .variants()
        .get(variant)
        .recipe()
        .pipeline()
        .get("rationale")
        .model()
        .shape()
        .feedForward();
  }
}
