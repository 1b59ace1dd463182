package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PromptBuilderTest {

  private static final Question QUESTION =
      new Question(
          "7",
          "What is  {context}?",
          List.of("a cat", "a\u00a0$1 hen"),
          1,
          " Look\nat it. ",
          true,
          "Birds\nfly.",
          "It has feathers.",
          "",
          "",
          "a hen in grass");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          QCM   | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen Solution:
          CQM   | Context: Look at it. Question: What is {context}? Options: (A) a cat (B) a $1 hen Solution:
          QM    | Question: What is {context}? Options: (A) a cat (B) a $1 hen Solution:
          QC    | Question: What is {context}? Context: Look at it. Solution:
          QCMG  | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen Solution: Birds\\nfly. It has feathers. Solution:
          CQMG  | Context: Look at it. Question: What is {context}? Options: (A) a cat (B) a $1 hen Solution: Birds\\nfly. It has feathers. Solution:
          QCML  | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen BECAUSE: Birds\\nfly. Solution:
          QCME  | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen BECAUSE: It has feathers. Solution:
          QCMLE | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen BECAUSE: Birds\\nfly. It has feathers. Solution:
          QCLM  | Question: What is {context}? Context: Look at it. BECAUSE: Birds\\nfly. Options: (A) a cat (B) a $1 hen Solution:
          QCEM  | Question: What is {context}? Context: Look at it. BECAUSE: It has feathers. Options: (A) a cat (B) a $1 hen Solution:
          QCLEM | Question: What is {context}? Context: Look at it. BECAUSE: Birds\\nfly. It has feathers. Options: (A) a cat (B) a $1 hen Solution:
          QCMA  | Question: What is {context}? Context: Look at it. Options: (A) a cat (B) a $1 hen Answer: The answer is (B). Solution:
          QCA   | Question: What is {context}? Context: Look at it. Answer: The answer is (B). BECAUSE:Solution:
          """)
  void inputs(InputFormat input, String source) {
    assertThat(prompt(input + "-E").source()).isEqualTo(source);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          A   | The answer is (B).
          AL  | The answer is (B). BECAUSE: It has feathers.
          AE  | The answer is (B). BECAUSE: Birds\\nfly.
          ALE | The answer is (B). BECAUSE: Birds\\nfly. It has feathers.
          AEL | The answer is (B). BECAUSE: It has feathers. Birds\\nfly.
          LA  | Birds\\nfly. The answer is (B).
          EA  | It has feathers. The answer is (B).
          LEA | Birds\\nfly. It has feathers. The answer is (B).
          ELA | It has feathers. Birds\\nfly. The answer is (B).
          LE  | Solution: Birds\\nfly. It has feathers..
          E   | Solution: It has feathers.
          """)
  void outputs(OutputFormat output, String target) {
    assertThat(prompt("QCM-" + output).target()).isEqualTo(target);
  }

  @Test
  void theAnswerAloneIsAskedForByAnotherWord() {
    assertThat(prompt("QM-A").source()).endsWith("hen Answer:");
    assertThat(prompt("QM-AL").source()).endsWith("hen Solution:");
  }

  @Test
  void captionsAndPassagesJoinTheContext() {
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QC-A"), true);
    assertThat(builder.prompt(QUESTION).source())
        .contains("Context: Look at it. a hen in grass Answer:");
    assertThat(builder.prompt(QUESTION, Optional.empty(), List.of("Birds lay eggs.")).source())
        .contains("Context: Look at it. a hen in grass Birds lay eggs. Answer:");
  }

  @Test
  void anEmptyContextIsSaidToBeNone() {
    Question bare =
        new Question("1", "Why?", List.of("a", "b"), 0, "\u2003", false, "", "", "", "", "");
    assertThat(new PromptBuilder(PromptFormat.parse("QC-A"), true).prompt(bare).source())
        .isEqualTo("Question: Why? Context: N/A Answer:");
  }

  @Test
  void anEmptyExplanationKeepsItsBecause() {
    Question bare = new Question("1", "Why?", List.of("a", "b"), 0, "", false, "", "", "", "", "");
    assertThat(new PromptBuilder(PromptFormat.parse("QC-AL"), true).prompt(bare).target())
        .isEqualTo("The answer is (A). BECAUSE:");
  }

  @Test
  void aTargetThatEndsWithBecauseLosesEveryOne() {
    Question odd =
        new Question(
            "1", "Why?", List.of("a", "b"), 0, "", false, "", "Answer: so BECAUSE:", "", "", "");
    assertThat(new PromptBuilder(PromptFormat.parse("QC-AL"), true).prompt(odd).target())
        .isEqualTo("The answer is (A). so");
  }

  @Test
  void aGeneratedRationaleStandsAsItIs() {
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QCMG-A"), false);
    assertThat(builder.prompt(QUESTION, "Solution: It\nflies.").source())
        .endsWith("(B) a $1 hen Solution: It flies. Answer:");
  }

  @Test
  void theLectureCanBeLeftOutOfTheGoldRationale() {
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QCMG-A"), false, false);
    assertThat(builder.prompt(QUESTION).source())
        .endsWith("(B) a $1 hen Solution: It has feathers. Answer:");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          QCM    | must be INPUT-OUTPUT by letters, such as QCM-A
          QMC-A  | no input QMC; did you mean QCM?; known: QCM, CQM, QM, QC, QCMG, CQMG, QCML, QCME, QCMLE, QCLM, QCEM, QCLEM, QCMA, QCA
          QCM-RA | no output RA; R is written E (solution) or LE (lecture and solution); known: A, T, AL, AE, ALE, AEL, LA, EA, LEA, ELA, LE, E, D, L, DL
          """)
  void unknownFormatsAreNamed(String format, String message) {
    assertThatThrownBy(() -> PromptFormat.parse(format))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static TextPair prompt(String format) {
    return new PromptBuilder(PromptFormat.parse(format), false).prompt(QUESTION);
  }

  @Test
  void anOptionIsWrittenAsTheAnswerWouldBe() {
    PromptBuilder answers = new PromptBuilder(PromptFormat.parse("QCM-A"), false);
    assertThat(answers.options(QUESTION))
        .containsExactly("The answer is (A).", "The answer is (B).");
    PromptBuilder more = new PromptBuilder(PromptFormat.parse("QCM-AE"), false);
    assertThatThrownBy(() -> more.options(QUESTION))
        .hasMessage("the output of QCM-AE is more than an answer");
  }

  @Test
  void aLectureIsRecitedAndReadAsItStandsInTheData() {
    TextPair prompt = prompt("QCM-L");
    assertThat(prompt.source()).endsWith(" Lecture:");
    assertThat(prompt.target()).startsWith("Lecture: ");
    assertThat(OutputFormat.lecture(prompt.target())).isEqualTo(QUESTION.lecture());
    assertThat(OutputFormat.lecture("Lecture: Two lines.\\nThat is all. "))
        .isEqualTo("Two lines.\nThat is all.");
    assertThat(OutputFormat.lecture("Only words")).isEqualTo("Only words");
  }

  @Test
  void onlyAnAnswerAloneIsRankedAndOnlyAReasonIsARationale() {
    assertThat(OutputFormat.values())
        .filteredOn(OutputFormat::isAnswerAlone)
        .containsExactlyInAnyOrder(OutputFormat.A, OutputFormat.T);
    assertThat(OutputFormat.values())
        .filteredOn(output -> !output.isRationale())
        .containsExactlyInAnyOrder(OutputFormat.D, OutputFormat.L, OutputFormat.DL, OutputFormat.T);
  }
}
