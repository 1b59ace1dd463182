package dev.fusebox.questions.change;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EveryVersionTest {

  private static Question question(int options, int answer) {
    return new Question(
        "q",
        "Which?",
        IntStream.range(0, options).mapToObj(i -> "option " + i).toList(),
        answer,
        "A hint.",
        true,
        "",
        "",
        "",
        "",
        "");
  }

  @ParameterizedTest
  @CsvSource({"2, 2", "3, 6", "4, 24", "5, 0"})
  void everyOrderIsThereOnceAndTheRightOptionStaysRight(int options, int orders) {
    for (int answer = 0; answer < options; answer++) {
      List<QuestionVersion> versions = EveryVersion.ORDER.of(question(options, answer), "", 0);
      assertThat(versions).hasSize(orders);
      assertThat(new HashSet<>(versions.stream().map(QuestionVersion::origins).toList()))
          .hasSize(orders);
      assertThat(new HashSet<>(versions.stream().map(each -> each.asked().id()).toList()))
          .hasSize(orders);
      for (QuestionVersion version : versions) {
        Question asked = version.asked();
        assertThat(asked.choices().get(asked.answer())).isEqualTo("option " + answer);
        assertThat(version.origins().get(asked.answer())).isEqualTo(answer);
        assertThat(asked.hint()).isEqualTo("A hint.");
        assertThat(version.question()).isEqualTo("q");
      }
    }
    if (orders > 0) {
      Question question = question(options, 1);
      assertThat(EveryVersion.ORDER.of(question, "", 0).get(0).asked().choices())
          .as("as it is, first")
          .isEqualTo(question.choices());
    }
  }

  @Test
  void eachSentenceIsLeftOutInTurn() {
    assertThat(EveryVersion.SENTENCE.of(question(2, 0), "One falls. Two stay! Is it so? Yes.", 0))
        .extracting(version -> version.rationale().orElseThrow())
        .containsExactly(
            "Two stay! Is it so? Yes.",
            "One falls. Is it so? Yes.",
            "One falls. Two stay! Yes.",
            "One falls. Two stay! Is it so?");
    assertThat(EveryVersion.SENTENCE.of(question(2, 0), "One alone.", 0)).isEmpty();
    assertThat(EveryVersion.SENTENCE.of(question(2, 0), "", 3)).isEmpty();
  }
}
