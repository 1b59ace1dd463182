package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.file.Fingerprint;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

  private static Set<Set<String>> neighbours(BatchOrder order, int epoch) {
    return epoch(order, epoch).stream()
        .map(batch -> batch.stream().map(Example::id).collect(Collectors.toSet()))
        .collect(Collectors.toSet());
  }

  @Test
  void everyEpochBringsOtherQuestionsTogether() {
    for (int pool : new int[] {1, 3}) {
      assertThat(neighbours(order(pool, 7), 0))
          .doesNotContainAnyElementsOf(neighbours(order(pool, 7), 1));
    }
  }

  /** A model must not learn all short questions first. */
  @Test
  void theBatchesOfAPoolComeInAnyOrder() {
    List<Integer> places = new ArrayList<>();
    List<Integer> smallest = new ArrayList<>();
    for (int epoch = 0; epoch < 8; epoch++) {
      List<List<Example>> batches = epoch(order(50, 7), epoch);
      List<Integer> sizes = batches.stream().map(List::size).toList();
      smallest.add(sizes.indexOf(203 - 25 * BATCH));
      List<Integer> lengths = batches.stream().map(BatchOrderTest::places).toList();
      places.add(lengths.indexOf(Collections.max(lengths)));
    }
    assertThat(new HashSet<>(places)).as("the longest batch").hasSizeGreaterThan(4);
    assertThat(new HashSet<>(smallest)).as("the questions left over").hasSizeGreaterThan(4);
  }

  /** Other batches under the same seed would be other weights. */
  @ParameterizedTest
  @CsvSource({
    "1, QUESTIONS, 8416529380e308a0",
    "5, QUESTIONS, bf71683ca2058587",
    "50, QUESTIONS, c2882e873e2711b5",
    "5, TOKENS, bc0db6fa06de0dc6",
    "50, TOKENS, b09901d152c84a75"
  })
  void aSeedGivesTheSameBatchesForEver(int pool, BatchFill fill, String known) {
    BatchOrder order = new BatchOrder(EXAMPLES, BATCH, pool, fill, 7);
    Fingerprint all = new Fingerprint();
    for (List<Example> batch : epoch(order, 2)) {
      all.add(batch.stream().map(Example::id).collect(Collectors.joining(" ")));
    }
    assertThat(all.hex()).startsWith(known);
  }

  @Test
  void whoAsksForMoreThanThereIsGetsAll() {
    for (BatchFill fill : BatchFill.values()) {
      BatchOrder order = new BatchOrder(EXAMPLES, Integer.MAX_VALUE, 1, fill, 7);
      assertThat(order.stepsPerEpoch()).isEqualTo(1);
      assertThat(order.at(3)).containsExactlyInAnyOrderElementsOf(EXAMPLES);
    }
  }

  @Test
  void aBudgetIsFilledAndWhatItSavesTooManyOfIsHalved() {
    List<Example> row =
        Stream.of(2, 2, 2, 2, 9, 9)
            .map(length -> new Example("q", new int[length], new int[1], ""))
            .toList();
    assertThat(new TokenBudget(row).into(2)).containsExactly(row.subList(0, 4), row.subList(4, 6));
    assertThat(new TokenBudget(row).into(4)).extracting(List::size).containsExactly(2, 2, 1, 1);
    List<Example> equal = Collections.nCopies(12, new Example("q", new int[9], new int[1], ""));
    assertThat(new TokenBudget(equal).into(5))
        .as("three each make four batches, two each six")
        .extracting(List::size)
        .containsExactly(1, 2, 3, 3, 3);
    List<Example> oneLong = new ArrayList<>(equal);
    oneLong.add(0, new Example("long", new int[900], new int[1], ""));
    assertThat(new TokenBudget(oneLong).into(6))
        .as("one alone has no halves")
        .extracting(List::size)
        .containsExactly(1, 1, 2, 3, 3, 3);
    assertThat(TokenBudget.placesOfAll(List.of(row.subList(0, 4), row.subList(4, 6))))
        .isEqualTo(4 * 3 + 2 * 10);
    assertThat(TokenBudget.placesOfAll(List.of())).isZero();
  }
}
