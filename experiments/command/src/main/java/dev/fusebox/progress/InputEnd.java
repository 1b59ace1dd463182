package dev.fusebox.progress;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.TimeUnit;

/**
 * Stops the work when standard input ends: whoever started this process and holds the other end is
 * gone, or wants it to stop. Work that does not stop then is cut off.
 */
public final class InputEnd {

  private static final int PATIENCE_SECONDS = 120; // as for Ctrl-C
  private static final int INTERRUPTED = 130;

  private InputEnd() {}

  /** Listens from now on. */
  public static void stops(Interruption interruption) {
    Thread listening = new Thread(() -> listen(System.in, interruption), "end of input");
    listening.setDaemon(true);
    listening.start();
  }

  private static void listen(InputStream input, Interruption interruption) {
    try {
      while (input.read() >= 0) {
        // whatever is said: only the end counts
      }
    } catch (IOException e) {
      // as good as its end
    }
    interruption.ask();
    try {
      TimeUnit.SECONDS.sleep(PATIENCE_SECONDS);
      Runtime.getRuntime().halt(INTERRUPTED);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
