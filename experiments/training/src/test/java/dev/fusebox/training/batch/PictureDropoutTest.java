package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.questions.picture.PictureName;
import dev.fusebox.questions.picture.PictureSpan;
import dev.fusebox.t5.T5Config;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PictureDropoutTest {

  /** A picture of ones for every question. */
  private static final PictureFeatures ONES =
      new PictureFeatures() {
        @Override
        public int patches() {
          return 2;
        }

        @Override
        public int width() {
          return 3;
        }

        @Override
        public int read(String id, FloatBuffer into) {
          into.put(new float[] {1, 1, 1, 1, 1, 1});
          return 2;
        }

        @Override
        public Optional<PictureGrid> grid() {
          return Optional.of(new PictureGrid(1, 2));
        }

        @Override
        public List<PictureSpan> spans(String id) {
          return IntStream.range(0, 2)
              .mapToObj(i -> new PictureSpan(new PictureName(id, PictureName.Role.IMAGE, i), 1))
              .toList();
        }
      };

  private static final List<Example> EXAMPLES =
      IntStream.range(0, 400)
          .mapToObj(i -> new Example("q" + i, new int[] {3, 1}, new int[] {4, 1}, ""))
          .toList();

  private static final BatchMaker MAKER =
      new BatchMaker(T5Config.small(50, 16, 2), Optional.of(ONES), Optional.empty());

  private static float[] mask(double share, long seed, long step) {
    return new PictureDropout(share, seed)
        .at(step, MAKER)
        .make(EXAMPLES)
        .pictures()
        .orElseThrow()
        .mask();
  }

  private static double shown(float[] mask) {
    return IntStream.range(0, mask.length).mapToDouble(i -> mask[i]).average().orElseThrow();
  }

  @Test
  void thatShareOfThePicturesIsLeftOutAsAWhole() {
    float[] mask = mask(0.3, 1, 5);
    assertThat(shown(mask)).isCloseTo(0.7, within(0.07));
    for (int row = 0; row < EXAMPLES.size(); row++) {
      assertThat(mask[2 * row]).isEqualTo(mask[2 * row + 1]);
    }
    assertThat(shown(mask(0, 1, 5))).isEqualTo(1);
  }

  @Test
  void allPicturesOfAQuestionAreLeftOutTogether() {
    PicturesOfBatch pictures =
        new PictureDropout(0.5, 1).at(3, MAKER).make(EXAMPLES).pictures().orElseThrow();
    for (int row = 0; row < EXAMPLES.size(); row++) {
      boolean shown = pictures.mask()[2 * row] > 0;
      assertThat(pictures.frames()[2 * row]).isZero();
      assertThat(pictures.frames()[2 * row + 1]).as("second picture").isEqualTo(shown ? 1 : 0);
    }
  }

  @Test
  void othersInEachStepAndTheSameInAStepThatIsMadeAgain() {
    assertThat(mask(0.3, 1, 5)).isEqualTo(mask(0.3, 1, 5));
    assertThat(mask(0.3, 1, 5)).isNotEqualTo(mask(0.3, 1, 6)).isNotEqualTo(mask(0.3, 2, 5));
  }

  @Test
  void overManyStepsEachQuestionMissesItsShare() {
    PictureDropout dropout = new PictureDropout(0.25, 7);
    for (String question : List.of("q1", "q2", "another")) {
      long left =
          IntStream.range(0, 4000).filter(step -> dropout.leavesOut(step, question)).count();
      assertThat(left / 4000.0).isCloseTo(0.25, within(0.03));
    }
  }

  @Test
  void nothingElseOfABatchIsAnother() {
    PictureDropout half = new PictureDropout(0.5, 1);
    PictureFeatures left = half.at(3, MAKER).pictures().orElseThrow();
    assertThat(left.grid()).isEqualTo(ONES.grid());
    assertThat(left.patches()).isEqualTo(2);
    assertThat(left.width()).isEqualTo(3);
    assertThat(half.at(3, MAKER.withOptions(true)).ranked()).isTrue();
    assertThat(half.at(3, MAKER).ranked()).isFalse();
    BatchMaker blind = new BatchMaker(MAKER.config(), Optional.empty(), Optional.of(7));
    assertThat(half.at(3, blind)).isEqualTo(blind);
    assertThat(new PictureDropout(0, 1).at(3, MAKER)).isSameAs(MAKER);
  }
}
