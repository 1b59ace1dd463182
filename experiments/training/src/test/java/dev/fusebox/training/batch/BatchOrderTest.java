package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchOrderTest {

  private static final int BATCH = 8;
  private static final List<Example> EXAMPLES = examples(new Random(1));

  private static List<Example> examples(Random random) {
    return IntStream.range(0, 203)
        .mapToObj(
            i ->
                new Example(
                    "q" + i, new int[5 + random.nextInt(60)], new int[2 + random.nextInt(9)], ""))
        .toList();
  }

  private static BatchOrder order(int pool, long seed) {
    return new BatchOrder(EXAMPLES, BATCH, pool, BatchFill.QUESTIONS, seed);
  }

  private static BatchOrder byTokens(int pool, long seed) {
    return new BatchOrder(EXAMPLES, BATCH, pool, BatchFill.TOKENS, seed);
  }

  /** Rows × longest source and target. */
  private static int places(List<Example> batch) {
    int source = batch.stream().mapToInt(e -> e.source().length).max().orElseThrow();
    int target = batch.stream().mapToInt(e -> e.target().length).max().orElseThrow();
    return batch.size() * (source + target);
  }

  @Test
  void tokensFillBatchesOfUnequalSizesAndEveryQuestionComesOnce() {
    for (int pool : new int[] {2, 5, 50}) {
      BatchOrder order = byTokens(pool, 7);
      assertThat(order.stepsPerEpoch()).isEqualTo(26);
      for (int epoch = 0; epoch < 3; epoch++) {
        List<List<Example>> batches = epoch(order, epoch);
        assertThat(batches).allMatch(batch -> !batch.isEmpty());
        assertThat(batches.stream().flatMap(List::stream))
            .containsExactlyInAnyOrderElementsOf(EXAMPLES);
      }
    }
    assertThat(epoch(byTokens(50, 7), 0).stream().mapToInt(List::size).max().orElseThrow())
        .isGreaterThan(2 * BATCH);
  }

  @Test
  void aTokenBudgetBoundsTheLargestBatch() {
    List<List<Example>> questions = epoch(order(50, 7), 0);
    List<List<Example>> tokens = epoch(byTokens(50, 7), 0);
    int largest = tokens.stream().mapToInt(BatchOrderTest::places).max().orElseThrow();
    int average = tokens.stream().mapToInt(BatchOrderTest::places).sum() / tokens.size();
    assertThat(largest).isLessThan(average * 5 / 4);
    assertThat(questions.stream().mapToInt(BatchOrderTest::places).max().orElseThrow())
        .isGreaterThan(largest * 5 / 4);
  }

  @Test
  void seedAndStepDecideOfTokensToo() {
    assertThat(byTokens(5, 7).at(31)).isEqualTo(byTokens(5, 7).at(31));
    assertThat(epoch(byTokens(5, 8), 0)).isNotEqualTo(epoch(byTokens(5, 7), 0));
    assertThat(epoch(byTokens(5, 7), 1)).isNotEqualTo(epoch(byTokens(5, 7), 0));
  }

  @Test
  void whatSavesTwoBatchesAtOnceIsSplitAgain() {
    List<Example> equal =
        IntStream.range(0, 12)
            .mapToObj(i -> new Example("q" + i, new int[9], new int[1], ""))
            .toList();
    assertThat(new TokenBudget(equal).into(5)).hasSize(5).allMatch(batch -> batch.size() >= 1);
    assertThat(new TokenBudget(equal).into(12)).hasSize(12);
    assertThat(new TokenBudget(equal).into(1)).containsExactly(equal);
  }

  private static List<List<Example>> epoch(BatchOrder order, int epoch) {
    int steps = order.stepsPerEpoch();
    return IntStream.range(epoch * steps, (epoch + 1) * steps).mapToObj(order::at).toList();
  }

  /** The places that hold padding when every batch is as long as its longest source. */
  private static int padding(List<List<Example>> batches) {
    return batches.stream()
        .mapToInt(
            batch -> {
              int longest = batch.stream().mapToInt(e -> e.source().length).max().orElseThrow();
              return batch.stream().mapToInt(e -> longest - e.source().length).sum();
            })
        .sum();
  }

  @Test
  void everyEpochTakesEachQuestionOnce() {
    for (int pool : new int[] {1, 3, 50}) {
      BatchOrder order = order(pool, 7);
      assertThat(order.stepsPerEpoch()).isEqualTo(26);
      for (int epoch = 0; epoch < 3; epoch++) {
        assertThat(epoch(order, epoch).stream().flatMap(List::stream))
            .containsExactlyInAnyOrderElementsOf(EXAMPLES);
      }
    }
  }

  /** As PyTorch's loader with a random sampler deals them out. */
  @Test
  void withoutPoolsTheQuestionsLeftOverComeLast() {
    for (int epoch = 0; epoch < 3; epoch++) {
      List<Integer> sizes = epoch(order(1, 7), epoch).stream().map(List::size).toList();
      assertThat(sizes.subList(0, 25)).containsOnly(BATCH);
      assertThat(sizes.get(25)).isEqualTo(203 - 25 * BATCH);
    }
  }

  @Test
  void likeLengthsComeTogetherAsFarAsThePoolReaches() {
    int alone = padding(epoch(order(1, 7), 0));
    int few = padding(epoch(order(5, 7), 0));
    int all = padding(epoch(order(50, 7), 0));
    assertThat(all).isLessThan(few);
    assertThat(few).isLessThan(alone);
    assertThat(all).isLessThan(alone / 3);
  }

  @ParameterizedTest
  @CsvSource({"60, 1, 1.1", "1, 200, 1.1", "60, 200, 1.3", "200, 60, 1.3"})
  void littleIsPaddedWhicheverSideVaries(int sources, int targets, double most) {
    Random random = new Random(3);
    List<Example> examples =
        IntStream.range(0, 400)
            .mapToObj(
                i ->
                    new Example(
                        "q" + i,
                        new int[10 + random.nextInt(sources)],
                        new int[10 + random.nextInt(targets)],
                        ""))
            .toList();
    int tokens = examples.stream().mapToInt(e -> e.source().length + e.target().length).sum();
    for (BatchFill fill : BatchFill.values()) {
      BatchOrder order = new BatchOrder(examples, BATCH, 50, fill, 1);
      int places = epoch(order, 0).stream().mapToInt(BatchOrderTest::places).sum();
      assertThat((double) places / tokens).as(fill.name()).isBetween(1.0, most);
    }
  }

  @Test
  void seedAndStepDecide() {
    assertThat(order(5, 7).at(31)).isEqualTo(order(5, 7).at(31));
    assertThat(epoch(order(5, 8), 0)).isNotEqualTo(epoch(order(5, 7), 0));
    assertThat(epoch(order(5, 7), 1)).isNotEqualTo(epoch(order(5, 7), 0));
  }
}
