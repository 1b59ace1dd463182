package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code checks/kill} does at length: SIGKILL at any moment changes no bit of the results. */
class KilledProgramTest {

  private static final int KILLS = 6;
  private static final long SEED = 20;

  @TempDir Path temporary;

  @Test
  void comesToTheSameBitsWheneverItIsKilled() throws Exception {
    Program whole = Program.of(temporary.resolve("whole"), Program.GRID);
    Instant begin = Instant.now();
    assertThat(whole.start().waitFor()).as(whole.output()).isZero();
    long span = Duration.between(begin, Instant.now()).toMillis();

    Program killed = Program.of(temporary.resolve("killed"), Program.GRID);
    Random random = new Random(SEED);
    int kills = 0;
    int whileSaving = 0;
    boolean alive = true;
    while (alive && kills < KILLS) {
      Process process = killed.start();
      alive = !process.waitFor((long) (random.nextDouble() * span / 3), TimeUnit.MILLISECONDS);
      if (kills % 2 == 0) {
        waitUntilSaving(process, killed.stages());
      }
      process.destroyForcibly().waitFor();
      whileSaving += isSaving(killed.stages()) ? 1 : 0;
      kills++;
    }
    assertThat(kills).isGreaterThanOrEqualTo(3);
    assertThat(whileSaving).as("kills while a state was being saved").isPositive();

    assertThat(killed.start().waitFor()).as(killed.output()).isZero();
    Map<String, String> expected = whole.results();
    assertThat(expected.keySet()).anyMatch(name -> name.endsWith("model.safetensors"));
    Map<String, String> results = killed.results();
    assertThat(results.keySet()).isEqualTo(expected.keySet());
    expected.forEach(
        (name, content) -> assertThat(results.get(name).equals(content)).as(name).isTrue());
    tablesAndReportsAreWholeOrNotThere(killed, random);
  }

  private static final String TUNED =
      Program.GRID.replaceFirst(
          "variants \\{.*\\}\n",
          """
          variants { tuned { features = detr, fusion = gated, pipeline.rationale {
            start = pretraining
            model { tune { method = lora, rank = 2, dropout = 0.1, targets = [q, v, wo] }, frozenWeights = bfloat16 }
          } } }
          """);

  /** Killed while the adapter is learnt, with a state of it saved. */
  @Test
  void anAdapterComesToTheSameBits() throws Exception {
    Program whole = Program.of(temporary.resolve("whole"), TUNED);
    assertThat(whole.start().waitFor()).as(whole.output()).isZero();
    Program killed = Program.of(temporary.resolve("killed"), TUNED);
    for (int kill = 0; kill < 2; kill++) {
      Process process = killed.start();
      while (process.isAlive() && !learnsAnAdapter(killed.stages())) {
        Thread.sleep(1);
      }
      assertThat(process.isAlive()).as("there was something to kill").isTrue();
      process.destroyForcibly().waitFor();
    }
    assertThat(killed.start().waitFor()).as(killed.output()).isZero();
    Map<String, String> expected = whole.results();
    assertThat(expected.keySet()).anyMatch(name -> name.endsWith("adapter_model.safetensors"));
    assertThat(killed.results()).isEqualTo(expected);
    try (Stream<Path> records = Files.walk(killed.stages(), 2)) {
      assertThat(records.filter(KilledProgramTest::tellsOfAResumedTraining)).isNotEmpty();
    }
  }

  private static boolean tellsOfAResumedTraining(Path file) {
    try {
      return file.endsWith("stage.json")
          && file.getParent().getFileName().toString().startsWith("training-")
          && Files.readString(file).contains("\"resumed\" : true");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean learnsAnAdapter(Path stages) throws IOException {
    if (!Files.isDirectory(stages)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(stages, 3)) {
      return files
          .filter(file -> file.toString().matches(".*saved.step-\\d+"))
          .anyMatch(file -> Files.exists(file.resolveSibling("base.json")));
    } catch (UncheckedIOException e) {
      return false; // moved meanwhile
    }
  }

  /** Who only reads results leaves them readable; a page is there as a whole or not at all. */
  private static void tablesAndReportsAreWholeOrNotThere(Program program, Random random)
      throws Exception {
    Path page = program.folder().resolve("results/mine/report.html");
    int whileWriting = 0;
    for (String command : new String[] {"report", "table"}) {
      long span = undisturbed(program, command);
      for (double share : new double[] {random.nextDouble(), 0.8, 0.95}) {
        clear(page);
        Process process = program.start(Program.command(command, "results/mine"));
        process.waitFor((long) (share * span), TimeUnit.MILLISECONDS);
        if (command.equals("report") && share == 0.8) {
          waitUntilWriting(process, page);
        }
        process.destroyForcibly().waitFor();
        whileWriting += isWriting(page) ? 1 : 0;
        assertThat(!Files.exists(page) || Files.readString(page).strip().endsWith("</html>"))
            .as("no page, or a whole one")
            .isTrue();
      }
    }
    assertThat(whileWriting).as("kills after a page was begun").isPositive();
    assertThat(program.start(Program.command("table", "results/mine")).waitFor())
        .as(program.output())
        .isZero();
    assertThat(program.start(Program.command("report", "results/mine")).waitFor())
        .as(program.output())
        .isZero();
    assertThat(page).content().endsWith("</html>\n");
  }

  private static void waitUntilWriting(Process process, Path page) throws IOException {
    while (process.isAlive() && !isWriting(page)) {
      Thread.onSpinWait();
    }
  }

  /** Whether the page is there, or a part of it under another name. */
  private static boolean isWriting(Path page) throws IOException {
    return !written(page).isEmpty();
  }

  private static List<Path> written(Path page) throws IOException {
    try (Stream<Path> files = Files.list(page.getParent())) {
      return files.filter(file -> file.getFileName().toString().contains("report.html")).toList();
    }
  }

  private static void clear(Path page) throws IOException {
    for (Path file : written(page)) {
      Files.deleteIfExists(file);
    }
  }

  /** How long a command takes, in milliseconds; kills are told by it whatever the machine. */
  private static long undisturbed(Program program, String command) throws Exception {
    Instant begin = Instant.now();
    assertThat(program.start(Program.command(command, "results/mine")).waitFor())
        .as(program.output())
        .isZero();
    return Duration.between(begin, Instant.now()).toMillis();
  }

  private static void waitUntilSaving(Process process, Path stages) {
    while (process.isAlive() && !isSaving(stages)) {
      Thread.onSpinWait();
    }
  }

  private static boolean isSaving(Path stages) {
    if (!Files.isDirectory(stages)) {
      return false;
    }
    try (Stream<Path> files = Files.walk(stages, 3)) {
      return files.anyMatch(file -> file.toString().matches(".*saved.step-\\d+.unfinished"));
    } catch (NoSuchFileException e) {
      return false; // moved meanwhile
    } catch (UncheckedIOException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
