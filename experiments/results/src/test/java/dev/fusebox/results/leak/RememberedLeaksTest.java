package dev.fusebox.results.leak;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RememberedLeaksTest {

  private static final List<Question> TRAIN =
      List.of(question("t1", "Which of these is the largest animal of the sea?"));
  private static final List<Question> TEST =
      List.of(
          question("q1", "Which of these is the largest animal of the sea?"),
          question("q2", "What colour has the sky above the clouds at noon?"));

  @TempDir private Path folder;
  private Path cache;

  private static Question question(String id, String text) {
    return new Question(
        id, text, List.of("a whale", "a shark"), 0, "", false, "", "", "", "grade3", "");
  }

  @BeforeEach
  void makeCache() throws IOException {
    cache = Files.createDirectory(folder.resolve("cache"));
  }

  private Leaks leaks(List<Question> test) throws IOException {
    return new RememberedLeaks(cache).of(TRAIN, test, folder);
  }

  private List<Path> kept() throws IOException {
    try (Stream<Path> files = Files.list(cache)) {
      return files.sorted().toList();
    }
  }

  @Test
  void areTheSameTheSecondTime() throws IOException {
    Leaks first = leaks(TEST);
    assertThat(first.twins()).isEqualTo(Map.of("q1", "t1"));
    assertThat(kept()).hasSize(1);
    assertThat(leaks(TEST)).isEqualTo(first).isEqualTo(Leaks.of(TRAIN, TEST, folder));
    assertThat(kept()).hasSize(1);
  }

  @Test
  void areReadAndNotLookedForAgain() throws IOException {
    leaks(TEST);
    Leaks other = new Leaks(Map.of("q2", "t9"), 3);
    Files.writeString(kept().get(0), RememberedLeaks.json(other).toString());
    assertThat(leaks(TEST)).isEqualTo(other);
    Files.writeString(kept().get(0), "{\"twins\": ");
    assertThat(leaks(TEST)).as("a damaged file").isEqualTo(Leaks.of(TRAIN, TEST, folder));
  }

  /** It decides what a table says. */
  @Test
  void whatSomebodyChangedIsLookedForAgain() throws IOException {
    Leaks found = leaks(TEST);
    String text = Files.readString(kept().get(0));
    Files.writeString(kept().get(0), text.replace("t1", "t2"));
    assertThat(leaks(TEST)).isEqualTo(found);
    Files.writeString(kept().get(0), "{\"unseen\": 3, \"twins\": {\"q2\": \"t9\"}}");
    assertThat(leaks(TEST)).isEqualTo(found);
  }

  @Test
  void otherQuestionsAreLookedForAnew() throws IOException {
    leaks(TEST);
    assertThat(leaks(List.of(TEST.get(1))).count()).isZero();
    assertThat(kept()).hasSize(2);
  }

  @Test
  void withoutAFolderNothingIsKept() throws IOException {
    Leaks found = new RememberedLeaks(folder.resolve("gone")).of(TRAIN, TEST, folder);
    assertThat(found.count()).isEqualTo(1);
    assertThat(folder.resolve("gone")).doesNotExist();
  }
}
