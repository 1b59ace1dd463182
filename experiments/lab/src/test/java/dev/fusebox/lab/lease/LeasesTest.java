package dev.fusebox.lab.lease;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class LeasesTest {

  private static final LeaseTimes RARELY =
      new LeaseTimes(Duration.ofMinutes(10), Duration.ofHours(1));

  @TempDir Path directory;

  private Leases leases() {
    return new Leases(directory, RARELY);
  }

  /** A lease of a machine that nobody here can see, last renewed so long ago. */
  private Path foreign(Duration ago) throws IOException {
    Path folder = Files.createDirectories(directory.resolve("stage"));
    Holder other = new Holder("node7", "another boot", 1, "5", "token");
    Path file = Files.writeString(folder.resolve("1"), Lease.text(other));
    return Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(ago)));
  }

  @Test
  void oneHoldsAndGivesBack() throws IOException {
    try (Lease lease = leases().take("stage").orElseThrow()) {
      assertThat(lease.number()).isEqualTo(1);
      assertThat(leases().take("stage")).isEmpty();
      assertThat(leases().holder("stage").orElseThrow().pid())
          .isEqualTo(ProcessHandle.current().pid());
      assertThat(leases().take("other")).hasValueSatisfying(LeasesTest::close);
      lease.requireHeld();
    }
    assertThat(leases().holder("stage")).isEmpty();
    assertThat(directory).isEmptyDirectory();
  }

  private static void close(Lease lease) {
    try {
      lease.close();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void anotherMachineIsFollowedOnceItWasNotHeardOf() throws IOException {
    foreign(RARELY.expiry().minusMinutes(1));
    assertThat(leases().take("stage")).isEmpty();
    assertThat(leases().holder("stage").orElseThrow().inWords()).isEqualTo("process 1 on node7");
    foreign(RARELY.expiry().plusMinutes(1));
    assertThat(leases().holder("stage")).isEmpty();
    try (Lease lease = leases().take("stage").orElseThrow()) {
      assertThat(lease.number()).isEqualTo(2);
      assertThat(lease.followed()).containsExactly(1);
      assertThat(leases().take("stage")).isEmpty();
    }
  }

  /** The number of a process that is gone may be another's now. */
  @Test
  void aProcessOfThisMachineIsToldFromAnotherOfItsNumber() {
    Holder here = Holder.here();
    assertThat(here.isGone()).isFalse();
    assertThat(new Holder("", here.machine(), here.pid(), "1", "").isGone()).isTrue();
    assertThat(new Holder("", here.machine(), 1L << 40, here.born(), "").isGone()).isTrue();
    assertThat(new Holder("", "another", 1L << 40, here.born(), "").isGone()).isFalse();
  }

  @Test
  void whoIsFollowedLearnsItAndLeavesTheOthersLeaseAlone() throws IOException {
    Lease first = leases().take("stage").orElseThrow();
    Files.setLastModifiedTime(directory.resolve("stage/1"), FileTime.fromMillis(0));
    try (Lease second = leases().take("stage").orElseThrow()) {
      assertThatThrownBy(first::requireHeld)
          .isInstanceOf(LeaseLost.class)
          .hasMessage("stage: another process took over while this one was not heard of");
      assertThat(first.isLost()).isTrue();
      second.forgetFollowed();
      first.close();
      second.requireHeld();
    }
    assertThat(directory).isEmptyDirectory();
  }

  /** Where all find the same holder gone, one follows. */
  @Test
  void oneOfManyFollows() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 30; round++) {
        foreign(RARELY.expiry().plusMinutes(1));
        AtomicInteger holding = new AtomicInteger();
        List<Future<Optional<Lease>>> all = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
          all.add(threads.submit(() -> leases().take("stage")));
        }
        for (Future<Optional<Lease>> each : all) {
          holding.addAndGet(each.get().isPresent() ? 1 : 0);
        }
        assertThat(holding).hasValue(1);
        for (Future<Optional<Lease>> each : all) {
          if (each.get().isPresent()) {
            each.get().get().forgetFollowed();
            each.get().get().close();
          }
        }
      }
    } finally {
      threads.shutdownNow();
    }
  }

  /** Where links are not known a file may be seen before it is whole: its age decides. */
  @Test
  void aHalfWrittenLeaseIsHeldUntilItIsOld() throws IOException {
    Path file = foreign(Duration.ZERO);
    Files.writeString(file, "{\"host\":");
    assertThat(leases().take("stage")).isEmpty();
    Files.setLastModifiedTime(file, FileTime.fromMillis(0));
    assertThat(leases().take("stage")).hasValueSatisfying(LeasesTest::close);
  }

  @Test
  void renewalIsSeenByOthers() throws Exception {
    LeaseTimes often = new LeaseTimes(Duration.ofMillis(20), Duration.ofMillis(200));
    Leases leases = new Leases(directory, often);
    try (Lease lease = leases.take("stage").orElseThrow()) {
      Thread.sleep(500);
      assertThat(lease.isLost()).isFalse();
      assertThat(leases.take("stage")).isEmpty();
    }
  }

  @Test
  void timesLeaveRoomForALateRenewal() {
    assertThatThrownBy(() -> new LeaseTimes(Duration.ofSeconds(30), Duration.ofSeconds(60)))
        .hasMessage("expiry must be at least four renewals, found PT1M and PT30S");
  }
}
