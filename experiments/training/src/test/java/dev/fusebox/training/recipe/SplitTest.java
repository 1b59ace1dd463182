package dev.fusebox.training.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SplitLimits;
import dev.fusebox.questions.SplitNames;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SplitTest {

  private static final Dataset DATA =
      new Dataset() {
        @Override
        public Set<String> splits() {
          return Set.of("train", "val", "test");
        }

        @Override
        public List<Question> split(String name) {
          return IntStream.range(0, 1000).mapToObj(i -> question(name + i)).toList();
        }

        @Override
        public String fingerprint() {
          return "";
        }
      };

  private static Question question(String id) {
    return new Question(id, "?", List.of("a", "b"), 0, "", false, "", "", "", "", "");
  }

  private static DataSettings data(Optional<Double> heldOut, Optional<Double> limit) {
    return new DataSettings(
        Optional.empty(),
        new DemoSettings(100, 1, 0.5, 0.5),
        new SplitNames("train", "val", "test"),
        heldOut,
        new SplitLimits(Optional.empty(), limit, Optional.empty()),
        Optional.empty());
  }

  private static DataSettings trained(Optional<Double> heldOut, Optional<Double> limit) {
    return new DataSettings(
        Optional.empty(),
        new DemoSettings(100, 1, 0.5, 0.5),
        new SplitNames("train", "val", "test"),
        heldOut,
        new SplitLimits(limit, Optional.empty(), Optional.empty()),
        Optional.empty());
  }

  private static List<String> ids(Split split, DataSettings data) {
    return split.questions(DATA, data).stream().map(Question::id).toList();
  }

  @Test
  void heldOutQuestionsAreNotTrainedOnAndTheTestSplitIsWhole() {
    DataSettings data = data(Optional.of(0.1), Optional.empty());
    Set<String> all = new HashSet<>(ids(Split.TRAIN, data));
    List<String> heldOut = ids(Split.VALIDATION, data);
    assertThat(all).doesNotContainAnyElementsOf(heldOut);
    assertThat(heldOut).hasSizeBetween(70, 130).allMatch(id -> id.startsWith("train"));
    assertThat(all.size() + heldOut.size()).isEqualTo(1000);
    assertThat(ids(Split.TEST, data)).hasSize(1000).allMatch(id -> id.startsWith("test"));
  }

  @Test
  void aLargerShareHoldsOutTheSameQuestionsAndMore() {
    assertThat(ids(Split.VALIDATION, data(Optional.of(0.2), Optional.empty())))
        .containsAll(ids(Split.VALIDATION, data(Optional.of(0.1), Optional.empty())));
  }

  @Test
  void aLimitAppliesToThePart() {
    DataSettings limited = data(Optional.of(0.1), Optional.of(5.0));
    assertThat(ids(Split.VALIDATION, limited))
        .isEqualTo(ids(Split.VALIDATION, data(Optional.of(0.1), Optional.empty())).subList(0, 5));
  }

  @Test
  void withoutItTheDatasOwnSplitIsRead() {
    assertThat(ids(Split.VALIDATION, data(Optional.empty(), Optional.empty())))
        .hasSize(1000)
        .allMatch(id -> id.startsWith("val"));
  }

  @Test
  void aPartIsDescribedSoThatItHasAnotherKey() {
    DataSettings part = data(Optional.of(0.1), Optional.empty());
    DataSettings whole = data(Optional.empty(), Optional.empty());
    assertThat(Split.TRAIN.description(part)).isNotEqualTo(Split.TRAIN.description(whole));
    assertThat(Split.TEST.description(part)).isEqualTo(Split.TEST.description(whole));
  }

  @Test
  void aDrawIsOfTheTrainingQuestionsAloneAndNoneOfThemIsHeldOut() {
    DataSettings first = trained(Optional.of(0.1), Optional.of(0.5));
    Set<String> held = Set.copyOf(ids(Split.VALIDATION, first));
    for (long number : new long[] {1, 2}) {
      DataSettings drawn = first.withDraw(number);
      assertThat(ids(Split.TRAIN, drawn))
          .hasSameSizeAs(ids(Split.TRAIN, first))
          .isNotEqualTo(ids(Split.TRAIN, first))
          .doesNotContainAnyElementsOf(held);
      assertThat(ids(Split.VALIDATION, drawn)).isEqualTo(ids(Split.VALIDATION, first));
      assertThat(ids(Split.TEST, drawn)).isEqualTo(ids(Split.TEST, first));
    }
    assertThat(ids(Split.TRAIN, first.withDraw(1)))
        .isNotEqualTo(ids(Split.TRAIN, first.withDraw(2)));
  }

  @Test
  void aDrawIsDescribedWhereItCountsAndOnlyThere() {
    DataSettings first = trained(Optional.of(0.1), Optional.of(0.5));
    DataSettings drawn = first.withDraw(3);
    assertThat(Split.TRAIN.description(first))
        .hasToString("{\"split\":\"train\",\"heldOut\":0.1,\"limit\":0.5}");
    assertThat(Split.TRAIN.description(drawn))
        .hasToString("{\"split\":\"train\",\"heldOut\":0.1,\"limit\":0.5,\"draw\":3}");
    assertThat(Split.VALIDATION.description(drawn)).isEqualTo(Split.VALIDATION.description(first));
    assertThat(Split.TEST.description(drawn)).isEqualTo(Split.TEST.description(first));
  }

  @Test
  void aShareIsBetweenNoneAndAll() {
    assertThatThrownBy(() -> data(Optional.of(1.0), Optional.empty()))
        .hasMessage("heldOut must be a share between 0 and 1, found 1.0");
  }
}
