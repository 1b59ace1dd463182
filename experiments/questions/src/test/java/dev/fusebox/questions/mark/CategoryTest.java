package dev.fusebox.questions.mark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CategoryTest {

  @Test
  void aQuestionWithHintAndPictureIsInBothColumns() {
    Question both = Questions.of("1", 0, "social science", "grade6", "hint", true);
    assertThat(containing(both))
        .containsExactly(Category.SOC, Category.TXT, Category.IMG, Category.G1_6);
  }

  @Test
  void noContextMeansNeitherHintNorPicture() {
    Question none = Questions.of("1", 0, "language science", "grade7", "", false);
    assertThat(containing(none)).containsExactly(Category.LAN, Category.NO, Category.G7_12);
  }

  @Test
  void anEmptySubjectOrGradeIsUnknownNotGuessed() {
    Question unknown = Questions.of("1", 0, "", "", "", true);
    assertThat(containing(unknown)).containsExactly(Category.IMG);
    assertThat(Arrays.stream(Category.values()).filter(category -> category.unknown(unknown)))
        .containsExactly(Category.NAT, Category.SOC, Category.LAN, Category.G1_6, Category.G7_12);
  }

  @Test
  void aGradeThatIsNoGradeIsUnknown() {
    for (String grade : List.of("grade0", "grade13", "college", "grade")) {
      assertThat(Category.G1_6.unknown(Questions.of("1", 0, "", grade, "", true))).isTrue();
    }
  }

  private static List<Category> containing(Question question) {
    return Arrays.stream(Category.values())
        .filter(category -> category.contains(question))
        .toList();
  }
}
