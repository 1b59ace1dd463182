package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  private int fusebox(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String config(String text) throws IOException {
    return Files.writeString(folder.resolve("mine.conf"), text).toString();
  }

  @Test
  void helpFitsAScreenAndBeginsWithRun() {
    assertThat(fusebox("--help")).isZero();
    assertThat(out.toString().lines().count()).isLessThanOrEqualTo(24);
    assertThat(out.toString().lines()).allMatch(line -> line.length() <= 80);
    assertThat(out.toString().indexOf("  run ")).isPositive();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void completionIsAScriptThatAShellReads() throws Exception {
    assertThat(fusebox("completion", "bash")).isZero();
    Path script = Files.writeString(folder.resolve("completion"), out.toString());
    Process bash =
        new ProcessBuilder("bash", "-c", "source \"$0\" && complete -p fusebox", script.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(bash.waitFor()).as(said).isZero();
    assertThat(said).contains("_complete_fusebox").endsWith(" fusebox\n");
    assertThat(script).content().contains("--backbone", "--prune");
    Process syntax = new ProcessBuilder("bash", "-n", script.toString()).start();
    assertThat(syntax.waitFor()).isZero();
    assertThat(fusebox("completion", "fish")).isEqualTo(2);
    assertThat(err.toString()).contains("completion fish: no such shell; known: bash, zsh");
  }

  @Test
  void everyCommandEndsItsHelpWithAnExample() {
    CommandLine main = Main.commandLine();
    assertThat(main.getSubcommands()).isNotEmpty();
    main.getSubcommands()
        .forEach(
            (name, command) ->
                assertThat(command.getUsageMessage()).as(name).contains("fusebox " + name));
  }

  /** Only the command that is asked for is read: it must be the same as among all. */
  @Test
  void aCommandAloneIsTheSame() {
    CommandLine main = Main.commandLine();
    main.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().name()).isEqualTo(name);
              CommandLine alone = Main.commandLine(name, "--help");
              assertThat(alone.getSubcommands().get(name).getUsageMessage())
                  .isEqualTo(command.getUsageMessage());
            });
    assertThat(Main.commandLine("plan").getSubcommands()).containsOnlyKeys("plan");
    assertThat(Main.commandLine("plam").getSubcommands()).hasSameSizeAs(main.getSubcommands());
    assertThat(Main.commandLine("docs").getSubcommands()).hasSameSizeAs(main.getSubcommands());
  }

  @Test
  void describesAFusionByItsName() {
    assertThat(fusebox("describe", "crossattn")).isZero();
    assertThat(out.toString()).contains("Flamingo", "everyNthLayer", "freezeLanguageModel");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void everyCommandTellsTheVersion() {
    assertThat(fusebox("--version")).isZero();
    assertThat(fusebox("run", "--version")).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allMatch(line -> line.matches("fusebox \\S+, commit \\S+( with changes)?, DJL \\d\\S+"));
  }

  @Test
  void mistakesInAConfigAreToldTogetherAndEndWithTwo() throws IOException {
    String file = config("training.epoch = 3\nfeatures = dert\npipeline.answer.format = QCM-A\n");
    assertThat(fusebox("run", file, "control=blnd")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(file + ": 3 problems")
        .contains("line 1", "did you mean training.epochs?", "line 2", "command line")
        .doesNotContain("\tat ");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aDeviceThatIsNotThereIsToldBeforeAnythingIsMade() throws IOException {
    String file = config("data.demo.questions = 60\npipeline.answer.format = QCM-A\n");
    Path results = folder.resolve("results");
    assertThat(fusebox("run", file, "device=gpu:99", "--results", results.toString())).isEqualTo(2);
    assertThat(err.toString()).startsWith("device = gpu:99: libtorch sees ");
    assertThat(results).doesNotExist();
  }

  @Test
  void aSentenceTransformerIsLookedAtBeforeAnythingIsComputed() throws IOException {
    String file = config("data.demo.questions = 60\npipeline.answer.format = QCM-A\n");
    Path empty = folder.resolve("empty");
    assertThat(fusebox("plan", file, "sentenceTransformer=" + empty)).isEqualTo(2);
    assertThat(err.toString())
        .startsWith(file + ": sentenceTransformer = " + empty + ": ")
        .contains(
            "no sentence-transformer; missing: config.json, tokenizer.json,"
                + " model.safetensors or pytorch_model.bin");
  }

  /** Whatever was typed, or stands in a file, steers no terminal and fills no screen. */
  @Test
  void whatIsToldIsPlainAndEnds() throws IOException {
    assertThat(fusebox("ru\u001b[2Jn")).isEqualTo(2);
    assertThat(fusebox("run", "a.conf", "--\u001b[2Jx")).isEqualTo(2);
    assertThat(fusebox("plan", "no\u009b2J.conf")).isEqualTo(2);
    assertThat(err.toString())
        .contains("'ru\uFFFD[2Jn'", "'--\uFFFD[2Jx'", "no\uFFFD2J.conf: no such file");
    String file = config("pipeline.answer.format = \"" + "Q".repeat(9000) + "\"\n");
    assertThat(fusebox("plan", file)).isEqualTo(2);
    assertThat(err.toString())
        .contains(" characters more, with --debug … ")
        .doesNotContain("\u001b", "\u009b", "Q".repeat(4000));
    assertThat(fusebox("plan", file, "--debug")).isEqualTo(2);
    assertThat(err.toString()).contains("Q".repeat(9000));
  }

  /** A damaged file of theirs is no failure of this program. */
  @Test
  void aTokenizerThatIsNoneIsToldAsAFileOfTheirs() throws IOException {
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    String file = config("data.demo.questions = 60\npipeline.answer.format = QCM-A\n");
    assertThat(fusebox("plan", file, "model.tokenizer=" + tokenizer)).isEqualTo(2);
    assertThat(err.toString()).startsWith(tokenizer + ": ").doesNotContain("fusebox failed");
  }

  @Test
  void anUnknownCommandEndsWithTwoAndSaysWhatThereIs() {
    assertThat(fusebox("rum")).isEqualTo(2);
    assertThat(err.toString()).contains("Did you mean").contains("run");
  }

  @Test
  void aPlanSpendsNothing() throws IOException {
    String file =
        config("data.demo.questions = 60\npipeline.answer.format = QCM-A\nablation.seeds = [1, 2]");
    Path results = folder.resolve("results");
    assertThat(fusebox("run", file, "--dry-run", "--results", results.toString())).isZero();
    assertThat(out.toString())
        .startsWith("1 variant x 2 seeds = 2 runs, 5 stages; 5 to do, 0 done, 1 shared");
    assertThat(results).doesNotExist();
    assertThat(fusebox("plan", file)).isZero();
  }

  @Test
  void describeSaysWhereEachValueComesFrom() throws IOException {
    String file = config("features = detr\npipeline.answer.format = QCM-A\n");
    assertThat(fusebox("describe", file, "training.epochs=3")).isZero();
    assertThat(out.toString())
        .containsPattern("features.source = detr +# .*mine.conf:1")
        .containsPattern("training.epochs = 3 +# command line")
        .containsPattern("training.batches.size = 8 +# reference.conf:\\d+");
  }

  @Test
  void listShowsTheFusionsOnTheClassPath() {
    assertThat(fusebox("list", "fusions")).isZero();
    assertThat(out.toString()).contains("none", "gated", "concat", "crossattn");
    assertThat(fusebox("list", "fusoins")).isEqualTo(2);
    assertThat(err.toString()).contains("did you mean fusions?");
  }
}
