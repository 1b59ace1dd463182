package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.t5.T5Config;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever the sizes, each question comes once per epoch, and the budget is kept. */
class BatchesPropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static List<Example> examples(SplittableRandom random) {
    int longestSource = 1 + random.nextInt(60);
    int longestTarget = 1 + random.nextInt(60);
    return IntStream.range(0, 1 + random.nextInt(120))
        .mapToObj(
            i ->
                new Example(
                    "q" + i,
                    new int[1 + random.nextInt(longestSource)],
                    new int[1 + random.nextInt(longestTarget)],
                    ""))
        .toList();
  }

  /** Mostly small, sometimes all there is, sometimes as large as a number can be. */
  private static int size(SplittableRandom random) {
    return switch (random.nextInt(6)) {
      case 0 -> 1;
      case 1 -> 1000;
      case 2 -> Integer.MAX_VALUE - random.nextInt(3);
      default -> 1 + random.nextInt(20);
    };
  }

  private static long places(List<Example> batch) {
    int source = batch.stream().mapToInt(each -> each.source().length).max().orElseThrow();
    int target = batch.stream().mapToInt(each -> each.target().length).max().orElseThrow();
    return (long) batch.size() * (source + target);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void everyEpochTakesEachQuestionOnceInStepsThatAreNeverEmpty(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = examples(random);
    int batch = size(random);
    int pool = size(random);
    for (BatchFill fill : BatchFill.values()) {
      BatchOrder order = new BatchOrder(examples, batch, pool, fill, seed);
      int steps = order.stepsPerEpoch();
      assertThat(steps).isEqualTo((int) Math.ceil((double) examples.size() / batch));
      for (long epoch = 0; epoch < 2; epoch++) {
        List<List<Example>> batches =
            LongStream.range(epoch * steps, (epoch + 1) * steps).mapToObj(order::at).toList();
        assertThat(batches).as("%s", fill).allMatch(each -> !each.isEmpty());
        assertThat(batches.stream().flatMap(List::stream))
            .as("%s, %d of %d", fill, batch, examples.size())
            .containsExactlyInAnyOrderElementsOf(examples);
        if (fill == BatchFill.QUESTIONS) {
          assertThat(batches).allMatch(each -> each.size() <= batch);
          assertThat(batches.stream().filter(each -> each.size() < batch).count())
              .isLessThanOrEqualTo(1);
        }
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aStepIsTheSameWhateverWasAskedBefore(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = examples(random);
    int batch = 1 + random.nextInt(9);
    BatchOrder one = new BatchOrder(examples, batch, 3, BatchFill.TOKENS, seed);
    BatchOrder other = new BatchOrder(examples, batch, 3, BatchFill.TOKENS, seed);
    long step = random.nextLong(5L * one.stepsPerEpoch());
    one.at(0);
    one.at(4L * one.stepsPerEpoch());
    assertThat(one.at(step)).isEqualTo(other.at(step));
  }

  /** The least budget that allows so many batches, found by trying all. */
  private static long least(List<Example> row, int batches) {
    long budget = 1;
    while (filled(row, budget) > batches) {
      budget++;
    }
    return budget;
  }

  private static int filled(List<Example> row, long budget) {
    int batches = 0;
    List<Example> batch = new ArrayList<>();
    for (Example example : row) {
      batch.add(example);
      if (batches == 0 || places(batch) > budget) {
        batches++;
        batch = new ArrayList<>(List.of(example));
      }
    }
    return batches;
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void noBatchHoldsMoreTokensThanTheLeastBudgetUnlessItIsOneQuestion(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> row = examples(random);
    int count = 1 + random.nextInt(row.size());
    List<List<Example>> batches = new TokenBudget(row).into(count);
    long budget = least(row, count);
    assertThat(batches).hasSize(count);
    assertThat(batches.stream().flatMap(List::stream).toList()).isEqualTo(row);
    assertThat(batches).allMatch(each -> each.size() == 1 || places(each) <= budget);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void partsHoldTheStepsQuestionsInTheirOrder(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<Example> examples = examples(random);
    BatchMaker maker =
        new BatchMaker(T5Config.small(50, 16, 2), Optional.empty(), Optional.empty());
    int parts = size(random);
    List<Batch> batches = BatchParts.of(examples, parts, maker);
    assertThat(batches).hasSizeBetween(1, parts);
    assertThat(batches.stream().flatMap(each -> each.ids().stream()).toList())
        .isEqualTo(examples.stream().map(Example::id).toList());
    assertThat(batches.stream().mapToInt(Batch::counted).sum())
        .isEqualTo(examples.stream().mapToInt(each -> each.target().length).sum());
  }
}
