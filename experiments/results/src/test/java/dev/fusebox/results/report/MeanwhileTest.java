package dev.fusebox.results.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MeanwhileTest {

  @Test
  void theCallerGoesOn() throws IOException {
    CountDownLatch asked = new CountDownLatch(1);
    Meanwhile<String> work =
        Meanwhile.of(
            () -> {
              await(asked);
              return "done";
            });
    asked.countDown(); // not reached if the work had to be done first
    assertThat(work.brought()).isEqualTo("done");
    assertThat(work.brought()).isEqualTo("done");
  }

  private static void await(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void troubleComesAsItWas() {
    UserError refusal = new UserError("no such folder");
    IOException broken = new IOException("broken");
    assertThatThrownBy(
            () ->
                Meanwhile.of(
                        () -> {
                          throw refusal;
                        })
                    .brought())
        .isSameAs(refusal);
    assertThatThrownBy(
            () ->
                Meanwhile.of(
                        () -> {
                          throw broken;
                        })
                    .brought())
        .isSameAs(broken);
  }

  @Test
  void whoIsInterruptedDoesNotWait() {
    CountDownLatch never = new CountDownLatch(1);
    Meanwhile<String> work =
        Meanwhile.of(
            () -> {
              await(never);
              return "";
            });
    Thread.currentThread().interrupt();
    assertThatThrownBy(work::brought).isInstanceOf(InterruptedIOException.class);
    assertThat(Thread.interrupted()).isTrue();
    never.countDown();
  }
}
