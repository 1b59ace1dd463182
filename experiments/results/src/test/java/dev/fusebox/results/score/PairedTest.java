package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.Questions;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PairedTest {

  @Test
  void withOneSeedEachItIsMcNemarsExactTest() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 20; round++) {
      Graded first = random(200, 0.7, random);
      Graded second = random(200, 0.6, random);
      assertThat(Paired.of(List.of(first), List.of(second)).p())
          .isCloseTo(McNemar.of(first, second).p(), within(1e-12));
    }
  }

  @Test
  void withSeveralSeedsItIsTheShareOfAllSignFlipsAtLeastAsExtreme() {
    List<Graded> first = List.of(graded("1101110110"), graded("1111010110"));
    List<Graded> second = List.of(graded("0100110010"), graded("0101010000"), graded("1001000110"));
    Paired paired = Paired.of(first, second);
    assertThat(paired.difference()).isCloseTo(14 / 20.0 - 11 / 30.0, within(1e-12));
    assertThat(paired.p()).isCloseTo(enumerated(first, second), within(1e-12));
  }

  @Test
  void variantsThatAnswerAlikeDoNotDiffer() {
    Graded same = graded("110");
    Paired paired = Paired.of(List.of(same, same), List.of(same));
    assertThat(paired.p()).isEqualTo(1);
    assertThat(paired.bootstrap(0.95, 1)).isEqualTo(new Interval(0, 0));
  }

  @Test
  void moreSeedsOfTheSameAnswersAreNoMoreEvidence() {
    Graded first = random(300, 0.7, new SplittableRandom(2));
    Graded second = random(300, 0.6, new SplittableRandom(3));
    double once = Paired.of(List.of(first), List.of(second)).p();
    assertThat(Paired.of(List.of(first, first, first), List.of(second, second, second)).p())
        .isCloseTo(once, within(1e-12));
  }

  @Test
  void bootstrapIsNearTheNormalIntervalAndTheSameForTheSameSeed() {
    Graded first = random(2000, 0.8, new SplittableRandom(4));
    Graded second = random(2000, 0.7, new SplittableRandom(5));
    Paired paired = Paired.of(List.of(first), List.of(second));
    McNemar counts = McNemar.of(first, second);
    double se =
        Math.sqrt(
                counts.onlyFirst()
                    + counts.onlySecond()
                    - 2000 * paired.difference() * paired.difference())
            / 2000;
    Interval interval = paired.bootstrap(0.95, 1);
    assertThat(interval.low()).isCloseTo(paired.difference() - 1.96 * se, within(0.1 * se));
    assertThat(interval.high()).isCloseTo(paired.difference() + 1.96 * se, within(0.1 * se));
    assertThat(paired.bootstrap(0.95, 1)).isEqualTo(interval);
  }

  @Test
  void aTestOfTheRightLevelRejectsOneInTwentyWhenNothingDiffers() {
    SplittableRandom random = new SplittableRandom(6);
    int rejected = 0;
    for (int round = 0; round < 500; round++) {
      List<Graded> first = List.of(random(100, 0.6, random), random(100, 0.6, random));
      List<Graded> second = List.of(random(100, 0.6, random), random(100, 0.6, random));
      rejected += Paired.of(first, second).p() < 0.05 ? 1 : 0;
    }
    assertThat(rejected).isBetween(8, 40);
  }

  @Test
  void differentQuestionsCannotBePaired() {
    assertThatThrownBy(() -> Paired.of(List.of(graded("11")), List.of(graded("111"))))
        .hasMessage(
            "paired runs must answer the same questions in the same order, found 2 and 3 questions,"
                + " of which 2 are shared");
  }

  private static Graded graded(String marks) {
    List<Boolean> correct = marks.chars().mapToObj(mark -> mark == '1').toList();
    return new Graded(Questions.plain(marks.length()), correct, 0);
  }

  private static Graded random(int n, double accuracy, SplittableRandom random) {
    List<Question> questions = Questions.plain(n);
    List<Boolean> correct = new ArrayList<>();
    IntStream.range(0, n).forEach(i -> correct.add(random.nextDouble() < accuracy));
    return new Graded(questions, correct, 0);
  }

  /** By trying all flips: 2ⁿ of them. */
  private static double enumerated(List<Graded> first, List<Graded> second) {
    int n = first.get(0).questions().size();
    double[] differences = new double[n];
    for (int i = 0; i < n; i++) {
      differences[i] = share(first, i) - share(second, i);
    }
    double observed = Math.abs(IntStream.range(0, n).mapToDouble(i -> differences[i]).sum());
    int extreme = 0;
    for (int flips = 0; flips < 1 << n; flips++) {
      double sum = 0;
      for (int i = 0; i < n; i++) {
        sum += (flips >> i & 1) == 0 ? differences[i] : -differences[i];
      }
      extreme += Math.abs(sum) >= observed - 1e-9 ? 1 : 0;
    }
    return (double) extreme / (1 << n);
  }

  private static double share(List<Graded> runs, int question) {
    return runs.stream().filter(run -> run.correct().get(question)).count() / (double) runs.size();
  }
}
