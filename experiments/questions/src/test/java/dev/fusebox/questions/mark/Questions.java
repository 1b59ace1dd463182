package dev.fusebox.questions.mark;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.stream.IntStream;

/** Small questions for tests. */
public final class Questions {

  private Questions() {}

  /** A question of natural science, grade 3, with a hint and no picture; the answer is (A). */
  public static Question plain(String id) {
    return of(id, 0, "natural science", "grade3", "a hint", false);
  }

  /** A question with what decides its categories. */
  public static Question of(
      String id, int answer, String subject, String grade, String hint, boolean picture) {
    return new Question(
        id,
        "Which one?",
        List.of("red", "green", "blue"),
        answer,
        hint,
        picture,
        "",
        "",
        subject,
        grade,
        "");
  }

  /** Questions 0 to n - 1. */
  public static List<Question> plain(int n) {
    return IntStream.range(0, n).mapToObj(Integer::toString).map(Questions::plain).toList();
  }
}
