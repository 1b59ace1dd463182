package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** MMLU and BBH, in small files of their layouts. */
class PublishedFoldersTest {

  @TempDir Path root;

  private Path file(String name, String text) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  @Test
  void mmluIsAFileForEachSubjectAndSplit() throws IOException {
    file("dev/abstract_algebra_dev.csv", "Is 1 even?,yes,no,both,none,B\n");
    file(
        "test/abstract_algebra_test.csv",
        "\"Find all c, such that\nit \"\"fits\"\".\",0,1,\"2,5\",3,C\nWhat?,a,b,c,d,A\n");
    file("test/world_religions_test.csv", "Who?,a,b,c,d,D\n");
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.splits()).containsExactly("dev", "test");
    assertThat(dataset.split("test"))
        .extracting(Question::id)
        .containsExactly(
            "abstract_algebra-test-1", "abstract_algebra-test-2", "world_religions-test-1");
    Question first = dataset.split("test").get(0);
    assertThat(first.question()).isEqualTo("Find all c, such that\nit \"fits\".");
    assertThat(first.choices()).containsExactly("0", "1", "2,5", "3");
    assertThat(first.answer()).isEqualTo(2);
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("abstract_algebra", "world_religions");
    Path wrong = file("test/world_religions_test.csv", "Who?,a,b,c,d,D\nWho?,a,b,c,E\n");
    assertThatThrownBy(() -> Datasets.open(root))
        .hasMessage(
            wrong
                + ": record 2: must have a question, 4 options and a letter from A to D, found 5 values, the last \"E\"");
  }

  @Test
  void bbhIsAFileForEachTask() throws IOException {
    file(
        "date_understanding.json",
        """
        {"canary": "x", "examples": [
          {"input": "Today is 1/1.\\nWhat is tomorrow?\\nOptions:\\n(A) 1/2\\n(B) 2/1", "target": "(A)"},
          {"input": "No such option?\\nOptions:\\n(A) 1/2\\n(B) 2/1", "target": "(C)"}]}
        """);
    file(
        "navigate.json",
        """
        {"canary": "x", "examples": [
          {"input": "Do you return?\\nOptions:\\n- Yes\\n- No", "target": "No"}]}
        """);
    file(
        "boolean_expressions.json",
        """
        {"canary": "x", "examples": [
          {"input": "not ( True ) is", "target": "False"}, {"input": "True is", "target": "True"}]}
        """);
    file(
        "word_sorting.json",
        """
        {"canary": "x", "examples": [
          {"input": "b a", "target": "a b"}, {"input": "d c", "target": "c d"}, {"input": "f e", "target": "e f"},
          {"input": "h g", "target": "g h"}, {"input": "j i", "target": "i j"}]}
        """);
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.split("test"))
        .extracting(Question::id, Question::question, Question::choices, Question::answer)
        .containsExactly(
            tuple("boolean_expressions-1", "not ( True ) is", List.of("False", "True"), 0),
            tuple("boolean_expressions-2", "True is", List.of("False", "True"), 1),
            tuple(
                "date_understanding-1",
                "Today is 1/1.\nWhat is tomorrow?",
                List.of("1/2", "2/1"),
                0),
            tuple("navigate-1", "Do you return?", List.of("Yes", "No"), 1));
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("boolean_expressions", "date_understanding", "navigate");
  }

  @Test
  void mmluMayHaveValidationQuestionsAloneAndAuxiliaryFilesOfOtherNames() throws IOException {
    file("val/anatomy_val.csv", "Where?,a,b,c,d, B \n");
    file("val/notes.txt", "no table");
    file("auxiliary_train/race.csv", "What?,a,b,c,d,A\n");
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.splits()).containsExactly("auxiliary_train", "val");
    assertThat(dataset.split("val"))
        .extracting(Question::id, Question::answer)
        .containsExactly(tuple("anatomy-val-1", 1));
    assertThat(dataset.split("auxiliary_train"))
        .extracting(Question::id)
        .containsExactly("race-auxiliary_train-1");
    assertThat(dataset.categories()).extracting(Category::label).containsExactly("race", "anatomy");
    String before = dataset.fingerprint();
    file("auxiliary_train/race.csv", "What?,a,b,c,d,B\n");
    assertThat(Datasets.open(root).fingerprint()).isNotEqualTo(before);
    Path wrong = file("val/anatomy_val.csv", "Where?,a,b,c,d,E\n");
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(wrong + ": record 1: ")
        .hasMessageEndingWith("found 6 values, the last \"E\"");
    file("val/anatomy_val.csv", "\"Where\"?,a,b,c,d,A\n");
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(wrong + ": not valid CSV: ");
  }

  private void task(String name, String... targets) throws IOException {
    StringBuilder examples = new StringBuilder();
    for (String target : targets) {
      examples.append(examples.length() > 0 ? "," : "");
      examples.append("{\"input\": \" What? \", \"target\": \"").append(target).append("\"}");
    }
    file(name + ".json", "{\"canary\": {\"examples\": [1]}, \"examples\": [" + examples + "]}");
  }

  @Test
  void bbhsTargetsAreOptionsWhereTheyAreTwoToFour() throws IOException {
    task("one", "yes", "yes");
    task("two", "no", "yes", "no");
    task("four", "a", "b", "d", "c");
    task("five", "a", "b", "d", "c", "e");
    assertThat(Datasets.open(root).split("test"))
        .extracting(Question::id, Question::question, Question::answer)
        .containsExactly(
            tuple("four-1", "What?", 0),
            tuple("four-2", "What?", 1),
            tuple("four-3", "What?", 3),
            tuple("four-4", "What?", 2),
            tuple("two-1", "What?", 0),
            tuple("two-2", "What?", 1),
            tuple("two-3", "What?", 0));
  }

  @Test
  void whatIsNoTaskOfBbhsIsPassedOver() throws IOException {
    task("two", "no", "yes");
    Files.write(
        root.resolve("a-latin.json"), "{\"größe\": 1}".getBytes(StandardCharsets.ISO_8859_1));
    file("b-other.json", "{}");
    file("c-late.json", "{\n\n\n\n\n\"examples\": []}");
    file("zero.txt", "\"examples\"");
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.split("test")).extracting(Question::id).containsExactly("two-1", "two-2");
    String before = dataset.fingerprint();
    file("b-other.json", "{ }");
    assertThat(Datasets.open(root).fingerprint()).isEqualTo(before);
  }

  @Test
  void aFolderWithoutAnyQuestionsSaysWhatItLooksFor() throws IOException {
    file("notes.json", "{}");
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(root + ": no problems.json there; looked in ");
  }

  @Test
  void aTaskThatCannotBeAskedIsNamed() throws IOException {
    task("free", "1", "2", "3", "4", "5");
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: no task there has answers that are options; known files: [%s]"
                .formatted(root, root.resolve("free.json")));
    Path half =
        file(
            "half.json",
            "{\"examples\": [{\"input\": \"?\", \"target\": \"a\"},\n{\"input\": \"?\"}]}");
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessage(half + ": line 2: example 2: must have input and target");
    file("half.json", "{\"examples\": [{\"target\": \"a\"}]}");
    assertThatThrownBy(() -> Datasets.open(root))
        .hasMessage(half + ": line 1: example 1: must have input and target");
  }

  /** A lone option is no choice, and the last list of options is the question's. */
  @Test
  void bbhsOptionsAreThoseOfTheLastList() throws IOException {
    file(
        "lists.json",
        """
        {"examples": [
          {"input": "One?\\nOptions:\\n(A) only", "target": "(A)"},
          {"input": "Two?\\nOptions:\\n(A) x\\nMore?\\nOptions:\\n(A) p\\n(B)  q ", "target": "(B)"}]}
        """);
    assertThat(Datasets.open(root).split("test"))
        .extracting(Question::id, Question::question, Question::choices, Question::answer)
        .containsExactly(tuple("lists-2", "Two?\nOptions:\n(A) x\nMore?", List.of("p", "q"), 1));
  }
}
