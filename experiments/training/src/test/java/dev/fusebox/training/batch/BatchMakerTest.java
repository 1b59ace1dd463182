package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureName;
import dev.fusebox.questions.picture.PictureSpan;
import dev.fusebox.t5.T5Config;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class BatchMakerTest {

  private static final T5Config CONFIG =
      T5Config.small(50, 16, 2).withFeedForwardWidth(24).withDropout(0);

  private static final List<Example> EXAMPLES =
      List.of(
          new Example("a", new int[] {40, 41, 1}, new int[] {7, 8, 1}, ""),
          new Example("b", new int[] {42, 1}, new int[] {9, 1}, ""));

  private static Batch batch(Optional<Integer> countedLength) {
    return new BatchMaker(CONFIG, Optional.empty(), countedLength).make(EXAMPLES);
  }

  /** mm-cot's tokenizer pads to the maximum, and its model shifts those labels. */
  @Test
  void paddingThatCountsGoesOnToTheLongestOutput() {
    Batch batch = batch(Optional.of(5));
    assertThat(batch.labels().ids()).containsExactly(7, 8, 1, 0, 0, 9, 1, 0, 0, 0);
    assertThat(batch.inputs().ids()).containsExactly(0, 7, 8, 1, 0, 0, 9, 1, 0, 0);
    assertThat(batch.counted()).isEqualTo(10);
    assertThat(batch.countedLabels(1)).isEqualTo(5);
  }

  @Test
  void paddingThatDoesNotCountGoesOnToTheLongestOfTheBatch() {
    Batch batch = batch(Optional.empty());
    assertThat(batch.labels().ids()).containsExactly(7, 8, 1, 9, 1, -100);
    assertThat(batch.inputs().ids()).containsExactly(0, 7, 8, 0, 9, 1);
    assertThat(batch.counted()).isEqualTo(5);
    assertThat(batch.countedLabels(1)).isEqualTo(2);
  }

  @Test
  void howManyTokensWereReadAndWrittenIsTheSameEitherWay() {
    assertThat(batch(Optional.of(5)).tokens()).isEqualTo(batch(Optional.empty()).tokens());
    assertThat(batch(Optional.of(5)).sources().ids()).containsExactly(40, 41, 1, 42, 1, 0);
  }

  /** Question a has a picture of its own and one of its second option; b has none. */
  private static final class TwoPictures implements PictureFeatures {

    @Override
    public int patches() {
      return 3;
    }

    @Override
    public int width() {
      return 1;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      if (!questionId.equals("a")) {
        return 0;
      }
      into.put(new float[] {5, 6, 7});
      return 3;
    }

    @Override
    public List<PictureSpan> spans(String questionId) {
      return questionId.equals("a")
          ? List.of(
              new PictureSpan(new PictureName("a", PictureName.Role.IMAGE, -1), 2),
              new PictureSpan(new PictureName("a", PictureName.Role.CHOICE, 1), 1))
          : List.of();
    }
  }

  @Test
  void picturesOfAQuestionAreToldApartAndStandWhereTheirOptionsBegin() {
    BatchMaker maker = new BatchMaker(CONFIG, Optional.of(new TwoPictures()), Optional.empty());
    Example placed = EXAMPLES.get(0).withOptionPlaces(List.of(1, 2));
    PicturesOfBatch pictures =
        maker.make(List.of(placed, EXAMPLES.get(1))).pictures().orElseThrow();
    assertThat(pictures.features()).containsExactly(5, 6, 7, 0, 0, 0);
    assertThat(pictures.mask()).containsExactly(1, 1, 1, 0, 0, 0);
    assertThat(pictures.frames()).containsExactly(0, 0, 1, 0, 0, 0);
    assertThat(pictures.places()).containsExactly(0, 0, 2, 0, 0, 0);
    assertThat(maker.make(EXAMPLES).pictures().orElseThrow().places())
        .as("where places are not known")
        .containsOnly(0);
    try (NDManager manager = NDManager.newBaseManager()) {
      VisionFeatures vision = pictures.place(manager, 20);
      assertThat(vision.places().toLongArray())
          .as("behind 20 vectors of a prompt")
          .containsExactly(0, 0, 22, 0, 0, 0);
      assertThat(vision.frames().toLongArray()).isEqualTo(pictures.frames());
      assertThat(vision.features().getShape()).isEqualTo(new Shape(2, 3, 1));
      assertThat(vision.features().toFloatArray()).isEqualTo(pictures.features());
      assertThat(vision.mask().getShape()).isEqualTo(new Shape(2, 3));
      assertThat(vision.mask().toFloatArray()).isEqualTo(pictures.mask());
    }
  }

  @Test
  void aTargetLongerThanTheLongestOutputIsAFault() {
    assertThatThrownBy(() -> batch(Optional.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("texts must have at most 2 tokens, found one of 3");
  }

  @Test
  void withoutAnyPictureOneMaskedVectorIsLeft() {
    BatchMaker maker = new BatchMaker(CONFIG, Optional.of(new TwoPictures()), Optional.empty());
    PicturesOfBatch pictures =
        maker.make(List.of(EXAMPLES.get(1), EXAMPLES.get(1))).pictures().orElseThrow();
    assertThat(pictures.patches()).isEqualTo(1);
    assertThat(pictures.mask()).containsExactly(0, 0);
    assertThat(pictures.features()).containsExactly(0, 0);
    assertThat(pictures.frames()).containsExactly(0, 0);
  }

  /** Two vectors for each of three views: the second option's twice, between them the first's. */
  private static final class ThreeViews implements PictureFeatures {

    @Override
    public int patches() {
      return 8;
    }

    @Override
    public int width() {
      return 2;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      into.put(new float[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12});
      return 6;
    }

    @Override
    public List<PictureSpan> spans(String questionId) {
      PictureName first = new PictureName("a", PictureName.Role.CHOICE, 0);
      PictureName second = new PictureName("a", PictureName.Role.CHOICE, 1);
      return List.of(
          new PictureSpan(second, 2), new PictureSpan(first, 2), new PictureSpan(second, 2));
    }
  }

  @Test
  void viewsOfOnePictureHaveOneNumberWhereverTheyLie() {
    BatchMaker maker = new BatchMaker(CONFIG, Optional.of(new ThreeViews()), Optional.empty());
    Example placed = EXAMPLES.get(0).withOptionPlaces(List.of(4));
    PicturesOfBatch pictures =
        maker.make(List.of(EXAMPLES.get(1), placed)).pictures().orElseThrow();
    assertThat(pictures.patches()).isEqualTo(6);
    assertThat(pictures.features())
        .containsExactly(
            1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
    assertThat(pictures.frames()).containsExactly(1, 1, 0, 0, 1, 1, 1, 1, 0, 0, 1, 1);
    assertThat(pictures.places())
        .as("the second option is not listed in the text")
        .containsExactly(0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 0, 0);
  }

  @Test
  void anEmptyTextIsARowOfPadding() {
    PaddedTexts empty = PaddedTexts.of(List.of(new int[0]), 5);
    assertThat(empty.ids()).containsExactly(5);
    assertThat(empty.mask()).containsExactly(0);
    PaddedTexts two = PaddedTexts.of(List.of(new int[0], new int[] {7, 8}), 5);
    assertThat(two.ids()).containsExactly(5, 5, 7, 8);
    assertThat(two.mask()).containsExactly(0, 0, 1, 1);
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray ids = two.ids(manager);
      assertThat(ids.getShape()).isEqualTo(new Shape(2, 2));
      assertThat(ids.toLongArray()).isEqualTo(two.ids());
      NDArray mask = two.mask(manager);
      assertThat(mask.getShape()).isEqualTo(new Shape(2, 2));
      assertThat(mask.toFloatArray()).isEqualTo(two.mask());
    }
  }

  /** What a decoder is shown of its own target, as transformers has it. */
  @Test
  void theDecoderReadsEachTargetOnePlaceLater() {
    PaddedTexts inputs = batch(Optional.empty()).inputs();
    assertThat(inputs.mask()).containsExactly(1, 1, 1, 1, 1, 1);
    assertThat(batch(Optional.of(5)).inputs().mask()).containsExactly(1, 1, 1, 1, 0, 1, 1, 1, 0, 0);
  }
}
