package dev.fusebox.training.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BatchFeedTest {

  private static final BatchMaker MAKER =
      new BatchMaker(T5Config.small(50, 16, 2), Optional.empty(), Optional.empty());

  private static List<Batch> step(long number) {
    return BatchParts.of(
        List.of(new Example("q" + number, new int[] {1}, new int[] {1}, "")), 1, MAKER);
  }

  /** From where a resumed training goes on to its end, and no batch beyond it is made. */
  @Test
  void everyStepComesOnceAndInItsOrder() {
    List<Long> made = Collections.synchronizedList(new ArrayList<>());
    List<String> seen = new ArrayList<>();
    try (BatchFeed feed =
        new BatchFeed(
            number -> {
              made.add(number);
              return step(number);
            },
            3,
            8)) {
      for (int i = 3; i < 8; i++) {
        seen.addAll(feed.next().get(0).ids());
      }
    }
    assertThat(seen).containsExactly("q3", "q4", "q5", "q6", "q7");
    assertThat(made).containsExactly(3L, 4L, 5L, 6L, 7L);
  }

  @Test
  void whatIsWrongWithABatchIsToldWhenItsStepComes() {
    try (BatchFeed feed =
        new BatchFeed(
            number -> {
              if (number == 1) {
                throw new UserError("features are damaged");
              }
              return step(number);
            },
            0,
            9)) {
      assertThat(feed.next().get(0).ids()).containsExactly("q0");
      assertThatThrownBy(feed::next)
          .isInstanceOf(UserError.class)
          .hasMessage("features are damaged");
    }
  }

  @Test
  void aStepIsCutIntoPartsOfOneSizeButForTheLast() {
    List<Example> examples =
        IntStream.range(0, 7)
            .mapToObj(i -> new Example("q" + i, new int[] {1}, new int[] {1}, ""))
            .toList();
    assertThat(sizes(examples, 1)).containsExactly(7);
    assertThat(sizes(examples, 2)).containsExactly(4, 3);
    assertThat(sizes(examples, 3)).containsExactly(3, 3, 1);
    assertThat(sizes(examples, 4)).containsExactly(2, 2, 2, 1);
    assertThat(sizes(examples, 99)).hasSize(7);
  }

  private static List<Integer> sizes(List<Example> examples, int parts) {
    return BatchParts.of(examples, parts, MAKER).stream().map(part -> part.ids().size()).toList();
  }

  @Test
  void twoStepsAreMadeAheadOfTheOneThatIsLearnt() throws InterruptedException {
    BlockingQueue<Long> made = new LinkedBlockingQueue<>();
    try (BatchFeed feed =
        new BatchFeed(
            number -> {
              made.add(number);
              return step(number);
            },
            0,
            9)) {
      assertThat(made.poll(10, TimeUnit.SECONDS)).isZero();
      assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(1);
      assertThat(made.poll(50, TimeUnit.MILLISECONDS)).as("before anybody asks").isNull();
      feed.next();
      assertThat(made.poll(10, TimeUnit.SECONDS)).isEqualTo(2);
      assertThat(made.poll(50, TimeUnit.MILLISECONDS)).isNull();
    }
  }

  @Test
  void anErrorWhileABatchIsMadeIsTheCauseOfWhatIsTold() {
    OutOfMemoryError error = new OutOfMemoryError("no room");
    try (BatchFeed feed =
        new BatchFeed(
            number -> {
              throw error;
            },
            0,
            1)) {
      assertThatThrownBy(feed::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("a batch could not be prepared")
          .hasCause(error);
    }
  }

  /** Whoever is interrupted in between stops, and so does the thread that makes batches. */
  @Test
  void nobodyWaitsForABatchAfterAnInterruptionNorIsOneMadeAfterTheEnd() throws Exception {
    AtomicReference<Thread> worker = new AtomicReference<>();
    CountDownLatch begun = new CountDownLatch(1);
    try (BatchFeed feed =
        new BatchFeed(
            number -> {
              worker.set(Thread.currentThread());
              begun.countDown();
              return forever(number);
            },
            0,
            9)) {
      begun.await();
      Thread.currentThread().interrupt();
      assertThatThrownBy(feed::next)
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("interrupted while a batch was prepared");
      assertThat(Thread.interrupted()).as("still told to whoever asks").isTrue();
    }
    assertThat(worker.get().isDaemon()).as("holds no program up").isTrue();
    worker.get().join(10_000);
    assertThat(worker.get().isAlive()).isFalse();
  }

  private static List<Batch> forever(long number) {
    try {
      Thread.sleep(60_000);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return step(number);
  }
}
