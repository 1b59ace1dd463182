package dev.fusebox.fusion.gated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.gated.GatedFusionConfig.Attention;
import dev.fusebox.fusion.gated.GatedFusionConfig.Gate;
import dev.fusebox.fusion.gated.GatedFusionConfig.MissingPicture;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class GatedFusionTest extends FusionContract<GatedFusionConfig> {

  @Override
  protected FusionProvider<GatedFusionConfig> provider() {
    return new GatedFusionProvider();
  }

  @Override
  protected List<GatedFusionConfig> configs() {
    return List.of(
        new GatedFusionConfig(Attention.PROJECTED, 1, Gate.SIGMOID, MissingPicture.ZEROS),
        new GatedFusionConfig(Attention.PROJECTED, 4, Gate.SIGMOID, MissingPicture.MASKED),
        new GatedFusionConfig(Attention.PROJECTED, 2, Gate.TANH, MissingPicture.ZEROS),
        new GatedFusionConfig(Attention.PLAIN, 1, Gate.SIGMOID, MissingPicture.MASKED),
        new GatedFusionConfig(Attention.PLAIN, 2, Gate.TANH, MissingPicture.MASKED));
  }

  @ParameterizedTest
  @MethodSource("configs")
  void equalVectorsCostOneRowAndCountAsMany(GatedFusionConfig config) {
    try (FusedModel fused =
            TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
        Step step = Step.inference(fused.root())) {
      TinyFusedModel.move(fused.parameters());
      FusedOutput apart = read(fused, step, 1, 2, 1, 2, 1, 1);
      FusedOutput merged = read(fused, step, 1, 1, 1, 1, 2, 2);
      FusedOutput blank = read(fused, step, 0, 0, 0, 0, 0, 0);
      assertThat(merged.logits().sub(apart.logits()).abs().max().getFloat()).isLessThan(2e-5f);
      assertThat(blank.logits().sub(apart.logits()).abs().max().getFloat()).isGreaterThan(1e-3f);
      assertThat(vectors(apart)).isEqualTo(5);
      assertThat(vectors(merged)).isEqualTo(2);
      assertThat(vectors(blank)).isEqualTo(1);
    }
  }

  /** As torch's own modules begin, which Multimodal-CoT's code leaves as they are. */
  @Test
  void freshWeightsBeginAsTorchs() {
    try (FusedModel fused =
        TinyFusedModel.build(
            7, weights -> {}, context -> provider().create(configs().get(0), context))) {
      Parameters parameters = fused.parameters();
      long d = parameters.get("encoder.mha_layer.in_proj_bias").size() / 3;
      double vision = parameters.get("encoder.image_dense.weight").getShape().get(1);
      assertUniform(parameters, "encoder.image_dense.weight", 1 / Math.sqrt(vision));
      assertUniform(parameters, "encoder.image_dense.bias", 1 / Math.sqrt(vision));
      assertUniform(parameters, "encoder.gate_dense.weight", 1 / Math.sqrt(2 * d));
      assertUniform(parameters, "encoder.gate_dense.bias", 1 / Math.sqrt(2 * d));
      assertUniform(parameters, "encoder.mha_layer.out_proj.weight", 1 / Math.sqrt(d));
      assertUniform(parameters, "encoder.mha_layer.in_proj_weight", Math.sqrt(6.0 / (4 * d)));
      assertUniform(parameters, "encoder.mha_layer.in_proj_bias", 0);
      assertUniform(parameters, "encoder.mha_layer.out_proj.bias", 0);
    }
  }

  private static void assertUniform(Parameters parameters, String name, double bound) {
    double largest = parameters.get(name).abs().max().getFloat();
    assertThat(largest).as(name).isBetween(0.8 * bound, bound * (1 + 1e-6));
  }

  private static FusedOutput read(FusedModel fused, Step step, int... vectors) {
    return fused.run(FusedInputs.ofVectors(step.manager(), vectors), Mode.INFERENCE);
  }

  private static long vectors(FusedOutput output) {
    return ((GatedFusion.Pass) output.pass()).vectors();
  }

  @Override
  protected boolean beginsAsTextModel(GatedFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @Override
  protected boolean readsAloneWithoutPicture(GatedFusionConfig config) {
    return config.missingPicture() == MissingPicture.MASKED;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(GatedFusionConfig config) {
    assertTheSameComputedAgain(config);
  }
}
