package dev.fusebox.questions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AokvqaDatasetTest {

  private static final String TRAIN =
      """
      [
      {"split": "train", "image_id": 11, "question_id": "kite", "question": "What flies?",
       "choices": ["kite", "stone", "shoe", "tree"], "correct_choice_idx": 0,
       "direct_answers": ["kite", "a kite"], "difficult_direct_answer": false,
       "rationales": ["A kite has a string.", "It is up there.", "Stones do not fly."]},
      {"split": "train", "image_id": 12, "question_id": "boat", "question": "What swims?",
       "choices": ["shoe", "stone", "nail", "boat"], "correct_choice_idx": 3,
       "direct_answers": [], "difficult_direct_answer": true, "rationales": ["Boats float."]}
      ]
      """;

  private static final String VALIDATION =
      """
      [{"split": "val", "image_id": 13, "question_id": "tram", "question": "What rings?",
        "choices": ["tram", "tree", "wall", "moss"], "correct_choice_idx": 0, "rationales": []}]
      """;

  private static final String TEST =
      """
      [{"split": "test", "image_id": 14, "question_id": "hill", "question": "What is high?",
        "choices": ["pond", "hill", "mat", "ant"], "difficult_direct_answer": false}]
      """;

  @TempDir Path root;
  private Path train;
  private Path test;

  @BeforeEach
  void write() throws IOException {
    train = Files.writeString(root.resolve("aokvqa_v1p0_train.json"), TRAIN);
    Files.writeString(root.resolve("aokvqa_v1p0_val.json"), VALIDATION);
    test = Files.writeString(root.resolve("aokvqa_v1p0_test.json"), TEST);
    Files.writeString(root.resolve("captions.json"), "{\"captions\": {\"boat\": \"a sail\"}}");
  }

  @Test
  void isChosenByItsFiles() throws IOException {
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.splits()).containsExactly("train", "val");
    assertThat(dataset.split("train"))
        .containsExactly(
            question(
                "kite",
                "What flies?",
                List.of("kite", "stone", "shoe", "tree"),
                0,
                "A kite has a string.",
                ""),
            question(
                "boat",
                "What swims?",
                List.of("shoe", "stone", "nail", "boat"),
                3,
                "Boats float.",
                "a sail"));
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("DIRECT", "DIFFICULT");
    assertThat(dataset.split("train").stream().filter(dataset.categories().get(1)::contains))
        .extracting(Question::id)
        .containsExactly("boat");
    assertThat(dataset.directAnswers())
        .as("of questions that are not too hard for it")
        .isEqualTo(Map.of("kite", List.of("kite", "a kite")));
    assertThat(dataset.split("val")).extracting(Question::solution).containsExactly("");
  }

  private static Question question(
      String id, String text, List<String> choices, int answer, String solution, String caption) {
    return new Question(id, text, choices, answer, "", true, "", solution, "", "", caption);
  }

  /** Two to twenty-six choices; who was asked for words too, and who was not. */
  @Test
  void whatAQuestionMayLeaveOutIsEmpty() throws IOException {
    String answers = ", \"correct_choice_idx\": 1, \"choices\": [\"a\", \"b\"";
    Files.writeString(
        train,
        """
        [{"question_id": "two", "question": "?"%s]},
         {"question_id": "most", "question": "?"%s%s], "direct_answers": ["b"]},
         {"question_id": "hard", "question": "?"%s], "direct_answers": ["b"], "difficult_direct_answer": true},
         {"question_id": "none", "question": "?"%s], "direct_answers": [], "difficult_direct_answer": false}]
        """
            .formatted(answers, answers, ", \"x\"".repeat(24), answers, answers));
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.split("train"))
        .extracting(question -> question.choices().size())
        .containsExactly(2, 26, 2, 2);
    assertThat(dataset.directAnswers()).isEqualTo(Map.of("most", List.of("b")));
    assertThat(dataset.categories().get(0).contains(dataset.split("train").get(0)))
        .as("nobody said how hard it is")
        .isFalse();
    assertThat(dataset.split("train").stream().filter(dataset.categories().get(0)::contains))
        .extracting(Question::id)
        .containsExactly("hard");
  }

  @Test
  void scienceQaComesFirst(@TempDir Path both) throws IOException {
    SmallScienceQa.in(both);
    Files.writeString(both.resolve("aokvqa_v1p0_train.json"), "nothing");
    assertThat(Datasets.open(both)).isInstanceOf(ScienceQaDataset.class);
  }

  @Test
  void theFingerprintFollowsTheContent() throws IOException {
    String before = Datasets.open(root).fingerprint();
    assertThat(Datasets.open(root).fingerprint()).isEqualTo(before);
    Files.writeString(test, TEST.replace("high", "low"));
    String after = Datasets.open(root).fingerprint();
    assertThat(after).isNotEqualTo(before);
    Files.writeString(root.resolve("captions.json"), "{\"captions\": {\"boat\": \"a ship\"}}");
    assertThat(Datasets.open(root).fingerprint()).isNotEqualTo(before).isNotEqualTo(after);
  }

  @Test
  void aSplitWithoutAnswersCannotBeAsked() throws IOException {
    Dataset dataset = Datasets.open(root);
    assertThatThrownBy(() -> dataset.split("test"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            test
                + ": its questions have no answers, so none can be marked; ask another split:"
                + " train, val");
    assertThatThrownBy(() -> dataset.split("vla"))
        .hasMessage(root + ": no split vla; did you mean val?; known: train, val");
  }

  @Test
  void whatIsBrokenIsNamed() throws IOException {
    assertRefused(
        "\"choices\": [\"shoe\", \"stone\", \"nail\", \"boat\"],",
        "",
        "line 8: question boat: must have choices");
    assertRefused(
        "\"correct_choice_idx\": 3",
        "\"correct_choice_idx\": 4",
        "line 8: question boat: correct_choice_idx must count one of its 4 choices from 0, found 4");
    assertRefused(
        "\"correct_choice_idx\": 3,",
        "",
        "line 9: question boat: must have correct_choice_idx, as others here do");
    assertRefused(
        "\"boat\", \"question\"", "\"kite\", \"question\"", "line 8: question kite: stands twice");
    assertRefused(
        "\"question_id\": \"boat\", ", "", "line 8: question number 2: must have question_id");
    assertRefused(
        "\"rationales\": [\"Boats",
        "\"rationale\": [\"Boats",
        "line 8: question boat: unknown field rationale; did you mean rationales?");
    assertRefused(
        "[\"Boats float.\"]",
        "\"Boats float.\"",
        "line 8: question boat: rationales must be a list [ ], found \"Boats float.\"");
    assertRefused(
        "\"difficult_direct_answer\": true",
        "\"colour\": \"red\"",
        "line 8: question boat: unknown field colour; known: question_id, image_id, question,"
            + " choices, correct_choice_idx, rationales, direct_answers, difficult_direct_answer,"
            + " split");
    assertRefused(
        "[\"shoe\", \"stone\", \"nail\", \"boat\"]",
        "[\"boat\"]",
        "line 8: question boat: must have 2 to 26 choices, found 1");
    assertRefused(
        "[\"shoe\", \"stone\", \"nail\", \"boat\"]",
        "[" + "\"x\", ".repeat(26) + "\"boat\"]",
        "line 8: question boat: must have 2 to 26 choices, found 27");
    assertRefused(
        "\"correct_choice_idx\": 3",
        "\"correct_choice_idx\": -2",
        "line 8: question boat: correct_choice_idx must count one of its 4 choices from 0, found -2");
    assertRefused("What swims?", " ", "line 8: question boat: question must be a text, found none");
    assertRefused(
        "\"boat\", \"question\"",
        "\"../boat\", \"question\"",
        "line 8: question ../boat: an id becomes a part of file names: it must not be empty, begin"
            + " with a dot or hold / or \\");
    assertRefused("]}\n]", "]}\n", "line 10: not whole JSON, perhaps cut off: ", true);
  }

  @Test
  void aQuestionInTwoSplitsIsNamed() throws IOException {
    Path validation = root.resolve("aokvqa_v1p0_val.json");
    Files.writeString(validation, VALIDATION.replace("tram\", \"question", "kite\", \"question"));
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .hasMessage(validation + ": line 2: question kite: stands twice, in " + train + " too");
  }

  private void assertRefused(String found, String broken, String message) throws IOException {
    assertRefused(found, broken, message, false);
  }

  private void assertRefused(String found, String broken, String message, boolean start)
      throws IOException {
    assertThat(TRAIN).contains(found);
    Files.writeString(train, TRAIN.replace(found, broken));
    String whole = train + ": " + message;
    assertThatThrownBy(() -> Datasets.open(root))
        .isInstanceOf(UserError.class)
        .satisfies(
            error ->
                assertThat(
                        start
                            ? error.getMessage().substring(0, whole.length())
                            : error.getMessage())
                    .isEqualTo(whole));
  }
}
