package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
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
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StageStoreTest {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @TempDir Path root;
  private StageStore store;

  @BeforeEach
  void open() {
    store = new StageStore(root, new FileHashes(root.resolve(".hashes"), false));
  }

  private StageFolder computed(StageStore.Maker maker) throws IOException {
    return store.computed(
        "stage",
        "alike",
        NOTHING,
        maker,
        turn -> {
          throw new AssertionError("nobody else has the lock");
        });
  }

  private static Map<String, Number> write(Path directory) throws IOException {
    Files.writeString(directory.resolve("result.txt"), "result");
    return Map.of("questions", 3);
  }

  private static Map<String, Number> never(Path directory) {
    throw new AssertionError("made again");
  }

  /** What an estimate is made from. */
  @Test
  void theSecondsOfFinishedStagesAreKnownByLikenessAndResumedOnesLeftOut() throws IOException {
    assertThat(
            new StageStore(root.resolve("none"), new FileHashes(root.resolve(".h"), false))
                .seconds())
        .isEmpty();
    computed(StageStoreTest::write);
    Files.createDirectories(root.resolve("resumed.partial"));
    store.computed("resumed", "alike", NOTHING, StageStoreTest::write, turn -> {});
    assertThat(store.seconds()).containsOnlyKeys("alike");
    assertThat(store.seconds().get("alike"))
        .singleElement()
        .satisfies(seconds -> assertThat(seconds).isBetween(0.0, 60.0));
  }

  /** A trainer may go on from what it left, and its message leads there. */
  @Test
  void whatAFailedStageLeftIsThereForTheNextTry() throws IOException {
    assertThatThrownBy(
            () ->
                computed(
                    directory -> {
                      Files.writeString(directory.resolve("state.txt"), "half way");
                      throw new UserError("kept in " + directory.resolve("state.txt"));
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage("kept in " + root.resolve("stage.partial/state.txt"));
    assertThatThrownBy(
            () ->
                computed(
                    directory -> {
                      assertThat(directory.resolve("state.txt")).hasContent("half way");
                      throw new IOException("gone");
                    }))
        .hasMessage("gone");
    StageFolder folder = computed(StageStoreTest::write);
    assertThat(folder.path().resolve("state.txt")).hasContent("half way");
    assertThat(root.resolve("stage.partial")).doesNotExist();
  }

  @Test
  void whatAKilledProcessWasWritingIsNotPartOfTheResult() throws IOException {
    Path partial = Files.createDirectories(root.resolve("stage.partial/features"));
    Files.writeString(UnfinishedFiles.beside(partial.resolve("detr.npy")), "half");
    Files.writeString(partial.resolveSibling("state.txt"), "to go on from");
    StageFolder folder = computed(StageStoreTest::write);
    assertThat(folder.path().resolve("features")).isEmptyDirectory();
    assertThat(folder.path().resolve("state.txt")).hasContent("to go on from");
    assertThat(folder.bytes()).isEqualTo("to go on from".length() + "result".length());
    assertThat(folder.figures()).containsEntry("questions", 3);
  }

  /** Killed between the record and the last move: all is there but the name. */
  @Test
  void aWholeResultUnderItsPartialNameIsNotMadeAgain() throws IOException {
    StageFolder first = computed(StageStoreTest::write);
    Files.move(first.path(), root.resolve("stage.partial"));
    assertThat(computed(StageStoreTest::never)).isEqualTo(first);
  }

  /** What a trainer left there looks finished, and is not what it was. */
  @Test
  void aDamagedResultUnderItsPartialNameIsNothingToGoOnFrom() throws IOException {
    Path partial = root.resolve("stage.partial");
    Files.move(computed(StageStoreTest::write).path(), partial);
    Files.writeString(partial.resolve("result.txt"), "tluser");
    computed(
        directory -> {
          assertThat(directory).isEmptyDirectory();
          return write(directory);
        });
    assertThat(root.resolve("stage/result.txt")).hasContent("result");
  }

  @Test
  void aWholeResultIsNotMadeAgainWhateverAPersonPutsBesideIt() throws IOException {
    Path folder = computed(StageStoreTest::write).path();
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(store.damage("stage")).isEmpty();
    computed(StageStoreTest::never);
  }

  /** Whatever befalls a file: what is wrong with it, in a word that the message has. */
  enum Damage {
    SHORTENED("result.txt holds 3 bytes, but 6") {
      @Override
      void to(Path folder) throws IOException {
        Files.writeString(folder.resolve("result.txt"), "res");
      }
    },
    EXCHANGED("result.txt has changed") {
      @Override
      void to(Path folder) throws IOException {
        Files.writeString(folder.resolve("result.txt"), "tluser");
      }
    },
    TAKEN("result.txt is missing") {
      @Override
      void to(Path folder) throws IOException {
        Files.delete(folder.resolve("result.txt"));
      }
    },
    NO_RECORD("states no schema") {
      @Override
      void to(Path folder) throws IOException {
        Files.writeString(folder.resolve("stage.json"), "{}");
      }
    },
    CUT_RECORD("is not complete JSON") {
      @Override
      void to(Path folder) throws IOException {
        String whole = Files.readString(folder.resolve("stage.json"));
        Files.writeString(folder.resolve("stage.json"), whole.substring(0, whole.length() / 2));
      }
    },
    LIST("expected an object, found []") {
      @Override
      void to(Path folder) throws IOException {
        Files.writeString(folder.resolve("stage.json"), "[]");
      }
    },
    ANOTHER_FIGURE("its checksum differs") {
      @Override
      void to(Path folder) throws IOException {
        String whole = Files.readString(folder.resolve("stage.json"));
        String other = whole.replace("\"questions\" : 3", "\"questions\" : 4");
        assertThat(other).isNotEqualTo(whole);
        Files.writeString(folder.resolve("stage.json"), other);
      }
    },
    ANOTHER_VERSION("has schema 2, and this Fusebox reads 1") {
      @Override
      void to(Path folder) throws IOException {
        String whole = Files.readString(folder.resolve("stage.json"));
        Files.writeString(
            folder.resolve("stage.json"), whole.replace("\"schema\" : 1", "\"schema\" : 2"));
      }
    };

    private final String told;

    Damage(String told) {
      this.told = told;
    }

    abstract void to(Path folder) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void damageIsToldAndMadeAgain(Damage damage) throws IOException {
    Path folder = computed(StageStoreTest::write).path();
    damage.to(folder);
    assertThat(store.damage("stage"))
        .hasValueSatisfying(
            what -> assertThat(what).startsWith(folder.toString()).contains(damage.told));
    computed(StageStoreTest::write);
    assertThat(store.damage("stage")).isEmpty();
    assertThat(folder.resolve("result.txt")).hasContent("result");
  }

  @Test
  void aStageUnderTheNameOfAnotherIsTold() throws IOException {
    Files.move(computed(StageStoreTest::write).path(), root.resolve("other"));
    assertThat(store.damage("other").orElseThrow()).contains("belongs to another stage, stage");
    assertThat(store.find("other")).isEmpty();
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
                      StageStoreTest::never,
                      turn -> {
                        turns.add(turn);
                        if (turn == 1) {
                          throw new IllegalStateException("enough");
                        }
                      }))
          .hasMessage("enough");
      assertThat(turns).containsExactly(0, 1);
      assertThat(store.attempted("stage", "alike", NOTHING, (folder, lost) -> never(folder)))
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
                computed(
                    directory -> {
                      throw new UserError(directory.resolve("lines.txt") + " is too short");
                    }))
        .as("after it was taken over, too, a message leads to what is left")
        .hasMessage(root.resolve("stage.partial/lines.txt") + " is too short");
    assertThat(root.resolve("stage.partial/lines.txt")).exists();
    computed(StageStoreTest::write);
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
