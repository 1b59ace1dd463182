package dev.fusebox.lab.store;

import static dev.fusebox.lab.store.SoleMaker.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Holder;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A store that several processes work in, some of which are stopped or killed. */
class StageStoreProcessesTest {

  @TempDir Path root;
  private SoleMaker sole;
  private StageStore store;

  @BeforeEach
  void open() {
    sole = SoleMaker.in(root);
    store = sole.store();
  }

  @Test
  void whoWaitsForAnotherProcessSaysSoAndMayGiveUp() throws Exception {
    Process other = worker("other", 60_000);
    try {
      List<Integer> turns = new ArrayList<>();
      assertThatThrownBy(
              () ->
                  store.computed(
                      "stage",
                      "alike",
                      NOTHING,
                      SoleMaker::never,
                      turn -> {
                        turns.add(turn);
                        if (turn == 1) {
                          throw new IllegalStateException("enough");
                        }
                      }))
          .hasMessage("enough");
      assertThat(turns).containsExactly(0, 1);
      assertThat(
              store.attempted("stage", "alike", NOTHING, (folder, lost) -> SoleMaker.never(folder)))
          .as("without waiting")
          .isEmpty();
      assertThat(store.holder("stage").orElseThrow().inWords())
          .isEqualTo("process %d on %s".formatted(other.pid(), Holder.thisHost()));
    } finally {
      other.destroyForcibly().waitFor();
    }
    assertThat(store.holder("stage")).as("gone, as this machine knows at once").isEmpty();
    assertThat(store.begun("stage")).isTrue();
    assertThatThrownBy(
            () ->
                sole.computed(
                    directory -> {
                      throw new UserError(directory.resolve("lines.txt") + " is too short");
                    }))
        .as("after it was taken over, too, a message leads to what is left")
        .hasMessage(root.resolve("stage.partial/lines.txt") + " is too short");
    assertThat(root.resolve("stage.partial/lines.txt")).exists();
    sole.computed(SoleMaker::write);
    assertThat(root.resolve("stage/lines.txt")).as("gone on from").hasContent("0");
  }

  /** A process that is stopped long enough is taken over; it wakes up and does no harm. */
  @Test
  void whoStoodStillTooLongNoticesAndPublishesNothing() throws Exception {
    Process asleep = worker("asleep", 30);
    signal("STOP", asleep);
    Thread.sleep(StageWorker.SHORT.expiry().toMillis() + 200);
    Process taker = worker("taker", 100);
    signal("CONT", asleep);
    assertThat(asleep.waitFor()).isZero();
    assertThat(said("asleep")).isEqualTo("lost");
    assertThat(taker.waitFor()).isZero();
    assertThat(said("taker")).isEqualTo("made");
    assertThat(Files.readAllLines(root.resolve("stage/lines.txt")))
        .hasSize(StageWorker.LINES)
        .doesNotHaveDuplicates();
    assertThat(StageWorker.store(root).damage("stage")).isEmpty();
    assertThat(root.resolve(".locks")).isEmptyDirectory();
    assertThat(files()).containsExactly(".hashes", ".locks", "stage");
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(root)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.endsWith(".txt"))
          .sorted()
          .toList();
    }
  }

  /** Several processes, killed at random: every line is there once, whoever wrote it. */
  @Test
  void processesThatAreKilledLeaveNoTrace() throws Exception {
    Random random = new Random(4);
    List<Process> killed = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      killed.add(StageWorker.start(root, "stage", root.resolve("killed" + i + ".txt"), 40));
    }
    for (Process each : killed) {
      each.waitFor(100 + random.nextInt(200), TimeUnit.MILLISECONDS);
      each.destroyForcibly().waitFor();
    }
    assertThat(StageWorker.start(root, "stage", root.resolve("last.txt"), 1).waitFor()).isZero();
    assertThat(said("last")).isEqualTo("made");
    assertThat(Files.readAllLines(root.resolve("stage/lines.txt")))
        .hasSize(StageWorker.LINES)
        .doesNotHaveDuplicates();
  }

  private String said(String worker) throws IOException {
    return Files.readString(root.resolve(worker + ".txt"));
  }

  /** A process at work on {@code stage}; returns once it has begun, or ended. */
  private Process worker(String name, long pause) throws Exception {
    long before = lines();
    Process process = StageWorker.start(root, "stage", root.resolve(name + ".txt"), pause);
    while (process.isAlive() && lines() <= before) {
      Thread.sleep(10);
    }
    return process;
  }

  /** In all unfinished folders. */
  private long lines() throws IOException {
    long lines = 0;
    try (DirectoryStream<Path> folders = Files.newDirectoryStream(root, "*.partial")) {
      for (Path folder : folders) {
        Path file = folder.resolve("lines.txt");
        lines = Math.max(lines, Files.exists(file) ? Files.readAllLines(file).size() : 0);
      }
    } catch (NoSuchFileException | DirectoryIteratorException e) {
      return lines; // moved meanwhile
    }
    return lines;
  }

  private static void signal(String name, Process process) throws Exception {
    String pid = Long.toString(process.pid());
    assertThat(new ProcessBuilder("kill", "-" + name, pid).start().waitFor()).isZero();
  }
}
