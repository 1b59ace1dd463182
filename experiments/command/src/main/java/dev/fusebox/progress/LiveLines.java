package dev.fusebox.progress;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;

/** A few lines at the bottom of a terminal that are written over, below lines that stay. */
final class LiveLines {

  private static final String UP = "\u001B[1A";
  private static final String ERASE = "\r\u001B[2K";

  private final PrintStream out;
  private final int width;
  private final List<String> lines = new ArrayList<>();
  private int painted;

  LiveLines(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /** Replaces one of the live lines. */
  synchronized void set(int slot, String text) {
    while (lines.size() <= slot) {
      lines.add("");
    }
    lines.set(slot, text);
    paint("");
  }

  /** Prints a line that stays, above the live ones. */
  synchronized void print(String text) {
    paint(text + System.lineSeparator());
  }

  /** Takes the live lines away. */
  synchronized void clear() {
    lines.clear();
    paint("");
  }

  private void paint(String above) {
    StringBuilder text = new StringBuilder();
    text.append((UP + ERASE).repeat(painted)).append(above);
    List<String> shown = lines.stream().filter(line -> !line.isEmpty()).toList();
    for (String line : shown) {
      text.append(line.length() > width ? line.substring(0, width) : line);
      text.append(System.lineSeparator());
    }
    painted = shown.size();
    out.print(text);
    out.flush();
  }
}
