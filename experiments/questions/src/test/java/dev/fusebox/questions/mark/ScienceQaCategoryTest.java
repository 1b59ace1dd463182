package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScienceQaCategoryTest {

  @Test
  void aQuestionWithHintAndPictureIsInBothColumns() {
    Question both = Questions.of("1", 0, "social science", "grade6", "hint", true);
    assertThat(containing(both))
        .containsExactly(
            ScienceQaCategory.SOC,
            ScienceQaCategory.TXT,
            ScienceQaCategory.IMG,
            ScienceQaCategory.G1_6);
  }

  @Test
  void noContextMeansNeitherHintNorPicture() {
    Question none = Questions.of("1", 0, "language science", "grade7", "", false);
    assertThat(containing(none))
        .containsExactly(ScienceQaCategory.LAN, ScienceQaCategory.NO, ScienceQaCategory.G7_12);
  }

  @Test
  void anEmptySubjectOrGradeIsUnknownNotGuessed() {
    Question unknown = Questions.of("1", 0, "", "", "", true);
    assertThat(containing(unknown)).containsExactly(ScienceQaCategory.IMG);
    assertThat(
            Arrays.stream(ScienceQaCategory.values()).filter(category -> category.unknown(unknown)))
        .containsExactly(
            ScienceQaCategory.NAT,
            ScienceQaCategory.SOC,
            ScienceQaCategory.LAN,
            ScienceQaCategory.G1_6,
            ScienceQaCategory.G7_12);
  }

  @Test
  void aGradeThatIsNoGradeIsUnknown() {
    for (String grade : List.of("grade0", "grade13", "college", "grade")) {
      assertThat(ScienceQaCategory.G1_6.unknown(Questions.of("1", 0, "", grade, "", true)))
          .isTrue();
    }
  }

  /** Table 4 of Lu et al. 2022. */
  @ParameterizedTest
  @CsvSource({"1, G1-6", "6, G1-6", "7, G7-12", "12, G7-12"})
  void gradesOneToTwelveAreInTwoBands(int grade, String band) {
    Question question = Questions.of("1", 0, "natural science", "grade" + grade, "hint", false);
    assertThat(containing(question))
        .extracting(ScienceQaCategory::label)
        .containsExactly("NAT", "TXT", band);
    assertThat(Arrays.stream(ScienceQaCategory.values()))
        .noneMatch(category -> category.unknown(question));
  }

  private static List<ScienceQaCategory> containing(Question question) {
    return Arrays.stream(ScienceQaCategory.values())
        .filter(category -> category.contains(question))
        .toList();
  }
}
