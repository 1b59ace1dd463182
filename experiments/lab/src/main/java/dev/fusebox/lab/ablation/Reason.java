package dev.fusebox.lab.ablation;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Why a run failed: everything that its error and its causes say. */
public final class Reason {

  /** Far below what a reader of JSON takes for a text. */
  private static final int LONGEST = 1_000_000;

  private Reason() {}

  /** All of it in words. */
  public static String of(Throwable error) {
    StringBuilder text = new StringBuilder(said(error));
    Set<Throwable> seen = new HashSet<>(Set.of(error));
    for (Throwable cause = error.getCause();
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      if (!repeats(text, cause)) {
        text.append("\ncaused by: ").append(said(cause));
      }
    }
    return shortened(text.toString());
  }

  /** A word alone may stand in the text by chance. */
  private static boolean repeats(StringBuilder text, Throwable cause) {
    String message = cause.getMessage() == null ? "" : cause.getMessage().strip();
    boolean sentence = message.indexOf(' ') > 0;
    return text.indexOf(cause.toString()) >= 0
        || (!message.isEmpty() && text.toString().endsWith(": " + message))
        || (sentence && text.indexOf(message) >= 0);
  }

  /** Its two ends, if it is longer than a record can hold. */
  private static String shortened(String text) {
    return text.length() <= LONGEST
        ? text
        : "%s%n… %d characters more …%n%s"
            .formatted(
                text.substring(0, LONGEST / 2),
                text.length() - LONGEST,
                text.substring(text.length() - LONGEST / 2));
  }

  /** Of an error meant for people the message alone; of any other its type too. */
  private static String said(Throwable error) {
    String message = error.getMessage();
    boolean forPeople =
        error instanceof UserError
            || error instanceof FileFormatException
            || (error instanceof IOException && error.getClass() == IOException.class)
            || error instanceof IllegalArgumentException
            || error instanceof IllegalStateException;
    return forPeople && message != null && !message.isBlank() ? message : error.toString();
  }
}
