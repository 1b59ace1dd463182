package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
    store.computed("resumed", "resumed", NOTHING, StageStoreTest::write, turn -> {});
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
  void aFinishedStageTellsWhenItWasMadeAndHowLongItTook() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    StageFolder made =
        computed(
            directory -> {
              sleep(30);
              return write(directory);
            });
    assertThat(made.path()).isEqualTo(root.resolve("stage"));
    assertThat(made.seconds()).isBetween(0.03, 10.0);
    assertThat(made.finished()).isBetween(before, Instant.now());
    assertThat(store.find("stage")).contains(made);
    assertThat(store.find("another")).isEmpty();
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRecordOfNoTimeIsDamage() throws IOException {
    Path file = computed(StageStoreTest::write).path().resolve(StageFile.NAME);
    StageFile record = RecordFile.read(file, StageFile.class);
    RecordFile.write(
        file,
        new StageFile(
            record.name(),
            record.likeness(),
            record.description(),
            record.figures(),
            "yesterday",
            record.seconds(),
            record.resumed(),
            record.files()));
    assertThat(store.damage("stage")).contains(file + ": finished at no time: yesterday");
    assertThat(store.find("stage")).isEmpty();
  }

  @Test
  void whatWasInterruptedIsBegun() throws IOException {
    assertThat(store.begun("stage")).isFalse();
    Files.createDirectories(root.resolve("stage.partial"));
    assertThat(store.begun("stage")).isTrue();
    assertThat(store.begun("another")).isFalse();
    try (Lease lease = leases().take("another").orElseThrow()) {
      assertThat(store.begun("another")).as("held as number %d", lease.number()).isTrue();
    }
  }

  private Leases leases() {
    return new Leases(root.resolve(".locks"), LeaseTimes.USUAL);
  }

  @Test
  void whoWaitsMakesTheResultOnceTheOtherHasGivenUp() throws IOException {
    Lease other = leases().take("stage").orElseThrow();
    List<Integer> turns = new ArrayList<>();
    StageFolder made =
        store.computed(
            "stage",
            "alike",
            NOTHING,
            StageStoreTest::write,
            turn -> {
              turns.add(turn);
              if (turn == 1) {
                give(other);
              }
            });
    assertThat(turns).containsExactly(0, 1);
    assertThat(made.path().resolve("result.txt")).hasContent("result");
    assertThat(store.holder("stage")).isEmpty();
  }

  private static void give(Lease lease) {
    try {
      lease.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whoIsInterruptedWaitsNoLonger() throws IOException {
    try (Lease other = leases().take("stage").orElseThrow()) {
      assertThat(store.holder("stage").orElseThrow().pid())
          .isEqualTo(ProcessHandle.current().pid());
      assertThatThrownBy(
              () ->
                  store.computed(
                      "stage",
                      "alike",
                      NOTHING,
                      StageStoreTest::never,
                      turn -> Thread.currentThread().interrupt()))
          .isInstanceOf(InterruptedIOException.class);
      assertThat(Thread.interrupted()).as("still told to whoever asks").isTrue();
      other.requireHeld();
    }
  }

  /** How the work of somebody ends who was taken over meanwhile. */
  enum End {
    WELL {
      @Override
      void come(Path directory) {
        assertThat(directory).as("what it knew").doesNotExist();
      }
    },
    WITH_A_MESSAGE {
      @Override
      void come(Path directory) {
        throw new UserError(directory + " is gone");
      }
    },
    WITH_TROUBLE {
      @Override
      void come(Path directory) throws IOException {
        Files.writeString(directory.resolve("result.txt"), "too late");
      }
    };

    abstract void come(Path directory) throws IOException;
  }

  @ParameterizedTest
  @EnumSource
  void whoWasTakenOverLearnsItAndPublishesNothing(End end) throws IOException {
    StageStore other = new StageStore(root, new FileHashes(root.resolve(".hashes"), false));
    assertThatThrownBy(
            () ->
                computed(
                    directory -> {
                      Files.writeString(directory.resolve("state.txt"), "half way");
                      Files.setLastModifiedTime(
                          root.resolve(".locks/stage/1"), FileTime.fromMillis(0));
                      other.computed("stage", "alike", NOTHING, StageStoreTest::write, turn -> {});
                      end.come(directory);
                      return Map.of("questions", 4);
                    }))
        .isInstanceOf(LeaseLost.class);
    StageFolder made = computed(StageStoreTest::never);
    assertThat(made.figures()).containsEntry("questions", 3);
    assertThat(made.path().resolve("state.txt")).as("gone on from").hasContent("half way");
    assertThat(root.toFile().list()).containsExactlyInAnyOrder(".hashes", ".locks", "stage");
    assertThat(root.resolve(".locks")).isEmptyDirectory();
  }

  /** One of a machine that went silent; what it had done lies under the number that it held. */
  @Test
  void whatTheLastOfSeveralLeftIsGoneOnFrom() throws IOException {
    silent(1);
    silent(2);
    Path left = Files.createDirectories(root.resolve("stage.2.partial"));
    Files.writeString(left.resolve("state.txt"), "far");
    StageFolder made =
        computed(
            directory -> {
              assertThat(directory).isEqualTo(root.resolve("stage.3.partial"));
              assertThat(directory.resolve("state.txt")).hasContent("far");
              return write(directory);
            });
    assertThat(made.path().resolve("state.txt")).hasContent("far");
    assertThat(left).doesNotExist();
    assertThat(root.resolve(".locks")).isEmptyDirectory();
  }

  /** Somebody holds the lease of that number, and has not been heard of. */
  private void silent(int number) throws IOException {
    Path lock = root.resolve(".locks/stage/" + number);
    Files.createDirectories(lock.getParent());
    Files.writeString(lock, "{\"host\":");
    Files.setLastModifiedTime(lock, FileTime.fromMillis(0));
  }

  /** Whoever comes next finds it there, and a message leads there. */
  @Test
  void whatATakerLeavesLiesUnderTheFirstNameAgain() throws IOException {
    Path state = root.resolve("stage.partial/state.txt");
    silent(1);
    assertThatThrownBy(
            () ->
                computed(
                    directory -> {
                      Files.writeString(directory.resolve("state.txt"), "half");
                      throw new UserError(directory.resolve("state.txt") + " is short");
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage(state + " is short");
    assertThat(state).hasContent("half");
    silent(1);
    assertThatThrownBy(
            () ->
                computed(
                    directory -> {
                      assertThat(directory).isEqualTo(root.resolve("stage.2.partial"));
                      assertThat(directory.resolve("state.txt")).hasContent("half");
                      throw new IOException("gone");
                    }))
        .hasMessage("gone");
    assertThat(state).hasContent("half");
  }

  @Test
  void aMakerIsToldThatAnotherHasTakenOver() {
    LeaseTimes often = new LeaseTimes(Duration.ofMillis(10), Duration.ofHours(1));
    StageStore quick = new StageStore(root, new FileHashes(root.resolve(".hashes"), false), often);
    Path lock = root.resolve(".locks/stage/1");
    assertThatThrownBy(
            () ->
                quick.attempted(
                    "stage",
                    "alike",
                    NOTHING,
                    (directory, lost) -> {
                      assertThat(lost.getAsBoolean()).isFalse();
                      Files.copy(lock, lock.resolveSibling("2"));
                      for (int i = 0; i < 500 && !lost.getAsBoolean(); i++) {
                        sleep(10);
                      }
                      assertThat(lost.getAsBoolean()).isTrue();
                      return Map.of();
                    }))
        .isInstanceOf(LeaseLost.class);
    assertThat(root.resolve("stage")).doesNotExist();
  }
}
