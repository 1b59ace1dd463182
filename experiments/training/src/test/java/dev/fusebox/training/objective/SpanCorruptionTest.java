package dev.fusebox.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpanCorruptionTest {

  private static final int END = 1;

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 7, 20, 100, 512})
  void putBackTogetherItIsTheText(int length) {
    List<Integer> text = text(length);
    SpanCorruption objective = corruption(text);
    for (int seed = 0; seed < 100; seed++) {
      assertThat(restored(objective.practice(new SplittableRandom(seed)))).isEqualTo(text);
    }
  }

  @Test
  void fifteenPercentOfTheTokensInSpansOfThree() {
    int length = 512;
    SpanCorruption objective = corruption(text(length));
    PretrainingExample practice = objective.practice(new SplittableRandom(3));
    long sentinels = practice.source().stream().filter(SpanCorruptionTest::sentinel).count();
    long removed = practice.target().stream().filter(id -> id > END && !sentinel(id)).count();
    assertThat(removed).isEqualTo(Math.round(0.15 * length)).isEqualTo(77);
    assertThat(sentinels).isEqualTo(Math.round(77 / 3.0)).isEqualTo(26);
    // The target names each span and ends with one sentinel more.
    assertThat(practice.target().stream().filter(SpanCorruptionTest::sentinel))
        .hasSize(27)
        .isSortedAccordingTo((left, right) -> right - left);
    assertThat(practice.source()).hasSize(length - 77 + 26 + 1).endsWith(END);
    assertThat(practice.target()).hasSize(77 + 27 + 1).endsWith(END);
  }

  @Test
  void fullInputsAreThoseOfThePaper() {
    // T5's own code cuts texts to 568 tokens to fill inputs of 512 at this density and span length;
    // its targets then have 114, without the last sentinel of the paper's figure 2.
    PretrainingExample practice = corruption(text(568)).practice(new SplittableRandom(1));
    assertThat(practice.source()).hasSize(512);
    assertThat(practice.target()).hasSize(114 + 1);
  }

  @Test
  void everyTokenIsTakenOutAboutEquallyOften() {
    int length = 200;
    SpanCorruption objective = corruption(text(length));
    Map<Integer, Integer> counts = new HashMap<>();
    int runs = 4000;
    for (int seed = 0; seed < runs; seed++) {
      objective.practice(new SplittableRandom(seed)).target().stream()
          .filter(id -> id > END && !sentinel(id))
          .forEach(id -> counts.merge(id, 1, Integer::sum));
    }
    // Away from the ends: the first token is always kept, the last one always taken out.
    List<Integer> inner = text(length).subList(40, 160);
    assertThat(inner)
        .allSatisfy(id -> assertThat(counts.get(id) / (double) runs).isCloseTo(0.15, within(0.03)));
  }

  @Test
  void everyPartitionIsEquallyLikely() {
    Map<List<Integer>, Integer> counts = new HashMap<>();
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 6000; i++) {
      counts.merge(SpanCorruption.partition(5, 3, random), 1, Integer::sum);
    }
    assertThat(counts).hasSize(6); // 4 gaps, 2 cuts
    assertThat(counts.values()).allSatisfy(count -> assertThat(count).isBetween(870, 1130));
    assertThat(counts.keySet())
        .allSatisfy(
            parts -> assertThat(parts.stream().mapToInt(Integer::intValue).sum()).isEqualTo(5));
  }

  @Test
  void longTextsAreCut() {
    SpanCorruption objective = new SpanCorruption(List.of(text(100)), 10, new Spelled());
    PretrainingExample practice = objective.practice(new SplittableRandom(1));
    assertThat(restored(practice)).isEqualTo(text(10));
  }

  @Test
  void rules() {
    Tokens tokens = new Spelled();
    List<List<Integer>> texts = List.of(text(5));
    assertThatThrownBy(() -> new SpanCorruption(List.of(text(1)), 10, tokens))
        .hasMessage("no text has two tokens");
    assertThatThrownBy(() -> new SpanCorruption(texts, 1.5, 3, 10, tokens))
        .hasMessage("density must be between 0 and 1, found 1.5");
    assertThatThrownBy(() -> new SpanCorruption(texts, 0.15, 0.5, 10, tokens))
        .hasMessage("spanLength must be at least 1, found 0.5");
    assertThatThrownBy(() -> new SpanCorruption(texts, 0.15, 3, 1, tokens))
        .hasMessage("longest must be at least 2, found 1");
  }

  private static SpanCorruption corruption(List<Integer> text) {
    return new SpanCorruption(List.of(text), 1000, new Spelled());
  }

  private static List<Integer> text(int length) {
    return IntStream.range(10, 10 + length).boxed().toList();
  }

  private static boolean sentinel(int id) {
    return id > Spelled.FIRST_SENTINEL - 1000;
  }

  /** The source with every sentinel replaced by what follows it in the target. */
  static List<Integer> restored(PretrainingExample practice) {
    List<Integer> restored = new ArrayList<>();
    for (int id : practice.source()) {
      if (sentinel(id)) {
        restored.addAll(after(id, practice.target()));
      } else if (id != END) {
        restored.add(id);
      }
    }
    return restored;
  }

  private static List<Integer> after(int sentinel, List<Integer> target) {
    return target.stream()
        .skip(target.indexOf(sentinel) + 1L)
        .takeWhile(id -> !sentinel(id))
        .toList();
  }
}
