package dev.fusebox.lab.ablation;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;

/** Why a run failed: everything that its error and its causes say. */
public final class Reason {

  private Reason() {}

  /** All of it in words. */
  public static String of(Throwable error) {
    StringBuilder text = new StringBuilder(said(error));
    Set<Throwable> seen = new HashSet<>(Set.of(error));
    for (Throwable cause = error.getCause();
        cause != null && seen.add(cause);
        cause = cause.getCause()) {
      String more = said(cause);
      String bare = cause.getMessage() == null ? more : cause.getMessage();
      if (text.indexOf(bare) < 0) {
        text.append("\ncaused by: ").append(more);
      }
    }
    return text.toString();
  }

  /** Of an error meant for people the message alone; of any other its type too. */
  private static String said(Throwable error) {
    String message = error.getMessage();
    boolean forPeople =
        error instanceof UserError
            || (error instanceof IOException && error.getClass() == IOException.class)
            || error instanceof IllegalArgumentException
            || error instanceof IllegalStateException;
    return forPeople && message != null && !message.isBlank() ? message : error.toString();
  }
}
