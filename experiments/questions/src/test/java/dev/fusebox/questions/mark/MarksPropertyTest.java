package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds of every interval and of every pair of texts. */
class MarksPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 80);
  }

  private static Proportion proportion(Random random) {
    int n = 1 + random.nextInt(random.nextBoolean() ? 12 : 5000);
    int correct = random.nextInt(4) == 0 ? (random.nextBoolean() ? n : 0) : random.nextInt(n + 1);
    return new Proportion(correct, n);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void wilsonsIntervalHoldsTheShareAndItsMirrorImageTheOther(long seed) {
    Random random = new Random(seed);
    Proportion share = proportion(random);
    double level = random.nextDouble(0.5, 0.999);
    Interval interval = share.wilson(level);
    assertThat(interval.contains(share.value())).as("%s in %s", share, interval).isTrue();
    assertThat(interval.low()).isBetween(0.0, 1.0);
    assertThat(interval.high()).isBetween(0.0, 1.0);
    Interval mirror = new Proportion(share.n() - share.correct(), share.n()).wilson(level);
    assertThat(mirror.low()).isCloseTo(1 - interval.high(), within(1e-12));
    assertThat(mirror.high()).isCloseTo(1 - interval.low(), within(1e-12));
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void moreQuestionsNarrowAnIntervalAndAHigherLevelWidensIt(long seed) {
    Random random = new Random(seed);
    Proportion share = proportion(random);
    Proportion more = new Proportion(4 * share.correct(), 4 * share.n());
    double level = random.nextDouble(0.5, 0.99);
    assertThat(width(more.wilson(level))).isLessThan(width(share.wilson(level)));
    assertThat(width(share.wilson(level + 0.005))).isGreaterThan(width(share.wilson(level)));
    assertThat(2 * width(more.normal(level))).isCloseTo(width(share.normal(level)), within(1e-12));
  }

  private static double width(Interval interval) {
    return interval.high() - interval.low();
  }

  private static List<String> words(Random random) {
    return random
        .ints(random.nextInt(9), 'a', 'e')
        .mapToObj(letter -> Character.toString(letter))
        .toList();
  }

  /** The longest that is part of both, found by trying all parts of the first. */
  private static int longest(List<String> first, List<String> second) {
    int longest = 0;
    for (int chosen = 0; chosen < 1 << first.size(); chosen++) {
      List<String> part = new ArrayList<>();
      for (int i = 0; i < first.size(); i++) {
        if ((chosen >> i & 1) == 1) {
          part.add(first.get(i));
        }
      }
      longest = isPart(part, second) ? Math.max(longest, part.size()) : longest;
    }
    return longest;
  }

  private static boolean isPart(List<String> part, List<String> whole) {
    int found = 0;
    for (String word : whole) {
      found += found < part.size() && part.get(found).equals(word) ? 1 : 0;
    }
    return found == part.size();
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void theCommonSubsequenceIsPartOfBothAndNoneIsLonger(long seed) {
    Random random = new Random(seed);
    List<String> first = words(random);
    List<String> second = words(random);
    CommonSubsequence common = CommonSubsequence.of(first, second);
    List<String> inOrder = new ArrayList<>(common.words());
    Collections.reverse(inOrder);
    assertThat(isPart(inOrder, first) && isPart(inOrder, second)).isTrue();
    assertThat(inOrder).hasSize(common.length()).hasSize(longest(first, second));
    assertThat(CommonSubsequence.of(second, first).length()).isEqualTo(common.length());
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void rougeLiesBetween0And1AndDoesNotAskWhichTextIsWhich(long seed) {
    Random random = new Random(seed);
    String first = String.join(" ", words(random));
    String second = String.join(", ", words(random));
    double score = StemmedRougeL.f(first, second);
    assertThat(score).isBetween(0.0, 1.0);
    assertThat(StemmedRougeL.f(second, first)).isCloseTo(score, within(1e-12));
    assertThat(StemmedRougeL.f(first, first.toUpperCase(Locale.ROOT)))
        .isEqualTo(first.isEmpty() ? 0 : 1);
  }
}
