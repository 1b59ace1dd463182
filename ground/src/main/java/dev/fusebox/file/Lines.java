package dev.fusebox.file;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Texts of people and of failures, laid out where a line is a line.
 *
 * @since 0.1
 */
public final class Lines {

  /** As many lines of a failure as are shown unless somebody asks for all. */
  public static final int FEW = 4;

  private static final int LONGEST = 400;

  private Lines() {}

  /** The text in one line, without signs that move a terminal's cursor or turn its direction. */
  public static String single(String text) {
    return text.strip()
        .replaceAll("\\s*\\R\\s*", " ")
        .replace('\t', ' ')
        .replaceAll("[\\p{Cntrl}\u202A-\u202E\u2066-\u2069]", "\uFFFD");
  }

  /** The text's lines, each without signs that move a terminal's cursor. */
  public static List<String> of(String text) {
    return text.lines().map(line -> single("|" + line).substring(1)).toList();
  }

  /** The first lines of a text, and how many are left out where there are more. */
  public static String folded(String text, int lines) {
    List<String> all = of(text.strip());
    if (lines == Integer.MAX_VALUE) {
      return String.join("\n", all);
    }
    Stream<String> shown = all.stream().limit(lines).map(Lines::cut);
    int more = all.size() - lines;
    Stream<String> rest =
        more > 0
            ? Stream.of("… and " + more + (more == 1 ? " line" : " lines") + " more, in run.json")
            : Stream.empty();
    return Stream.concat(shown, rest).collect(Collectors.joining("\n"));
  }

  private static String cut(String line) {
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "…" : line;
  }
}
