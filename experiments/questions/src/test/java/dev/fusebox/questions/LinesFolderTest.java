package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.questions.picture.ShownPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LinesFolderTest {

  @TempDir Path root;

  private void file(String name, String... lines) throws IOException {
    Files.writeString(root.resolve(name), String.join("\n", lines) + "\n");
  }

  @Test
  void aQuestionIsALine() throws IOException {
    file(
        "train.jsonl",
        """
        {"id": "k1", "question": "What flies?", "options": ["kite", "stone"], "answer": 0}""");
    file(
        "test.jsonl",
        """
        {"id": 7, "question": "What rings?", "options": ["tram", "moss", "wall"], "answer": "A", "hint": "Listen.", "picture": true, "rationale": "A tram has a bell.", "lecture": "Bells ring.", "tags": ["sound", "city"]}""",
        """
        {"id": "8", "question": "What is 2?", "options": ["1", "2"], "answer": "2", "tags": ["sound"]}""");
    file("captions.json", "{\"captions\": {\"7\": \"a street\"}}");
    file("predictions.jsonl", "{\"id\": 7, \"text\": \"x\"}"); // none of the data
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.splits()).containsExactly("test", "train");
    assertThat(dataset.split("test"))
        .containsExactly(
            new Question(
                "7",
                "What rings?",
                List.of("tram", "moss", "wall"),
                0,
                "Listen.",
                true,
                "Bells ring.",
                "A tram has a bell.",
                "",
                "",
                "a street"),
            new Question("8", "What is 2?", List.of("1", "2"), 1, "", false, "", "", "", "", ""));
    assertThat(dataset.categories()).extracting(Category::label).containsExactly("sound", "city");
    assertThat(dataset.categories().get(1).contains(dataset.split("test").get(0))).isTrue();
    assertThat(dataset.categories().get(1).contains(dataset.split("test").get(1))).isFalse();
    String before = dataset.fingerprint();
    file("captions.json", "{\"captions\": {\"7\": \"a road\"}}");
    assertThat(Datasets.open(root).fingerprint()).isNotEqualTo(before);
  }

  /** As ARC and OpenBookQA are published. */
  @Test
  void publishedLinesAreReadAsTheyAre() throws IOException {
    file(
        "ARC-Challenge-Dev.jsonl",
        """
        {"id":"Mercury_1","question":{"stem":"Which is hot?","choices":[{"text":"ice","label":"1"},{"text":"fire","label":"2"}]},"answerKey":"2"}""",
        """
        {"id":"Mercury_2","question":{"stem":"Which is cold?","choices":[{"text":"ice","label":"A"},{"text":"fire","label":"B"}]},"answerKey":"A"}""");
    file(
        "test.jsonl",
        """
        {"id": "8-376", "question": {"stem": "A person wants", "choices": [{"text": "a", "label": "A"}, {"text": "b", "label": "B"}, {"text": "c", "label": "C"}, {"text": "d", "label": "D"}]}, "fact1": "f", "humanScore": "1.00", "clarity": "1.60", "turkIdAnonymized": "b", "answerKey": "C"}""");
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.split("dev")).extracting(Question::answer).containsExactly(1, 0);
    assertThat(dataset.split("dev").get(0).choices()).containsExactly("ice", "fire");
    assertThat(dataset.split("test").get(0).answer()).isEqualTo(2);
  }

  private void refused(String line, String message) throws IOException {
    file("test.jsonl", line);
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessage(root.resolve("test.jsonl") + ": line 1: " + message);
  }

  @Test
  void faultsAreNamed() throws IOException {
    refused(
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": \"C\"}",
        "question a: answer must be the letter of one of its 2 options, its number from 0 or its words, found \"C\"");
    refused(
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 0, \"picture\": \"yes\"}",
        "question a: picture must be true, false or a file of png, jpg, gif or bmp, or a list of files; where it is true, the file lies in images/SPLIT/a/image.png or .jpg; found \"yes\"");
    refused(
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 0, \"rational\": \"z\"}",
        "question a: unknown field rational; did you mean rationale?");
    refused(
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 0, \"optionPictures\": [\"1.png\"]}",
        "question a: optionPictures must be a list of 2, one for each option, found 1");
    refused(
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 0, \"optionPictures\": [\"1.png\", \"2\"]}",
        "question a: optionPictures must be files of png, jpg, gif or bmp, or \"\" where an option has none; found \"2\"");
    file(
        "train.jsonl",
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 1}");
    file(
        "test.jsonl",
        "{\"id\": \"a\", \"question\": \"?\", \"options\": [\"x\", \"y\"], \"answer\": 1}");
    assertThatThrownBy(() -> Datasets.open(root))
        .hasMessage(
            "%s: line 1: question a: stands twice, in %s too"
                .formatted(root.resolve("train.jsonl"), root.resolve("test.jsonl")));
    file("dev-test.jsonl", "");
    assertThatThrownBy(() -> Datasets.open(root))
        .hasMessage(
            root.resolve("test.jsonl")
                + ": there is dev-test.jsonl for the same split; one of them must lie in another folder");
  }

  @Test
  void m3cotIsReadAsItIsPublished() throws IOException {
    Path data = Files.createDirectories(root.resolve("data"));
    Path picture = data.resolve("images/physical-1.png");
    Files.createDirectories(picture.getParent());
    Files.writeString(picture, "pixels");
    Files.writeString(
        data.resolve("dev.jsonl"),
        """
        {"id": "physical-1", "category": "visual", "image_id": "x-9", "question": "Which falls first?", "choices": ["the cup", "the lamp", "both"], "context": "A table tips.", "answer": "C", "rationale": "Both slide at once.", "split": "dev", "image_path": "data/images/physical-1.png", "domain": "commonsense", "topic": "physical-commonsense"}
        """);
    Dataset dataset = Datasets.open(data);
    assertThat(dataset.split("dev"))
        .containsExactly(
            new Question(
                "physical-1",
                "Which falls first?",
                List.of("the cup", "the lamp", "both"),
                2,
                "A table tips.",
                true,
                "",
                "Both slide at once.",
                "",
                "",
                ""));
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("commonsense", "physical-commonsense");
    assertThat(dataset.namedPictures()).isEqualTo(Map.of("physical-1", picture.toAbsolutePath()));
  }

  @Test
  void m3cotIsReadInScienceQasLayoutToo() throws IOException {
    Files.writeString(
        root.resolve("problems.json"),
        """
        {"m-1": {"id": "m-1", "category": "algebra", "image_id": "y", "question": "x + 1 = 3?", "choices": ["1", "2"],
                 "answer": 1, "split": "test", "image": "image.png", "image_path": "data/images/m-1.png", "domain": "mathematics",
                 "topic": "algebra", "solution": "3 - 1 = 2", "hint": "", "task": "closed choice"}}
        """);
    Files.writeString(root.resolve("pid_splits.json"), "{\"test\": [\"m-1\"]}");
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.split("test")).extracting(Question::solution).containsExactly("3 - 1 = 2");
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("mathematics", "algebra");
  }

  @Test
  void aPictureMayBeAFile() throws IOException {
    Files.createDirectories(root.resolve("images"));
    Files.write(root.resolve("images/1.png"), new byte[] {1});
    Files.createDirectories(root.resolve("images/test/q3"));
    Files.write(root.resolve("images/test/q3/image.jpg"), new byte[] {1});
    String line =
        """
        {"id": "%s", "question": "What?", "options": ["a", "b"], "answer": 0, "picture": %s, "directAnswers": ["an a", "a"]}""";
    file(
        "test.jsonl",
        line.formatted("q1", "\"images/1.png\""),
        line.formatted("q2", "false"),
        line.formatted("q3", "true"));
    assertThat(PictureFiles.in(root))
        .isEqualTo(
            Map.of(
                "q1", root.resolve("images/1.png"),
                "q3", root.resolve("images/test/q3/image.jpg")));
    assertThat(Datasets.open(root).split("test"))
        .extracting(Question::picture)
        .containsExactly(true, false, true);
    assertThat(Datasets.open(root).directAnswers()).containsEntry("q2", List.of("an a", "a"));
    Files.delete(root.resolve("images/1.png"));
    assertThatThrownBy(() -> PictureFiles.in(root))
        .isInstanceOf(UserError.class)
        .hasMessage(
            root.resolve("images/1.png")
                + ": there is no such file, which question q1 names as a picture");
    assertThat(PictureFiles.ifAny(root)).containsOnlyKeys("q3");
  }

  @Test
  void aQuestionMayNameSeveralPicturesAndThoseOfItsOptions() throws IOException {
    for (String name : List.of("1.png", "2.jpg", "b.png", "c.gif")) {
      Files.write(root.resolve(name), new byte[] {1});
    }
    file(
        "test.jsonl",
        """
        {"id": "q1", "question": "What?", "options": ["a", "b"], "answer": 0, "picture": ["1.png", "2.jpg"], "optionPictures": ["", "b.png"]}""",
        """
        {"id": "q2", "question": "What?", "options": ["a", "b"], "answer": 0, "optionPictures": ["c.gif", "c.gif"]}""",
        """
        {"id": "q3", "question": "What?", "options": ["a", "b"], "answer": 0, "picture": ["1.png"]}""");
    assertThat(PictureFiles.in(root, ShownPictures.ALL))
        .isEqualTo(
            Map.of(
                "q1/image_0", root.resolve("1.png"),
                "q1/image_1", root.resolve("2.jpg"),
                "q1/choice_1", root.resolve("b.png"),
                "q2/choice_0", root.resolve("c.gif"),
                "q2/choice_1", root.resolve("c.gif"),
                "q3", root.resolve("1.png")));
    assertThat(PictureFiles.in(root))
        .isEqualTo(Map.of("q1", root.resolve("1.png"), "q3", root.resolve("1.png")));
    assertThat(PictureFiles.ifAny(root)).isEqualTo(PictureFiles.in(root));
    assertThat(Datasets.open(root).split("test"))
        .extracting(Question::picture)
        .containsExactly(true, false, true);
    Files.delete(root.resolve("2.jpg"));
    assertThatThrownBy(() -> PictureFiles.in(root, ShownPictures.ALL))
        .isInstanceOf(UserError.class)
        .hasMessage(
            root.resolve("2.jpg")
                + ": there is no such file, which question q1 names as a picture");
  }

  private static String line(String id, String fields) {
    return "{\"id\": \"" + id + "\", \"question\": \"What?\"" + fields + "}";
  }

  private static final String TWO = ", \"options\": [\"a\", \"b\"], \"answer\": 0";

  private static String options(int count) {
    return IntStream.range(0, count)
        .mapToObj(i -> "\"o" + i + "\"")
        .collect(Collectors.joining(", ", ", \"options\": [", "]"));
  }

  @ParameterizedTest
  @CsvSource({
    "train.jsonl, train",
    "validation.jsonl, validation",
    "ARC-Easy-Train.jsonl, train",
    "TEST.JSONL, test"
  })
  void theSplitIsTheLastWordOfTheFilesName(String file, String split) throws IOException {
    file(file, line("1", TWO));
    file("trains.jsonl", "no JSON");
    file("test.json", "no JSON");
    file("my_test.jsonl", "no JSON");
    assertThat(Datasets.open(root).splits()).containsExactly(split);
  }

  @Test
  void anAnswerIsALabelALetterANumberOrTheWordsThemselves() throws IOException {
    String labelled =
        """
        {"id": "1", "question": {"stem": "?", "choices": [{"text": "x", "label": "B", "image": {"a": 1}}, {"text": "y", "label": "A"}], "para": ["more"]}, "answerKey": "B"}""";
    file(
        "test.jsonl",
        labelled,
        line("2", options(26) + ", \"answer\": \"Z\""),
        line("3", options(12) + ", \"answer\": 11"),
        line("4", options(12) + ", \"answer\": \"o3\""),
        line("5", ", \"options\": [\"1\", \"0\"], \"answer\": 0"),
        line("6", ", \"options\": [\"7\", \"2\"], \"answer\": \"1\""));
    assertThat(Datasets.open(root).split("test"))
        .extracting(Question::answer)
        .containsExactly(0, 25, 11, 3, 1, 1);
  }

  @Test
  void aQuestionWithoutWhatItNeedsIsNamed() throws IOException {
    String found = "question a: must have 2 to 26 options, found ";
    refused(line("a", options(27) + ", \"answer\": 0"), found + 27);
    refused(line("a", TWO).replace("What?", " "), "question a: must have a question");
    refused(
        line("a/b", TWO),
        "question a/b: id is \"a/b\": an id becomes a part of file names: it must not be empty, begin"
            + " with a dot or hold / or \\");
    refused(
        line("a", options(3) + ", \"answer\": 3"),
        "question a: answer must be the letter of one of its 3 options, its number from 0 or its"
            + " words, found \"3\"");
    refused(
        line("a", TWO + ", \"colour\": \"red\""),
        "question a: unknown field colour; known: id, question, options, answer, hint, picture,"
            + " optionPictures, rationale, lecture, tags, directAnswers");
    refused(
        line("a", TWO + ", \"optionPictures\": [\"\", \"x\\u0000.png\"]"),
        "question a: optionPictures must be files of png, jpg, gif or bmp, or \"\" where an option"
            + " has none; found \"x\0.png\"");
    file("test.jsonl", line("a", options(1) + ", \"answer\": 0"), line("a", TWO));
    assertThatThrownBy(() -> Datasets.open(root))
        .hasMessage(
            "%s: 2 problems%n  line 1: %s%n  line 2: question a: stands twice"
                .formatted(root.resolve("test.jsonl"), found + 1));
  }

  @Test
  void tagsAreTheQuestionsOwnOrItsDomainAndTopic() throws IOException {
    file(
        "test.jsonl",
        line("1", TWO + ", \"domain\": \"science\", \"topic\": \"science\""),
        line("2", TWO + ", \"domain\": \"maths\", \"topic\": \"\""),
        line("3", TWO + ", \"domain\": \"maths\", \"tags\": [\"hard\"]"),
        line("4", TWO + ", \"skill\": {\"of\": [\"no interest\"]}"));
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("science", "maths", "hard");
    Category maths = dataset.categories().get(1);
    assertThat(dataset.split("test").stream().filter(maths::contains))
        .extracting(Question::id)
        .containsExactly("2");
    assertThat(dataset.split("test")).noneMatch(maths::unknown);
    assertThat(dataset.directAnswers()).isEmpty();
  }

  @Test
  void aNamedPictureLiesBesideItsFileOrBesideTheFolder() throws IOException {
    Path data = Files.createDirectories(root.resolve("data"));
    Files.writeString(
        data.resolve("test.jsonl"), line("1", TWO + ", \"picture\": \"p.png\"") + "\n");
    Path beside = data.resolve("p.png").toAbsolutePath();
    Path around = root.resolve("p.png").toAbsolutePath();
    assertThat(Datasets.namedPictures(data)).as("where neither is").containsEntry("1", beside);
    Files.write(around, new byte[] {1});
    assertThat(Datasets.namedPictures(data)).containsEntry("1", around);
    Files.write(beside, new byte[] {1});
    assertThat(Datasets.namedPictures(data)).containsEntry("1", beside);
    Files.writeString(data.resolve("problems.json"), "ScienceQA's questions name none");
    assertThat(Datasets.namedPictures(data)).isEmpty();
  }
}
