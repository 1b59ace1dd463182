package dev.fusebox.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SightTest {

  private static final Thing FISH = new Thing(Animal.FISH, Hue.RED, Spot.NORTH, 0.5, 0.2);
  private static final Thing OWL = new Thing(Animal.OWL, Hue.BLUE, Spot.SOUTH, 0.5, 0.8);
  private static final Scene BOTH =
      new Scene(Scene.Ground.MEADOW, List.of(FISH, OWL), "a red fish and an owl outside");
  private final Appearance looks = new Appearance("test", 24);

  @Test
  void objectsHaveARowEachAndTheRestIsZero() {
    float[] seen = new ObjectSight(looks, 6, 0).see(BOTH, new Draw(1, 1));
    assertThat(row(seen, 0)).isEqualTo(look(FISH));
    assertThat(row(seen, 1)).isEqualTo(look(OWL));
    assertThat(Arrays.copyOfRange(seen, 2 * 24, seen.length)).containsOnly(0);
  }

  @Test
  void aPatchIsMostlyWhatIsNear() {
    float[] seen = new PatchSight(looks, false, 4, 0.2, 0).see(BOTH, new Draw(1, 1));
    float[] upper = row(seen, 1);
    assertThat(likeness(upper, look(FISH))).isGreaterThan(0.9);
    assertThat(likeness(upper, look(FISH))).isGreaterThan(likeness(upper, look(OWL)) + 0.3);
    assertThat(upper).isNotEqualTo(look(FISH));
  }

  @Test
  void theSummaryOfPatchesIsTheirMean() {
    float[] plain = new PatchSight(looks, false, 2, 0.2, 1).see(BOTH, new Draw(1, 1));
    float[] seen = new PatchSight(looks, true, 2, 0.2, 1).see(BOTH, new Draw(1, 1));
    assertThat(seen).hasSize(5 * 24);
    for (int i = 0; i < 24; i++) {
      float mean = (plain[i] + plain[24 + i] + plain[48 + i] + plain[72 + i]) / 4;
      assertThat(seen[i]).isCloseTo(mean, within(1e-5f));
    }
  }

  @Test
  void pooledRowsAreAllTheSameAndForgetWhatBelongsTogether() {
    PooledSight sight = new PooledSight(looks, 3, 0);
    float[] seen = sight.see(BOTH, new Draw(1, 1));
    assertThat(row(seen, 0)).isEqualTo(row(seen, 1)).isEqualTo(row(seen, 2));
    Scene swapped =
        new Scene(
            Scene.Ground.MEADOW,
            List.of(
                new Thing(Animal.FISH, Hue.BLUE, Spot.NORTH, 0.5, 0.2),
                new Thing(Animal.OWL, Hue.RED, Spot.SOUTH, 0.5, 0.8)),
            "");
    assertThat(sight.see(swapped, new Draw(1, 1))).containsExactly(seen, within(1e-5f));
  }

  @Test
  void everyLookAtASceneIsALittleDifferent() {
    ObjectSight sight = new ObjectSight(looks, 4, 0.5);
    assertThat(sight.see(BOTH, new Draw(1, 1))).isNotEqualTo(sight.see(BOTH, new Draw(1, 2)));
    assertThat(sight.see(BOTH, new Draw(1, 1))).isEqualTo(sight.see(BOTH, new Draw(1, 1)));
  }

  @Test
  void tooFewRowsForAScene() {
    assertThatThrownBy(() -> new ObjectSight(looks, 3, 0))
        .hasMessage("rows must be at least 4, found 3");
  }

  private float[] look(Thing thing) {
    float[] look = new float[24];
    looks.add(thing, 1, look, 0);
    return look;
  }

  private static float[] row(float[] seen, int row) {
    return Arrays.copyOfRange(seen, row * 24, (row + 1) * 24);
  }

  private static double likeness(float[] left, float[] right) {
    return dot(left, right) / Math.sqrt(dot(left, left) * dot(right, right));
  }

  private static double dot(float[] left, float[] right) {
    double sum = 0;
    for (int i = 0; i < left.length; i++) {
      sum += left[i] * right[i];
    }
    return sum;
  }
}
