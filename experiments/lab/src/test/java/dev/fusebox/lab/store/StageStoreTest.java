package dev.fusebox.lab.store;

import static dev.fusebox.lab.store.SoleMaker.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a store keeps, finds again, and holds for damaged. */
class StageStoreTest {

  @TempDir Path root;
  private SoleMaker sole;
  private StageStore store;

  @BeforeEach
  void open() {
    sole = SoleMaker.in(root);
    store = sole.store();
  }

  /** What an estimate is made from. */
  @Test
  void theSecondsOfFinishedStagesAreKnownByLikenessAndResumedOnesLeftOut() throws IOException {
    assertThat(
            new StageStore(root.resolve("none"), new FileHashes(root.resolve(".h"), false))
                .seconds())
        .isEmpty();
    sole.computed(SoleMaker::write);
    Files.createDirectories(root.resolve("resumed.partial"));
    store.computed("resumed", "resumed", NOTHING, SoleMaker::write, turn -> {});
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
                sole.computed(
                    directory -> {
                      Files.writeString(directory.resolve("state.txt"), "half way");
                      throw new UserError("kept in " + directory.resolve("state.txt"));
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage("kept in " + root.resolve("stage.partial/state.txt"));
    assertThatThrownBy(
            () ->
                sole.computed(
                    directory -> {
                      assertThat(directory.resolve("state.txt")).hasContent("half way");
                      throw new IOException("gone");
                    }))
        .hasMessage("gone");
    StageFolder folder = sole.computed(SoleMaker::write);
    assertThat(folder.path().resolve("state.txt")).hasContent("half way");
    assertThat(root.resolve("stage.partial")).doesNotExist();
  }

  @Test
  void whatAKilledProcessWasWritingIsNotPartOfTheResult() throws IOException {
    Path partial = Files.createDirectories(root.resolve("stage.partial/features"));
    Files.writeString(UnfinishedFiles.beside(partial.resolve("detr.npy")), "half");
    Files.writeString(partial.resolveSibling("state.txt"), "to go on from");
    StageFolder folder = sole.computed(SoleMaker::write);
    assertThat(folder.path().resolve("features")).isEmptyDirectory();
    assertThat(folder.path().resolve("state.txt")).hasContent("to go on from");
    assertThat(folder.bytes()).isEqualTo("to go on from".length() + "result".length());
    assertThat(folder.figures()).containsEntry("questions", 3);
  }

  /** Killed between the record and the last move: all is there but the name. */
  @Test
  void aWholeResultUnderItsPartialNameIsNotMadeAgain() throws IOException {
    StageFolder first = sole.computed(SoleMaker::write);
    Files.move(first.path(), root.resolve("stage.partial"));
    assertThat(sole.computed(SoleMaker::never)).isEqualTo(first);
  }

  /** What a trainer left there looks finished, and is not what it was. */
  @Test
  void aDamagedResultUnderItsPartialNameIsNothingToGoOnFrom() throws IOException {
    Path partial = root.resolve("stage.partial");
    Files.move(sole.computed(SoleMaker::write).path(), partial);
    Files.writeString(partial.resolve("result.txt"), "tluser");
    sole.computed(
        directory -> {
          assertThat(directory).isEmptyDirectory();
          return SoleMaker.write(directory);
        });
    assertThat(root.resolve("stage/result.txt")).hasContent("result");
  }

  @Test
  void aWholeResultIsNotMadeAgainWhateverAPersonPutsBesideIt() throws IOException {
    Path folder = sole.computed(SoleMaker::write).path();
    Files.writeString(folder.resolve("notes.txt"), "mine");
    assertThat(store.damage("stage")).isEmpty();
    sole.computed(SoleMaker::never);
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
    Path folder = sole.computed(SoleMaker::write).path();
    damage.to(folder);
    assertThat(store.damage("stage"))
        .hasValueSatisfying(
            what -> assertThat(what).startsWith(folder.toString()).contains(damage.told));
    sole.computed(SoleMaker::write);
    assertThat(store.damage("stage")).isEmpty();
    assertThat(folder.resolve("result.txt")).hasContent("result");
  }

  @Test
  void aStageUnderTheNameOfAnotherIsTold() throws IOException {
    Files.move(sole.computed(SoleMaker::write).path(), root.resolve("other"));
    assertThat(store.damage("other").orElseThrow()).contains("belongs to another stage, stage");
    assertThat(store.find("other")).isEmpty();
  }

  @Test
  void aFinishedStageTellsWhenItWasMadeAndHowLongItTook() throws IOException {
    Instant before = Instant.now().minusSeconds(1);
    StageFolder made =
        sole.computed(
            directory -> {
              SoleMaker.sleep(30);
              return SoleMaker.write(directory);
            });
    assertThat(made.path()).isEqualTo(root.resolve("stage"));
    assertThat(made.seconds()).isBetween(0.03, 10.0);
    assertThat(made.finished()).isBetween(before, Instant.now());
    assertThat(store.find("stage")).contains(made);
    assertThat(store.find("another")).isEmpty();
  }

  @Test
  void aRecordOfNoTimeIsDamage() throws IOException {
    Path file = sole.computed(SoleMaker::write).path().resolve(StageFile.NAME);
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
            record.computedOn(),
            record.resumed(),
            record.files()));
    assertThat(store.damage("stage")).contains(file + ": finished at no time: yesterday");
    assertThat(store.find("stage")).isEmpty();
  }

  @Test
  void aResultSaysWhereItWasComputed() throws IOException {
    ComputedOn place = new ComputedOn("cpu", "2.7.1");
    StageStore told =
        new StageStore(root, new FileHashes(root.resolve(".hashes"), false), () -> place);
    SoleMaker maker = new SoleMaker(told);
    assertThat(maker.computed(SoleMaker::write).computedOn()).isEqualTo(place);
    assertThat(told.find("stage").orElseThrow().computedOn()).isEqualTo(place);
    assertThat(store.find("stage").orElseThrow().computedOn()).isEqualTo(place);
  }

  @Test
  void whatWasInterruptedIsBegun() throws IOException {
    assertThat(store.begun("stage")).isFalse();
    assertThat(store.known()).isEmpty();
    Files.createDirectories(root.resolve("stage.partial"));
    assertThat(store.begun("stage")).isTrue();
    assertThat(store.begun("another")).isFalse();
    Leases leases = new Leases(root.resolve(".locks"), LeaseTimes.USUAL);
    try (Lease lease = leases.take("another").orElseThrow()) {
      assertThat(store.begun("another")).as("held as number %d", lease.number()).isTrue();
      Files.createDirectories(root.resolve("third.2.partial"));
      Files.createDirectories(root.resolve("whole"));
      assertThat(store.known()).contains("stage", "another", "third", "whole");
      assertThat(store.known()).doesNotContain("third.2", "none");
    }
  }
}
