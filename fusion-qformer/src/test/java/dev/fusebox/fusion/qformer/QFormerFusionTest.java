package dev.fusebox.fusion.qformer;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Step;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class QFormerFusionTest extends FusionContract<QFormerFusionConfig> {

  @Override
  protected FusionProvider<QFormerFusionConfig> provider() {
    return new QFormerFusionProvider();
  }

  @Override
  protected List<QFormerFusionConfig> configs() {
    return List.of(
        new QFormerFusionConfig(3, 0, 2, 2, 2, 2, false, 512, false),
        new QFormerFusionConfig(2, 12, 3, 3, 1, 2, false, 512, true),
        new QFormerFusionConfig(3, 8, 2, 2, 2, 1, true, 16, false),
        new QFormerFusionConfig(2, 0, 1, 4, 1, 1, true, 3, true));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(QFormerFusionConfig config) {
    assertTheSameComputedAgain(config);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void queriesStandBeforeTheTextAndCountAlways(QFormerFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.withoutPictures(step.manager());
      NDArray mask = fused.run(input, Mode.INFERENCE).encoded().mask();
      assertThat(mask.get(":, 0:" + config.queries()).toFloatArray()).containsOnly(1);
      assertThat(mask.get(":, " + config.queries() + ":").toFloatArray())
          .isEqualTo(input.mask().toFloatArray());
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void whatIsHiddenIsNotSeenAndWhatIsShownIs(QFormerFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput hidden = FusedInputs.withoutPictures(step.manager());
      FusedInput changed = seeing(hidden, changed(hidden.vision()));
      assertThat(scores(fused, changed)).isEqualTo(scores(fused, hidden));
      FusedInput shown = FusedInputs.row(FusedInputs.create(step.manager()), 0);
      FusedInput other = seeing(shown, changed(shown.vision()));
      assertThat(scores(fused, other)).isNotEqualTo(scores(fused, shown));
    }
  }

  /** The same question of another picture is read by the same queries, unless they read both. */
  @ParameterizedTest
  @MethodSource("configs")
  void theQuestionIsReadWhereItShouldBe(QFormerFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput input = FusedInputs.create(step.manager());
      NDArray one = fused.model().ops().selectRows(input.ids(), rows(step, 0, 0));
      NDArray two = fused.model().ops().selectRows(input.ids(), rows(step, 0, 1));
      float[] same = differenceOfQueries(fused, step, input, one, config.queries());
      float[] other = differenceOfQueries(fused, step, input, two, config.queries());
      assertThat(same).containsOnly(0);
      if (config.readsQuestion()) {
        assertThat(other).doesNotContain(0);
      } else {
        assertThat(other).containsOnly(0);
      }
    }
  }

  private static float[] differenceOfQueries(
      FusedModel fused, Step step, FusedInput input, NDArray ids, int queries) {
    NDArray rows = rows(step, 0, 0);
    NDArray features = fused.model().ops().selectRows(input.vision().features(), rows);
    NDArray mask = fused.model().ops().selectRows(input.vision().mask(), rows);
    NDArray embedded = fused.model().ops().embedding(ids, fused.parameters().get("shared.weight"));
    NDArray read =
        fused
            .model()
            .see(VisionFeatures.ofOnePicture(features, mask), Mode.INFERENCE)
            .atEmbeddings(new TextStates(embedded, step.manager().ones(ids.getShape())))
            .hidden()
            .get(":, 0:" + queries);
    return read.get(0).sub(read.get(1)).toFloatArray();
  }

  private static NDArray rows(Step step, long... rows) {
    return step.manager().create(rows);
  }

  private FusedModel trained(QFormerFusionConfig config) {
    FusedModel fused =
        TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
    TinyFusedModel.move(fused.parameters());
    return fused;
  }

  private static VisionFeatures changed(VisionFeatures vision) {
    return vision.withFeatures(vision.features().add(3));
  }

  private static FusedInput seeing(FusedInput input, VisionFeatures vision) {
    return new FusedInput(input.ids(), input.mask(), vision, input.targets());
  }

  private static float[] scores(FusedModel fused, FusedInput input) {
    return fused.run(input, Mode.INFERENCE).logits().toFloatArray();
  }
}
