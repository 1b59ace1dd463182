package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
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

  /** Of data that are there now; what is done is counted under its table. */
  @Test
  void textsThatWillBeCutAreToldBeforeTheyAreComputed() throws IOException {
    String there = "--results=" + results;
    assertThat(first.err()).as("the data are yet to be made").doesNotContain("note:");
    assertThat(fusebox("plan", config("a"), there).err()).isEmpty();
    String told =
        """
          note: answer: 6 of 24 inputs are longer than pipeline.answer.source.maxTokens = 24 (up to 37 tokens) and are cut
          note: answer: 24 of 24 outputs are longer than pipeline.answer.target.maxTokens = 4 (up to 6 tokens) and are cut
          note: answer, writing: 1 of 3 inputs are longer than pipeline.answer.source.maxTokens = 24 (up to 25 tokens) and are cut
          note: answer, writing: 3 of 3 gold outputs are longer than pipeline.answer.target.maxTokens = 4 (up to 6 tokens), where writing ends
        """;
    assertThat(fusebox("plan", config("a"), there, "training.steps=3").err()).isEqualTo(told);
    assertThat(fusebox("run", config("a"), there, "training.steps=3", "--dry-run").err())
        .isEqualTo(told);
  }

  /** A folder of its own, so that nothing of the other tests is removed. */
  @Test
  void resultsTellWhatIsThereAndPruneRemovesWhatNoRunNeeds() throws IOException {
    Path own = folder.resolve("own");
    String config = config("pruned");
    String there = "--results=" + own;
    assertThat(fusebox("run", config, there).status()).isZero();
    Said all = fusebox("results", there);
    assertThat(all.status()).as(all.err()).isZero();
    assertThat(all.out())
        .containsPattern("mine +1 of 1 runs +3 stages +\\d")
        .containsPattern("finished stages: 3 stages, \\d")
        .containsPattern("not needed by any run: 0 stages, 0 .*\\(--prune lists them\\)")
        .containsPattern("cache: \\d.*, which only saves time");
    assertThat(fusebox("run", config, "training.steps=3", there).status()).isZero();
    Said dry = fusebox("results", there, "--prune");
    assertThat(dry.out())
        .contains("training-", "prediction-")
        .containsPattern("would remove 2 stages, \\d.*; --prune --yes does");
    assertThat(stages(own)).as("a dry run removes nothing").isEqualTo(5);
    Said wet = fusebox("results", there, "--prune", "--yes");
    assertThat(wet.status()).as(wet.err()).isZero();
    assertThat(wet.out()).startsWith("removed 2 stages, ");
    assertThat(stages(own)).isEqualTo(3);
  }

  private static long stages(Path results) throws IOException {
    try (Stream<Path> stages = Files.list(results.resolve("stages"))) {
      return stages.filter(each -> !each.getFileName().toString().startsWith(".")).count();
    }
  }

  /** The stages of a Slurm grid are in no record until its last job puts the table together. */
  @Test
  void theStagesOfAGridThatIsUnderWayAreNotRemoved() throws IOException {
    Path own = folder.resolve("grid");
    String config = config("grid");
    String there = "--results=" + own;
    Said slurm = slurm(config, there);
    assertThat(slurm.status()).as(slurm.err()).isZero();
    assertGuarded(own);
    Path alone = folder.resolve("alone");
    String plan = fusebox("plan", config, there, "--json").out();
    String key = new ObjectMapper().readTree(plan).at("/stages/0/key").asText();
    Said stage = fusebox("stage", config, key, "--results=" + alone);
    assertThat(stage.status()).as(stage.err()).isZero();
    assertThat(stages(alone)).isEqualTo(1);
    assertGuarded(alone);
    assertThat(stages(alone)).isEqualTo(1);
  }

  /** Its script calls the program by its path, which the launcher tells. */
  private static Said slurm(String config, String there) {
    String home = System.getProperty("fusebox.home");
    System.setProperty("fusebox.home", folder.toString());
    try {
      return fusebox("plan", config, there, "--slurm");
    } finally {
      if (home == null) {
        System.clearProperty("fusebox.home");
      } else {
        System.setProperty("fusebox.home", home);
      }
    }
  }

  private static void assertGuarded(Path results) {
    String why = "mine has runs to come (1), and which stages they need is not known";
    assertThat(fusebox("results", "--results=" + results).out())
        .contains("and not to be removed now: " + why);
    assertThat(fusebox("results", "--results=" + results, "--prune").out())
        .contains("--prune --yes would remove nothing now: " + why)
        .doesNotContain("would remove 1");
    Said wet = fusebox("results", "--results=" + results, "--prune", "--yes");
    assertThat(wet.status()).isEqualTo(2);
    assertThat(wet.err()).startsWith(why);
  }

  @Test
  void aPlanTellsWhatItsComparisonsCanShow() throws IOException {
    Path file = folder.resolve("power.conf");
    Files.writeString(
        file,
        TINY + "ablation { variants { a {}, b { training.steps = 3 } }, compare { b = a } }\n");
    String there = "--results=" + folder.resolve("power");
    Said before = fusebox("plan", file.toString(), there);
    assertThat(before.status()).as(before.err()).isZero();
    assertThat(before.out())
        .contains(
            "power: 3 questions cannot detect any difference (80 % power; assumed:", ": b and a\n");
    assertThat(fusebox("run", file.toString(), there).status()).isZero();
    assertThat(fusebox("plan", file.toString(), there).out())
        .containsOnlyOnce("power: 3 questions");
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
