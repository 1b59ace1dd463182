package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.PackedTexts;
import dev.fusebox.t5.T5Config;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Options of two questions, of two and of three: [7 8 1] [9 1] and [5 1] [6 1] [4 1]. */
class OptionsOfBatchTest {

  private static final T5Config CONFIG =
      T5Config.small(50, 16, 2).withFeedForwardWidth(24).withDropout(0);

  private static final List<Example> EXAMPLES =
      List.of(
          example("a", 1, new int[] {7, 8, 1}, new int[] {9, 1}),
          example("b", 2, new int[] {5, 1}, new int[] {6, 1}, new int[] {4, 1}));

  private static Example example(String id, int right, int[]... options) {
    return new Example(
        id,
        new int[] {40, 1},
        options[right],
        "",
        Optional.of(new Example.Options(List.of(options), right)));
  }

  private static Batch batch() {
    return new BatchMaker(CONFIG, Optional.empty(), Optional.empty())
        .withOptions(true)
        .make(EXAMPLES);
  }

  @Test
  void optionsLieOneAfterTheOtherEachBehindItsStartMark() {
    OptionsOfBatch options = batch().options().orElseThrow();
    assertThat(options.rows()).isEqualTo(2);
    assertThat(options.length()).isEqualTo(6);
    assertThat(options.inputs()).containsExactly(0, 7, 8, 0, 9, 0, 0, 5, 0, 6, 0, 4);
    assertThat(options.labels()).containsExactly(7, 8, 1, 9, 1, -100, 5, 1, 6, 1, 4, 1);
    assertThat(options.texts()).containsExactly(0, 0, 0, 1, 1, 5, 2, 2, 3, 3, 4, 4);
    assertThat(options.table()).containsExactly(0, 1, 5, 2, 3, 4);
    assertThat(options.right()).containsExactly(1, 2);
    assertThat(options.count()).isEqualTo(5);
    assertThat(options.options(0)).isEqualTo(2);
    assertThat(options.options(1)).isEqualTo(3);
  }

  @Test
  void tokensAndPlacesAreThoseOfTheOptions() {
    assertThat(batch().tokens()).isEqualTo(2 + 2 + 11);
    assertThat(batch().places()).isEqualTo(4 + 12);
    Batch written = new BatchMaker(CONFIG, Optional.empty(), Optional.empty()).make(EXAMPLES);
    assertThat(written.options()).isEmpty();
    assertThat(written.tokens()).isEqualTo(2 + 2 + 2 + 2);
    assertThat(written.places()).isEqualTo(4 + 4);
    assertThat(EXAMPLES.get(0).outputTokens()).isEqualTo(5);
    assertThat(new Example("c", new int[] {1}, new int[] {3, 1}, "").outputTokens()).isEqualTo(2);
  }

  @Test
  void onADeviceTheyHaveTheirShapes() {
    OptionsOfBatch options = batch().options().orElseThrow();
    try (NDManager manager = NDManager.newBaseManager()) {
      PackedTexts placed = options.place(manager);
      assertThat(placed.inputs().getShape()).isEqualTo(new Shape(2, 6));
      assertThat(placed.labels().toLongArray()).isEqualTo(options.labels());
      assertThat(placed.texts().toLongArray()).isEqualTo(options.texts());
      assertThat(placed.table().getShape()).isEqualTo(new Shape(2, 3));
      assertThat(placed.count()).isEqualTo(5);
      assertThat(options.right(manager).toLongArray()).containsExactly(1, 2);
    }
  }

  @Test
  void theRightOptionIsOneOfThem() {
    assertThat(new Example.Options(List.of(new int[] {1}, new int[] {1}), 0).right()).isZero();
    for (int right : new int[] {-1, 2}) {
      assertThatThrownBy(() -> new Example.Options(List.of(new int[] {1}, new int[] {1}), right))
          .hasMessage("right must be an index into 2 options, found " + right);
    }
  }
}
