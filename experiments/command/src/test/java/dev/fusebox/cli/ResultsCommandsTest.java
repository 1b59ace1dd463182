package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code run}, {@code table} and {@code report} make of results that somebody touched. */
class ResultsCommandsTest {

  private static final String TINY =
      """
      data  { demo { questions = 30, seed = 3 } }
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 2, batches.size = 4 }
      pipeline { answer { format = QCM-A, source.maxTokens = 24, target.maxTokens = 4 } }
      ablation.question = "Tiny?"
      """;

  /** What a command said, and how it ended. */
  private record Said(int status, String out, String err) {

    /** The lines of its table. */
    String table() {
      return out.lines()
          .filter(line -> !line.contains("fusebox report"))
          .filter(line -> !line.contains("too long and truncated"))
          .reduce("", (text, line) -> line.isBlank() ? text : text + line + "\n");
    }
  }

  @TempDir private static Path folder;
  private static Path results;
  private static Said first;
  private static Path weights;

  @BeforeAll
  static void run() throws IOException {
    results = folder.resolve("results");
    first = fusebox("run", config("a"), "--results", results.toString());
    assertThat(first.status()).as(first.err()).isZero();
    weights = stage("training").resolve("checkpoint/model.safetensors");
  }

  private static String config(String in) throws IOException {
    Files.createDirectories(folder.resolve(in));
    return Files.writeString(folder.resolve(in).resolve("mine.conf"), TINY).toString();
  }

  private static Said fusebox(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(arguments);
    return new Said(status, out.toString(), err.toString());
  }

  private static Said table() {
    return fusebox("table", results.resolve("mine").toString());
  }

  private static Path stage(String kind) throws IOException {
    try (Stream<Path> stages = Files.list(results.resolve("stages"))) {
      return stages
          .filter(stage -> stage.getFileName().toString().startsWith(kind))
          .findFirst()
          .orElseThrow();
    }
  }

  private static void flipAByte(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @Test
  void aRunPrintsWhatATableDoes() {
    Said table = table();
    assertThat(table.status()).as(table.err()).isZero();
    assertThat(table.table()).contains("Tiny?", "chance").isEqualTo(first.table());
  }

  @Test
  void aFlippedByteIsToldAndMadeAgain() throws IOException {
    byte[] before = Files.readAllBytes(weights);
    flipAByte(weights);
    for (Said said : new Said[] {table(), fusebox("report", results.resolve("mine").toString())}) {
      assertThat(said.status()).isEqualTo(2);
      assertThat(said.out()).isEmpty();
      assertThat(said.err())
          .contains(
              "checkpoint/model.safetensors has changed since it was finished (stage answer)",
              "Recompute them: fusebox run ");
    }
    assertThat(fusebox("plan", config("a"), "--results", results.toString()).out())
        .containsPattern("answer +damaged");
    Said again = fusebox("run", config("a"), "--results", results.toString());
    assertThat(again.status()).as(again.err()).isZero();
    assertThat(again.table()).isEqualTo(first.table());
    assertThat(weights).hasBinaryContent(before);
    assertThat(table().table()).isEqualTo(first.table());
  }

  @Test
  void aRunFolderThatLostLinesIsPutTogetherAgain() throws IOException {
    Path answers = results.resolve("mine/mine-seed1/predictions.jsonl");
    String whole = Files.readString(answers);
    Files.writeString(answers, whole.lines().findFirst().orElseThrow());
    assertThat(table().status()).isEqualTo(2);
    assertThat(fusebox("run", config("a"), "--results", results.toString()).status()).isZero();
    assertThat(answers).hasContent(whole);
  }

  @Test
  void twoConfigsOfOneNameKeepTheirResultsApart() throws IOException {
    String other = config("b");
    Said said = fusebox("run", other, "seeds=[2]", "--results", results.toString());
    assertThat(said.status()).as(said.err()).isZero();
    assertThat(said.err())
        .contains(
            results.resolve("mine") + " holds the results of ",
            "which has the same name; those of " + other + " are in " + results.resolve("mine-"));
    assertThat(table().table()).isEqualTo(first.table());
    assertThat(results.resolve("mine/mine-seed2")).doesNotExist();
  }

  @Test
  void whereNothingCanBeWrittenIsToldInAPersonsWords() throws IOException {
    Path file = Files.writeString(folder.resolve("occupied"), "mine");
    Said run = fusebox("run", config("a"), "--results", file.toString());
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains(file + ": is a file, but results need a folder: --results DIR");
    Said report =
        fusebox(
            "report",
            results.resolve("mine").toString(),
            "--out",
            file.resolve("report.html").toString());
    assertThat(report.status()).isEqualTo(2);
    assertThat(report.err()).startsWith(file.toString()).doesNotContain("Exception");
    assertThat(file).hasContent("mine");
  }

  @Test
  void aFileWhoseNameIsNoFoldersIsRefused() throws IOException {
    Path dots = Files.writeString(folder.resolve("...conf"), TINY);
    Said said = fusebox("run", dots.toString(), "--results", results.toString());
    assertThat(said.status()).isEqualTo(2);
    assertThat(said.err()).startsWith(dots.toString()).contains("give the file another name");
  }
}
