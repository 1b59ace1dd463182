package dev.fusebox.cli;

import dev.fusebox.progress.ProgressView;
import dev.fusebox.progress.UnderWay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Shows what other processes compute: once, or until there is nothing more to see. */
final class UnderWayView {

  private static final int TURN = 2000; // milliseconds; others write as often
  private static final String UP = "\u001b[%dA\u001b[J"; // so many lines, and clear below

  private final Path cache;
  private final PrintWriter out;
  private final boolean moving;

  UnderWayView(Path cache, PrintWriter out) {
    this.cache = cache;
    this.out = out;
    this.moving = ProgressView.columns() > 0;
  }

  /** Says what there is, nothing if there is nothing. */
  void once() throws IOException {
    List<String> lines = lines(UnderWay.in(cache, Instant.now()));
    if (!lines.isEmpty()) {
      out.println("under way:");
      lines.forEach(line -> out.println("  " + line));
    }
  }

  /** Says it again and again, in a terminal in the same place, else when another stage begins. */
  void follow() throws IOException {
    List<UnderWay> all = UnderWay.in(cache, Instant.now());
    List<String> last = List.of();
    int shown = 0;
    while (all.stream().anyMatch(each -> each.isAlive(Instant.now()))) {
      List<String> now = all.stream().map(UnderWay::stand).toList();
      if (moving || !now.equals(last)) {
        List<String> lines = lines(all);
        out.print(moving && shown > 0 ? UP.formatted(shown) : "");
        lines.forEach(out::println);
        out.flush();
        shown = lines.size();
        last = now;
      }
      pause();
      all = UnderWay.in(cache, Instant.now());
    }
    lines(all).forEach(out::println); // of those that have fallen silent
    out.println("nothing is under way");
    out.flush();
  }

  private static void pause() {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while others work", e);
    }
  }

  private static List<String> lines(List<UnderWay> all) {
    List<String> lines = new ArrayList<>();
    all.forEach(each -> lines.addAll(each.lines(Instant.now())));
    return lines;
  }
}
