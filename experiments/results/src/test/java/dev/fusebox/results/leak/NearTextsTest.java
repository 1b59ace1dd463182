package dev.fusebox.results.leak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearTextsTest {

  private static Question question(String id, String text, String... options) {
    return new Question(id, text, List.of(options), 0, "", false, "", "", "", "", "");
  }

  @Test
  void caseAndPunctuationAndTheOrderOfOptionsMakeNoOtherQuestion() {
    Shingles text = Shingles.of(question("1", "Which of these is a solid?", "ice", "warm rain"));
    Shingles other = Shingles.of(question("2", "which of these is a SOLID", "warm rain", "ice"));
    assertThat(text.alike(other)).isEqualTo(1);
    assertThat(text.runs())
        .containsExactlyInAnyOrder(
            "which of these",
            "of these is",
            "these is a",
            "is a solid",
            "a solid ice",
            "solid ice warm",
            "ice warm rain");
  }

  @Test
  void jaccardCountsWhatOnlyOneHas() {
    Shingles text = Shingles.of(question("1", "a b c d e", "f", "g"));
    Shingles other = Shingles.of(question("2", "a b c d e", "f", "h"));
    assertThat(text.alike(other)).isEqualTo(4 / 6.0);
  }

  @Test
  void signsOfCalculationCount() {
    assertThat(
            Shingles.of(question("1", "2 + 3", "5", "6"))
                .alike(Shingles.of(question("2", "2 = 3", "5", "6"))))
        .isLessThan(1);
    assertThat(Shingles.of(question("1", "?", "!", "-")).runs()).containsExactly("");
  }

  @Test
  void nothingThatIsNearIsPassedOver() {
    SplittableRandom random = new SplittableRandom(5);
    List<Question> known = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      known.add(drawn("k" + i, random));
    }
    NearTexts texts = new NearTexts(known);
    int found = 0;
    for (int i = 0; i < 300; i++) {
      Question asked = drawn("q" + i, random);
      List<Question> expected =
          known.stream()
              .filter(each -> Shingles.of(asked).alike(Shingles.of(each)) >= NearTexts.ALIKE)
              .toList();
      assertThat(texts.to(asked)).isEqualTo(expected);
      found += expected.size();
    }
    assertThat(found).as("cases that could be missed").isGreaterThan(100);
  }

  /** Of few words, so that many are alike. */
  private static Question drawn(String id, SplittableRandom random) {
    StringBuilder words = new StringBuilder("what is the name of this");
    for (int word = 0; word < 10; word++) {
      words.append(' ').append(random.nextInt(12) == 0 ? "odd" : "w" + word);
    }
    return question(id, words.toString(), "yes", "no");
  }

  @Test
  void ofTheRealQuestionsMoreThanAnEighthAreNearlyInTraining() throws IOException {
    Path real = Path.of(System.getProperty("fusebox.shared"), "data", "scienceqa");
    assumeThat(real).as("ScienceQA's own text").isDirectory();
    ScienceQaDataset data = ScienceQaDataset.open(real);
    NearTexts texts = new NearTexts(data.split("train"));
    Question allusion =
        data.split("test").stream().filter(q -> q.id().equals("10058")).findFirst().orElseThrow();
    assertThat(texts.to(allusion))
        .as("the same sentence, with Bryce in Leo's place")
        .extracting(Question::id)
        .contains("6423");
    assertThat(texts.near(data.split("test").stream())).isEqualTo(868);
  }
}
