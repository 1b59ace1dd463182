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
  private static VarianceParts crossed(int[][][] variants) {
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

  private static void are(
      VarianceParts parts, double variant, double draw, double own, double seed) {
    assertThat(parts.variant()).isCloseTo(variant, within(1e-9));
    assertThat(parts.draw()).isCloseTo(draw, within(1e-9));
    assertThat(parts.drawByVariant()).isCloseTo(own, within(1e-9));
    assertThat(parts.seed()).isCloseTo(seed, within(1e-9));
    assertThat(parts.total())
        .isEqualTo(
            parts.variant()
                + parts.draw()
                + parts.drawByVariant()
                + parts.seed()
                + parts.questions());
  }

  /**
   * By hand. Seeds 1 to either side: 2. Cells 48, 56 and 58, 62: variants 52 and 60 with variance
   * 32, draws 53 and 59 with variance 18, residuals 1 to either side with mean square 4.
   */
  @Test
  void drawsByHand() {
    are(
        crossed(new int[][][] {{{470, 490}, {550, 570}}, {{570, 590}, {610, 630}}}),
        32 - 4 / 2.0,
        18 - 4 / 2.0,
        4 - 2 / 2.0,
        2);
  }

  /** Three of each, by the mean squares and expectations of any textbook's table. */
  @Test
  void threeDrawsOfTwoSeedsByMeanSquares() {
    int[][][] y = {
      {{400, 420}, {450, 440}, {480, 500}},
      {{520, 510}, {530, 570}, {500, 480}},
      {{610, 650}, {600, 600}, {680, 660}}
    };
    double all = mean(Arrays.stream(y).flatMap(Arrays::stream).flatMapToInt(Arrays::stream));
    double squaresOfSeeds = 0; // sums of squares, in points
    double squaresOfCells = 0;
    double squaresOfVariants = 0;
    double squaresOfDraws = 0;
    for (int v = 0; v < 3; v++) {
      int place = v;
      squaresOfVariants +=
          3 * 2 * square(mean(Arrays.stream(y[v]).flatMapToInt(Arrays::stream)) - all);
      squaresOfDraws +=
          3 * 2 * square(mean(Arrays.stream(y).flatMapToInt(of -> Arrays.stream(of[place]))) - all);
      for (int[] cell : y[v]) {
        squaresOfCells += 2 * square(mean(Arrays.stream(cell)) - all);
        for (int seed : cell) {
          squaresOfSeeds += square(seed / 10.0 - mean(Arrays.stream(cell)));
        }
      }
    }
    double seed = squaresOfSeeds / (3 * 3 * (2 - 1));
    double both = (squaresOfCells - squaresOfVariants - squaresOfDraws) / ((3 - 1) * (3 - 1));
    double variant = squaresOfVariants / (3 - 1);
    double draw = squaresOfDraws / (3 - 1);
    are(
        crossed(y),
        (variant - both) / (3 * 2),
        Math.max(0, (draw - both) / (3 * 2)),
        (both - seed) / 2,
        seed);
  }

  private static double square(double value) {
    return value * value;
  }

  private static double mean(IntStream tenths) {
    return tenths.average().orElseThrow() / 10;
  }

  @Test
  void whereOnlyOneThingMattersAllIsItsOwn() {
    are(crossed(new int[][][] {{{480, 480}, {520, 520}}, {{480, 480}, {520, 520}}}), 0, 8, 0, 0);
    are(crossed(new int[][][] {{{490, 510}, {490, 510}}, {{490, 510}, {490, 510}}}), 0, 0, 0, 2);
    are(crossed(new int[][][] {{{450, 450}, {450, 450}}, {{550, 550}, {550, 550}}}), 50, 0, 0, 0);
    are(crossed(new int[][][] {{{480, 480}, {520, 520}}, {{520, 520}, {480, 480}}}), 0, 0, 16, 0);
  }

  /** One seed in each cell: what is left is of seed and draw together. */
  @Test
  void oneSeedOnEachDrawIsDrawAndSeedTogether() {
    are(crossed(new int[][][] {{{480}, {560}}, {{580}, {620}}}), 32 - 2, 18 - 2, 4, 0);
  }

  /** To the bit what the version before draws gave. */
  @Test
  void withoutDrawsAllIsAsItWas() {
    List<Graded> first = List.of(right(487), right(513), right(520));
    List<Graded> second = List.of(right(591), right(611), right(607));
    assertThat(of(List.of(first, second)))
        .contains(
            new VarianceParts(45.70999999999993, 0, 0, 2.071666666666675, 2.4477994661327993));
  }

  /** Variants of sd 5, draws of sd 3, of each variant alone sd 4, seeds of sd 2: found again. */
  @Test
  void partsOfDrawsThatWerePutInAreFoundAgain() {
    Random random = new Random(5);
    double[] draws = random.doubles(60).map(unused -> 3 * random.nextGaussian()).toArray();
    int[][][] variants = new int[60][60][2];
    for (int[][] variant : variants) {
      double mean = 50 + 5 * random.nextGaussian();
      for (int d = 0; d < draws.length; d++) {
        double drawn = mean + draws[d] + 4 * random.nextGaussian();
        Arrays.setAll(variant[d], i -> (int) Math.round(10 * (drawn + 2 * random.nextGaussian())));
      }
    }
    VarianceParts parts = crossed(variants);
    assertThat(Math.sqrt(parts.variant())).isCloseTo(5, within(0.9));
    assertThat(Math.sqrt(parts.draw())).isCloseTo(3, within(0.6));
    assertThat(Math.sqrt(parts.drawByVariant())).isCloseTo(4, within(0.15));
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
