package dev.fusebox.training.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FrozenNamesTest {

  private static final Set<String> NAMES =
      new TreeSet<>(
          Set.of(
              "shared.weight",
              "encoder.block.0.layer.0.SelfAttention.q.weight",
              "encoder.block.0.layer.1.DenseReluDense.wi.weight",
              "encoder.image_dense.weight",
              "decoder.final_layer_norm.weight"));

  @Test
  void aStarStandsForAnyText() {
    assertThat(new FrozenNames("encoder.block.*").matchesAny(NAMES)).isTrue();
    assertThat(new FrozenNames("*.q.weight").matchesAny(NAMES)).isTrue();
    assertThat(new FrozenNames("shared.weight").matchesAny(NAMES)).isTrue();
    assertThat(new FrozenNames("shared").matchesAny(NAMES)).isFalse();
    assertThat(new FrozenNames("encoder.image_dense,weight").matchesAny(NAMES)).isFalse();
  }

  @Test
  void whatAFusionMayHaveIsNotT5s() {
    assertThat(new FrozenNames("encoder.block.7.*").isOfT5()).isTrue();
    assertThat(new FrozenNames("shared").isOfT5()).isTrue();
    assertThat(new FrozenNames("encoder.image_dense.*").isOfT5()).isFalse();
  }

  @Test
  void theNearestNamesAreTold() {
    assertThat(new FrozenNames("encoder.blok.*").misfit(NAMES))
        .isEqualTo(
            "model.frozen = encoder.blok.*: no parameter has such a name; nearest: encoder.block.0.layer.0.SelfAttention.q.weight, encoder.block.0.layer.1.DenseReluDense.wi.weight, encoder.image_dense.weight");
    assertThat(new FrozenNames("shared.wieght").misfit(NAMES))
        .startsWith(
            "model.frozen = shared.wieght: no parameter has such a name; did you mean shared.weight?; nearest: shared.weight, ");
  }
}
