package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.mark.Questions;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class UnreadableAnswerTest {

  private static List<UnreadableAnswer> answers(String... texts) {
    return Stream.of(texts).map(text -> new UnreadableAnswer(Questions.plain("31"), text)).toList();
  }

  @Test
  void aFormThatReadsMostIsTold() {
    assertThat(UnreadableAnswer.formOf(answers("B", "C", "?"))).hasValue("letter");
    assertThat(UnreadableAnswer.formOf(answers("green", "blue", "?"))).hasValue("text");
    assertThat(UnreadableAnswer.formOf(answers("**Answer:** B", "\u7b54\u6848\u662f (C)", "?")))
        .hasValue("\\b([A-Z])\\b");
    assertThat(UnreadableAnswer.formOf(answers("so the answer is: b", "Answer is c.", "?")))
        .hasValueSatisfying(form -> assertThat(form).contains("answer is"));
  }

  @Test
  void halfIsNotMost() {
    assertThat(UnreadableAnswer.formOf(answers("B", "?"))).isEmpty();
    assertThat(UnreadableAnswer.formOf(answers("?", "purple"))).isEmpty();
  }

  @Test
  void aLetterBehindTheLastOptionReadsNothing() {
    assertThat(UnreadableAnswer.formOf(answers("D", "D", "D"))).isEmpty();
    assertThat(UnreadableAnswer.formOf(answers("C", "C", "D"))).hasValue("letter");
  }

  @Test
  void isShownOnOneLineAndCutBetweenCharacters() {
    assertThat(answers(" a\n\tb ").get(0).shown()).isEqualTo("31 \"a b\"");
    String sixty = "x".repeat(59) + "🐸";
    assertThat(answers(sixty).get(0).shown()).isEqualTo("31 \"" + sixty + "\"");
    assertThat(answers(sixty + "y").get(0).shown()).isEqualTo("31 \"" + sixty + "…\"");
  }
}
