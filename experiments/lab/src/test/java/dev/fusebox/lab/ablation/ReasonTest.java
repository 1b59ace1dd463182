package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.file.UserError;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class ReasonTest {

  @Test
  void aMessageForPeopleStandsAlone() {
    assertThat(Reason.of(new UserError("a.conf: no such key"))).isEqualTo("a.conf: no such key");
    assertThat(Reason.of(new IOException("b: is empty"))).isEqualTo("b: is empty");
    assertThat(Reason.of(new NullPointerException())).isEqualTo("java.lang.NullPointerException");
  }

  @Test
  void everyCauseIsToldOnce() {
    IOException inner = new IOException("the disk is gone");
    assertThat(Reason.of(new UserError("x.json: the disk is gone. Try again", inner)))
        .isEqualTo("x.json: the disk is gone. Try again");
    assertThat(Reason.of(new UncheckedIOException(inner)))
        .isEqualTo("java.io.UncheckedIOException: java.io.IOException: the disk is gone");
    assertThat(
            Reason.of(
                new UserError("a", new IllegalStateException("b c", new EOFException("d e")))))
        .isEqualTo("a\ncaused by: b c\ncaused by: java.io.EOFException: d e");
  }

  /** A message of one word or none is found in nearly any text. */
  @Test
  void aShortCauseIsNotTakenForToldAlready() {
    assertThat(Reason.of(new UserError("a key is missing", new NoSuchElementException("key"))))
        .isEqualTo("a key is missing\ncaused by: java.util.NoSuchElementException: key");
    assertThat(Reason.of(new UserError("it failed", new IllegalStateException(""))))
        .isEqualTo("it failed\ncaused by: java.lang.IllegalStateException: ");
    assertThat(Reason.of(new UserError("x: key", new NoSuchElementException("key"))))
        .isEqualTo("x: key");
  }

  @Test
  void causesInACircleEnd() {
    Exception first = new Exception("one of them");
    first.initCause(new Exception("the other one", first));
    assertThat(Reason.of(first))
        .isEqualTo(
            "java.lang.Exception: one of them\ncaused by: java.lang.Exception: the other one");
  }

  /** A record is read by whoever prints tables: it must not be what nobody can read. */
  @Test
  void whatNoRecordCanHoldKeepsItsEnds() {
    String reason = Reason.of(new UserError("begin " + "x".repeat(30_000_000) + " end"));
    assertThat(reason).hasSizeLessThan(1_000_100).startsWith("begin x").endsWith("x end");
    assertThat(reason).contains("… 29000010 characters more …");
  }
}
