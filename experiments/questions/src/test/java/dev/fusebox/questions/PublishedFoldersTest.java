package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
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
}
