package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
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

  /** Of variants without draws, each with its seeds. */
  private static Optional<VarianceParts> of(List<List<Graded>> variants) {
    return VarianceParts.of(variants.stream().map(List::of).toList());
  }

  /** Of variants, each with draws, each with the accuracies of its seeds in tenths of a percent. */
  private static VarianceParts nested(int[][][] variants) {
    return VarianceParts.of(
            Arrays.stream(variants)
                .map(
                    draws ->
                        Arrays.stream(draws)
                            .map(
                                seeds ->
                                    Arrays.stream(seeds)
                                        .mapToObj(VariancePartsTest::right)
                                        .toList())
                            .toList())
                .toList())
        .orElseThrow();
  }

  private static void are(VarianceParts parts, double variant, double draw, double seed) {
    assertThat(parts.variant()).isCloseTo(variant, within(1e-9));
    assertThat(parts.draw()).isCloseTo(draw, within(1e-9));
    assertThat(parts.seed()).isCloseTo(seed, within(1e-9));
    assertThat(parts.total())
        .isEqualTo(parts.variant() + parts.draw() + parts.seed() + parts.questions());
  }

  /**
   * By hand. Seeds 1 to either side: MS(seed) = 2. Draws 48, 52 and 58, 62: MS(draw) = 2 x 8 = 16,
   * so that the draw has (16 - 2) / 2. Variants 50 and 60: MS(variant) = 4 x 50 = 200, so that the
   * variant has (200 - 16) / 4.
   */
  @Test
  void drawsByHand() {
    are(
        nested(new int[][][] {{{470, 490}, {510, 530}}, {{570, 590}, {610, 630}}}),
        (200 - 16) / 4.0,
        (16 - 2) / 2.0,
        2);
  }

  /** Unequal draws and seeds, with the mean squares of any textbook's table. */
  @Test
  void threeDrawsOfTwoSeedsByMeanSquares() {
    int[][][] y = {
      {{400, 420}, {450, 440}, {480, 500}},
      {{520, 510}, {530, 570}, {500, 480}},
      {{610, 650}, {600, 600}, {680, 660}}
    };
    double squaresOfSeeds = 0; // sums of squares, in points
    double squaresOfDraws = 0;
    double squaresOfVariants = 0;
    double all = mean(Arrays.stream(y).flatMap(Arrays::stream).flatMapToInt(Arrays::stream));
    for (int[][] variant : y) {
      double own = mean(Arrays.stream(variant).flatMapToInt(Arrays::stream));
      squaresOfVariants += 3 * 2 * (own - all) * (own - all);
      for (int[] draw : variant) {
        double drawn = mean(Arrays.stream(draw));
        squaresOfDraws += 2 * (drawn - own) * (drawn - own);
        for (int seed : draw) {
          squaresOfSeeds += (seed / 10.0 - drawn) * (seed / 10.0 - drawn);
        }
      }
    }
    double seed = squaresOfSeeds / (3 * 3 * (2 - 1));
    double draw = squaresOfDraws / (3 * (3 - 1));
    double variant = squaresOfVariants / (3 - 1);
    are(nested(y), (variant - draw) / (3 * 2), (draw - seed) / 2, seed);
  }

  private static double mean(IntStream tenths) {
    return tenths.average().orElseThrow() / 10;
  }

  @Test
  void whereOnlyOneThingMattersAllIsItsOwn() {
    are(nested(new int[][][] {{{480, 480}, {520, 520}}, {{480, 480}, {520, 520}}}), 0, 8, 0);
    are(nested(new int[][][] {{{490, 510}, {490, 510}}, {{490, 510}, {490, 510}}}), 0, 0, 2);
    are(nested(new int[][][] {{{450, 450}, {450, 450}}, {{550, 550}, {550, 550}}}), 50, 0, 0);
  }

  /** One seed on each draw: MS(draw) = 8 is of both, and MS(variant) = 2 x 50. */
  @Test
  void oneSeedOnEachDrawIsDrawAndSeedTogether() {
    are(nested(new int[][][] {{{480}, {520}}, {{580}, {620}}}), (100 - 8) / 2.0, 8, 0);
  }

  /** To the bit what the version before draws gave. */
  @Test
  void withoutDrawsAllIsAsItWas() {
    List<Graded> first = List.of(right(487), right(513), right(520));
    List<Graded> second = List.of(right(591), right(611), right(607));
    assertThat(of(List.of(first, second)))
        .contains(new VarianceParts(45.70999999999993, 0, 2.071666666666675, 2.4477994661327993));
  }

  /** Variants of sd 5, draws of sd 3, seeds of sd 2: the parts are found again. */
  @Test
  void partsOfDrawsThatWerePutInAreFoundAgain() {
    Random random = new Random(5);
    int[][][] variants = new int[600][3][2];
    for (int[][] variant : variants) {
      double mean = 50 + 5 * random.nextGaussian();
      for (int[] draw : variant) {
        double drawn = mean + 3 * random.nextGaussian();
        Arrays.setAll(draw, i -> (int) Math.round(10 * (drawn + 2 * random.nextGaussian())));
      }
    }
    VarianceParts parts = nested(variants);
    assertThat(Math.sqrt(parts.variant())).isCloseTo(5, within(0.4));
    assertThat(Math.sqrt(parts.draw())).isCloseTo(3, within(0.2));
    assertThat(Math.sqrt(parts.seed())).isCloseTo(2, within(0.1));
  }

  @Test
  void unevenDrawsTellNothing() {
    List<Graded> two = List.of(right(1), right(2));
    List<Graded> one = List.of(right(1));
    assertThat(VarianceParts.of(List.of(List.of(two, two), List.of(two)))).isEmpty();
    assertThat(VarianceParts.of(List.of(List.of(two, two), List.of(two, one)))).isEmpty();
    assertThat(VarianceParts.of(List.of(List.of(two, two)))).isEmpty();
  }

  /** By hand: means 50 and 60, each 1 point to either side. */
  @Test
  void byHand() {
    VarianceParts parts =
        of(List.of(List.of(right(490), right(510)), List.of(right(590), right(610)))).orElseThrow();
    assertThat(parts.seed()).isCloseTo(2, within(1e-9));
    assertThat(parts.variant()).isCloseTo(50 - 2 / 2.0, within(1e-9));
    assertThat(parts.questions())
        .isCloseTo((49 * 51 + 51 * 49 + 59 * 41 + 61 * 39) / 4.0 / 999, within(1e-9));
  }

  @Test
  void variantsThatDifferAsSeedsDoHaveNoPartOfTheirOwn() {
    VarianceParts parts =
        of(List.of(List.of(right(480), right(520)), List.of(right(490), right(512)))).orElseThrow();
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
    VarianceParts parts = of(variants).orElseThrow();
    assertThat(Math.sqrt(parts.variant())).isCloseTo(5, within(0.4));
    assertThat(Math.sqrt(parts.seed())).isCloseTo(2, within(0.1));
  }

  @Test
  void oneSeedOrUnevenSeedsTellNothing() {
    assertThat(of(List.of(List.of(right(1)), List.of(right(2))))).isEmpty();
    assertThat(of(List.of(List.of(right(1), right(2)), List.of(right(2))))).isEmpty();
    assertThat(of(List.of(List.of(right(1), right(2))))).isEmpty();
    assertThat(of(List.of())).isEmpty();
  }
}
