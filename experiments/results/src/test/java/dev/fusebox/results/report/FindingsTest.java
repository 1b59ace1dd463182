package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.score.Holm;
import dev.fusebox.results.score.McNemar;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/** What a report concludes is what the tests allow, and no more. */
class FindingsTest {

  private static final List<Question> QUESTIONS = ReportSample.report().test(); // 240

  /** Which questions a variant answers rightly. */
  private final Map<String, Predicate<Integer>> right = new LinkedHashMap<>();

  private final Map<String, String> compare = new LinkedHashMap<>();

  /** The control answers every other question rightly. */
  private static boolean control(int question) {
    return question % 2 == 0;
  }

  private List<JsonNode> findings(String... among) {
    right.put("text", FindingsTest::control);
    List<ReportedRun> runs = new ArrayList<>();
    right.forEach((variant, answers) -> runs.add(run(variant, answers)));
    Report sample = ReportSample.report();
    Report report =
        new Report(
            sample.name(),
            sample.question(),
            sample.data(),
            sample.train(),
            QUESTIONS,
            sample.categories(),
            runs,
            compare,
            List.of(among),
            sample.repeat(),
            sample.made(),
            sample.pictures());
    List<JsonNode> findings = new ArrayList<>();
    ReportJson.of(report, Optional.empty(), List.of()).path("findings").forEach(findings::add);
    return findings;
  }

  private static ReportedRun run(String variant, Predicate<Integer> right) {
    List<Prediction> answers = new ArrayList<>();
    for (int i = 0; i < QUESTIONS.size(); i++) {
      Question question = QUESTIONS.get(i);
      int option =
          right.test(i) ? question.answer() : (question.answer() + 1) % question.choices().size();
      String text = "The answer is (" + Question.letter(option) + ").";
      answers.add(new Prediction(question.id(), text, "The answer is (A)."));
    }
    return new ReportedRun(
        new RunResult.Finished(variant, Repeat.of(1), "generated, greedy", answers),
        "none",
        JsonNodeFactory.instance.objectNode(),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  private void variant(String name, Predicate<Integer> answers) {
    right.put(name, answers);
    compare.put(name, "text");
  }

  /** 30 questions more and none less: p = 2 · 2⁻³⁰. */
  @Test
  void aClearDifferenceIsToldWithItsSide() {
    variant("more", i -> control(i) || i < 60);
    variant("less", i -> control(i) && i >= 60);
    List<JsonNode> findings = findings();
    assertThat(findings).hasSize(2);
    assertThat(findings.get(0).path("tone").asText()).isEqualTo("better");
    assertThat(findings.get(0).path("text").asText()).isEqualTo("more is better than text");
    assertThat(findings.get(0).path("figure").asText()).isEqualTo("+12.5 points");
    assertThat(findings.get(0).path("detail").asText())
        .startsWith("95% CI [+")
        .endsWith("p < .001 after Holm")
        .doesNotContain("can detect");
    assertThat(findings.get(1).path("tone").asText()).isEqualTo("worse");
    assertThat(findings.get(1).path("text").asText()).isEqualTo("less is worse than text");
  }

  /** Seven against one: p = .070, so nothing is said of which is better. */
  @Test
  void whatTheTestDoesNotTellIsNotConcluded() {
    assertThat(new McNemar(7, 1).p()).isGreaterThan(0.05);
    variant("near", i -> i != 0 && (control(i) || i < 14));
    JsonNode finding = findings().get(0);
    assertThat(finding.path("tone").asText()).isEqualTo("same");
    assertThat(finding.path("text").asText())
        .isEqualTo("near is not significantly different from text");
    assertThat(finding.path("detail").asText())
        .contains(
            "p = .070 after Holm. 240 questions can detect 3.3 points (80 % power, with these trained seeds); 2 points would take ");
  }

  /** Seven against none is p = .016 alone, and .062 as one of four comparisons. */
  @Test
  void severalComparisonsAreJudgedTogether() {
    double alone = new McNemar(7, 0).p();
    assertThat(alone).isLessThan(0.05);
    assertThat(Holm.adjust(List.of(alone, alone, alone, alone)))
        .allSatisfy(p -> assertThat(p).isGreaterThan(0.05));
    for (String name : List.of("a", "b", "c", "d")) {
      variant(name, i -> control(i) || i < 14);
    }
    assertThat(findings()).hasSize(4).allMatch(each -> each.path("tone").asText().equals("same"));
  }

  /** No question tells them apart: that is no proof that none would. */
  @Test
  void equalAnswersAreNoProofOfEquality() {
    variant("same", FindingsTest::control);
    JsonNode finding = findings().get(0);
    assertThat(finding.path("tone").asText()).isEqualTo("same");
    assertThat(finding.path("figure").asText()).isEqualTo("+0.0 points");
    assertThat(finding.path("detail").asText())
        .endsWith(
            "p = 1 after Holm. none of 240 questions tells them apart, so up to 1.2 % of such questions might (95 % confidence)")
        .doesNotContain("0.0 points (80 %");
  }

  /** Among the questions with a picture alone, and it says so. */
  @Test
  void whatHoldsAmongACategoryIsSaidOfThatAlone() {
    variant("looks", i -> QUESTIONS.get(i).picture() ? control(i) || i < 90 : control(i));
    List<JsonNode> findings = findings("IMG");
    assertThat(findings)
        .extracting(each -> each.path("text").asText())
        .containsExactly("looks is better than text", "looks is better than text among IMG");
    double all = Double.parseDouble(findings.get(0).path("figure").asText().split(" ")[0]);
    double among = Double.parseDouble(findings.get(1).path("figure").asText().split(" ")[0]);
    assertThat(among).isGreaterThan(all);
  }
}
