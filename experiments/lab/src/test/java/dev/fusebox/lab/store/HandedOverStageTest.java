package dev.fusebox.lab.store;

import static dev.fusebox.lab.store.SoleMaker.NOTHING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.FileHashes;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A store in which the lease of a stage changes hands, in one process. */
class HandedOverStageTest {

  @TempDir Path root;
  private SoleMaker sole;
  private StageStore store;

  @BeforeEach
  void open() {
    sole = SoleMaker.in(root);
    store = sole.store();
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
            SoleMaker::write,
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
                      SoleMaker::never,
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
                sole.computed(
                    directory -> {
                      Files.writeString(directory.resolve("state.txt"), "half way");
                      Files.setLastModifiedTime(
                          root.resolve(".locks/stage/1"), FileTime.fromMillis(0));
                      other.computed("stage", "alike", NOTHING, SoleMaker::write, turn -> {});
                      end.come(directory);
                      return Map.of("questions", 4);
                    }))
        .isInstanceOf(LeaseLost.class);
    StageFolder made = sole.computed(SoleMaker::never);
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
        sole.computed(
            directory -> {
              assertThat(directory).isEqualTo(root.resolve("stage.3.partial"));
              assertThat(directory.resolve("state.txt")).hasContent("far");
              return SoleMaker.write(directory);
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
                sole.computed(
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
                sole.computed(
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
                        SoleMaker.sleep(10);
                      }
                      assertThat(lost.getAsBoolean()).isTrue();
                      return Map.of();
                    }))
        .isInstanceOf(LeaseLost.class);
    assertThat(root.resolve("stage")).doesNotExist();
  }
}
