package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** Ten questions with two options each, of which the first is right; files as people have them. */
class ScoreCommandTest {

  private static final int QUESTIONS = 10;

  @TempDir Path folder;

  @BeforeEach
  void data() throws IOException {
    String problem =
        "{\"question\": \"Which?\", \"choices\": [\"duck\", \"moss\"], \"answer\": 0, \"hint\": \"\","
            + " \"image\": null, \"grade\": \"grade3\", \"subject\": \"natural science\","
            + " \"lecture\": \"\", \"solution\": \"\", \"split\": \"test\"}";
    Files.writeString(
        folder.resolve("problems.json"), "{" + each(i -> "\"" + i + "\": " + problem, ", ") + "}");
    Files.writeString(
        folder.resolve("pid_splits.json"),
        "{\"train\": [], \"val\": [], \"test\": [" + each(i -> "\"" + i + "\"", ", ") + "]}");
  }

  private static String each(IntFunction<String> question, String between) {
    return IntStream.range(0, QUESTIONS).mapToObj(question).collect(Collectors.joining(between));
  }

  private Path answers(String name, String text) throws IOException {
    return Files.writeString(
        folder.resolve(name), each(i -> "{\"id\": " + i + ", \"text\": \"" + text + "\"}", "\n"));
  }

  private String score(String... arguments) {
    List<String> all = new ArrayList<>(List.of("--data", folder.toString()));
    all.addAll(List.of(arguments));
    StringWriter out = new StringWriter();
    new CommandLine(new ScoreCommand())
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .setExecutionExceptionHandler(
            (error, command, result) -> {
              command.getErr().print(error.getMessage());
              return 2;
            })
        .execute(all.toArray(String[]::new));
    return out.toString();
  }

  private JsonNode json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    return new ObjectMapper().readTree(score(all.toArray(String[]::new))).path("files").path(0);
  }

  /** Four of the ten are asked in training too, and a file knows those alone. */
  @Test
  void accuracyWithoutNearDuplicatesStandsBesideTheWhole() throws IOException {
    String problem =
        "{\"question\": \"%s?\", \"choices\": [\"duck\", \"moss\"], \"answer\": 0, \"hint\": \"\","
            + " \"image\": null, \"grade\": \"grade3\", \"subject\": \"natural science\","
            + " \"lecture\": \"\", \"solution\": \"\", \"split\": \"test\"}";
    Files.writeString(
        folder.resolve("problems.json"),
        "{"
            + each(i -> "\"" + i + "\": " + problem.formatted(i < 4 ? "Which" : "What " + i), ", ")
            + ", \"t\": "
            + problem.formatted("Which")
            + "}");
    Files.writeString(
        folder.resolve("pid_splits.json"),
        "{\"train\": [\"t\"], \"val\": [], \"test\": [" + each(i -> "\"" + i + "\"", ", ") + "]}");
    Path file =
        Files.writeString(
            folder.resolve("heart.jsonl"),
            each(
                i ->
                    "{\"id\": %d, \"text\": \"The answer is (%s).\"}"
                        .formatted(i, i < 7 ? "A" : "B"),
                "\n"));
    assertThat(score(file.toString()))
        .contains("Without near-duplicates of training questions", "all 10", "the 6 others")
        .containsPattern("heart\\S* +70\\.00 \\[.*] +50\\.00 \\[.*] +100\\.00 \\[");
    assertThat(json(file.toString()).path("clean").path("percent").asDouble()).isEqualTo(50);
    assertThat(score("--train", "none", file.toString())).doesNotContain("near-duplicates");
  }

  @ParameterizedTest
  @CsvSource({
    "(A), letter",
    "a, letter",
    "The answer is A., (?i)answer is:?\\s*\\(?([a-z])\\b",
    "the answer is (a)., (?i)answer is:?\\s*\\(?([a-z])\\b",
    "The answer is (A). So: The answer is (A)., (?i)answer is:?\\s*\\(?([a-z])\\b",
    "Duck., text"
  })
  void whatCannotBeReadIsCountedAndShownAndAForm(String text, String form) throws IOException {
    String file = answers("x.jsonl", text).toString();
    assertThat(score(file))
        .containsPattern("x\\.jsonl .* 0\\.00 .* 10 +10 *\\n")
        .contains(
            ("x.jsonl: 10 of its answers name no option of their question, such as 0 \"%1$s\", 1"
                    + " \"%1$s\", 2 \"%1$s\"; --answers '%2$s' would read them")
                .formatted(text, form));
    JsonNode strict = json(file);
    assertThat(strict.path("unreadable").asInt()).isEqualTo(QUESTIONS);
    assertThat(strict.path("unreadable_examples")).hasSize(3);
    assertThat(json(file, "--answers", form).path("accuracy").path("Avg").path("correct").asInt())
        .isEqualTo(QUESTIONS);
  }

  @Test
  void anOptionThatTheQuestionDoesNotHaveIsUnreadable() throws IOException {
    String file = answers("x.jsonl", "The answer is (E).").toString();
    assertThat(score(file))
        .contains("10 of its answers name no option")
        .doesNotContain("--answers");
  }

  @Test
  void aFileOfUnreadableAnswersHasItsRowBesideOthers() throws IOException {
    String right = answers("right.jsonl", "The answer is (A).").toString();
    String bare = answers("bare.jsonl", "(A)").toString();
    assertThat(score(right, bare))
        .containsPattern("right\\.jsonl .*100\\.00")
        .containsPattern("bare\\.jsonl .*0\\.00")
        .contains("only first right");
  }

  @Test
  void halfTheAnswersAreSaidToBeHalf() throws IOException {
    Path file = answers("half.jsonl", "The answer is (A).");
    Files.write(file, Files.readAllLines(file).subList(0, 5));
    assertThat(score(file.toString()))
        .contains(
            "half.jsonl answers 5 of 10 questions; its score is over those, and 50.00 over all");
    assertThat(json(file.toString()).path("answered").asInt()).isEqualTo(5);
  }

  @Test
  void anEmptyFileHasARowAndANote() throws IOException {
    Path file = Files.writeString(folder.resolve("none.jsonl"), "");
    assertThat(score(file.toString()))
        .containsPattern("none\\.jsonl +-")
        .contains("none.jsonl answers none of 10 questions");
  }

  @Test
  void emptyTargetsDoNotMakeRationalesOfAnswers() throws IOException {
    Path file = folder.resolve("x.jsonl");
    Files.writeString(
        file, each(i -> "{\"id\": " + i + ", \"text\": \"abc\", \"target\": \"\"}", "\n"));
    assertThat(json(file.toString()).path("unreadable").asInt()).isEqualTo(QUESTIONS);
  }

  @Test
  void mmCotsTargetsShowThatTextsAreAnswersInWhateverForm() throws IOException {
    Path file = folder.resolve("x.jsonl");
    String line = "{\"id\": %d, \"text\": \"?\", \"target\": \"The answer is (A).\"}";
    Files.writeString(file, each(line::formatted, "\n"));
    assertThat(json(file.toString(), "--answers", "letter").path("unreadable").asInt())
        .isEqualTo(QUESTIONS);
  }

  @Test
  void aFormThatIsNoneIsRefused() throws IOException {
    String file = answers("x.jsonl", "(A)").toString();
    assertThat(score(file, "--answers", "lettr"))
        .startsWith("--answers: lettr is none of sentence,");
  }
}
