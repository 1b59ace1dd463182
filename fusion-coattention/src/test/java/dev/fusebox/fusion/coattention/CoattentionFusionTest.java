package dev.fusebox.fusion.coattention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Directions;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Gate;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Step;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class CoattentionFusionTest extends FusionContract<CoattentionFusionConfig> {

  private static final CoattentionFusionConfig TWO_LAYERS =
      new CoattentionFusionConfig(2, 4, 2, Directions.OWN, true, Gate.NONE, false);
  private static final CoattentionFusionConfig GATED =
      new CoattentionFusionConfig(1, 2, 1, Directions.SHARED, false, Gate.TANH, true);

  @Override
  protected FusionProvider<CoattentionFusionConfig> provider() {
    return new CoattentionFusionProvider();
  }

  @Override
  protected List<CoattentionFusionConfig> configs() {
    return List.of(TWO_LAYERS, GATED);
  }

  @Override
  protected boolean beginsAsTextModel(CoattentionFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @Override
  protected boolean readsAloneWithoutPicture(CoattentionFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(CoattentionFusionConfig config) {
    assertTheSameComputedAgain(config);
  }

  @ParameterizedTest
  @MethodSource("configs")
  void whatIsHiddenIsNotSeenAndWhatIsShownIs(CoattentionFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      FusedInput hidden = FusedInputs.withoutPictures(step.manager());
      assertThat(scores(fused, brighter(hidden))).isEqualTo(scores(fused, hidden));
      FusedInput shown = FusedInputs.row(FusedInputs.create(step.manager()), 0);
      assertThat(scores(fused, brighter(shown))).isNotEqualTo(scores(fused, shown));
    }
  }

  @ParameterizedTest
  @MethodSource("configs")
  void dropsOutInTrainingOnly(CoattentionFusionConfig config) {
    try (FusedModel fused = trained(config);
        Step step = Step.inference(fused.root())) {
      float[] read = fusedText(fused, step, Mode.INFERENCE);
      assertThat(fusedText(fused, step, Mode.INFERENCE)).isEqualTo(read);
      assertThat(fusedText(fused, step, Mode.TRAINING)).isNotEqualTo(read);
    }
  }

  @Test
  void eachLayerShowsWhereTheTextLooks() {
    try (FusedModel fused = trained(TWO_LAYERS);
        Step step = Step.inference(fused.root())) {
      FusionPass pass = fused.run(FusedInputs.create(step.manager()), Mode.INFERENCE).pass();
      assertThat(pass.diagnostics().attention()).containsOnlyKeys("layer.0", "layer.1");
      assertThat(pass.diagnostics().gates()).isEmpty();
    }
  }

  @Test
  void theGateIsShown() {
    try (FusedModel fused = trained(GATED);
        Step step = Step.inference(fused.root())) {
      FusionPass pass = fused.run(FusedInputs.create(step.manager()), Mode.INFERENCE).pass();
      double alpha = fused.parameters().get("coattention.alpha").getFloat();
      assertThat(pass.diagnostics().gates()).containsExactly(Map.entry("gate", Math.tanh(alpha)));
    }
  }

  private FusedModel trained(CoattentionFusionConfig config) {
    FusedModel fused =
        TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
    TinyFusedModel.move(fused.parameters());
    return fused;
  }

  /** What the fusion makes of the first question's embeddings. */
  private static float[] fusedText(FusedModel fused, Step step, Mode mode) {
    FusedInput input = FusedInputs.row(FusedInputs.create(step.manager()), 0);
    NDArray hidden =
        fused.model().ops().embedding(input.ids(), fused.parameters().get("shared.weight"));
    TextStates text = new TextStates(hidden, input.mask());
    return fused.model().see(input.vision(), mode).afterEncoder(text).hidden().toFloatArray();
  }

  private static FusedInput brighter(FusedInput input) {
    VisionFeatures vision = input.vision();
    return new FusedInput(
        input.ids(),
        input.mask(),
        vision.withFeatures(vision.features().mul(vision.features())),
        input.targets());
  }

  private static float[] scores(FusedModel fused, FusedInput input) {
    return fused.run(input, Mode.INFERENCE).logits().toFloatArray();
  }
}
