package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class VariancePartsTest {

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 1000)
          .mapToObj(
              i -> new Question("q" + i, "?", List.of("a", "b"), 0, "", false, "", "", "", "", ""))
          .toList();

  /** So many of 1000 are right. */
  private static Graded right(int count) {
    return new Graded(
        QUESTIONS, IntStream.range(0, QUESTIONS.size()).mapToObj(i -> i < count).toList(), 0);
  }

  /** By hand: means 50 and 60, each 1 point to either side. */
  @Test
  void byHand() {
    VarianceParts parts =
        VarianceParts.of(List.of(List.of(right(490), right(510)), List.of(right(590), right(610))))
            .orElseThrow();
    assertThat(parts.seed()).isCloseTo(2, within(1e-9));
    assertThat(parts.variant()).isCloseTo(50 - 2 / 2.0, within(1e-9));
    assertThat(parts.questions())
        .isCloseTo((49 * 51 + 51 * 49 + 59 * 41 + 61 * 39) / 4.0 / 999, within(1e-9));
  }

  @Test
  void variantsThatDifferAsSeedsDoHaveNoPartOfTheirOwn() {
    VarianceParts parts =
        VarianceParts.of(List.of(List.of(right(480), right(520)), List.of(right(490), right(512))))
            .orElseThrow();
    assertThat(parts.variant()).isZero();
    assertThat(parts.total()).isEqualTo(parts.seed() + parts.questions());
  }

  /** Variants of sd 5 and seeds of sd 2, many of them: the parts are found again. */
  @Test
  void partsThatWerePutInAreFoundAgain() {
    Random random = new Random(4);
    List<List<Graded>> variants = new ArrayList<>();
    for (int variant = 0; variant < 400; variant++) {
      double mean = 50 + 5 * random.nextGaussian();
      List<Graded> seeds = new ArrayList<>();
      for (int seed = 0; seed < 4; seed++) {
        seeds.add(right((int) Math.round(10 * (mean + 2 * random.nextGaussian()))));
      }
      variants.add(seeds);
    }
    VarianceParts parts = VarianceParts.of(variants).orElseThrow();
    assertThat(Math.sqrt(parts.variant())).isCloseTo(5, within(0.4));
    assertThat(Math.sqrt(parts.seed())).isCloseTo(2, within(0.1));
  }

  @Test
  void oneSeedOrUnevenSeedsTellNothing() {
    assertThat(VarianceParts.of(List.of(List.of(right(1)), List.of(right(2))))).isEmpty();
    assertThat(VarianceParts.of(List.of(List.of(right(1), right(2)), List.of(right(2))))).isEmpty();
    assertThat(VarianceParts.of(List.of(List.of(right(1), right(2))))).isEmpty();
    assertThat(VarianceParts.of(List.of())).isEmpty();
  }
}
