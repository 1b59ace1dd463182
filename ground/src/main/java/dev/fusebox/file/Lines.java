package dev.fusebox.file;

import static java.util.stream.Collectors.joining;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
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

  /** What a message for people never needs: more comes from whoever made its file. */
  private static final int MANY = 200;

  private static final int ENDLESS = 4000;

  /** From so many lines on the last is shown too: there stands what came of all the others. */
  private static final int WITH_LAST = 3;

  /** Control characters, those of eight bits too, and what turns the direction of a text. */
  private static final Pattern UNSEEN =
      Pattern.compile(
          "[\\p{Cntrl}\\u0080-\\u009F\\u061C\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

  private static final Pattern BREAK = Pattern.compile("\\R");

  private Lines() {}

  /** The text in one line, without signs that move a terminal's cursor or turn its direction. */
  public static String single(String text) {
    String line =
        BREAK
            .splitAsStream(text)
            .map(String::strip)
            .filter(part -> !part.isEmpty())
            .collect(joining(" "));
    return UNSEEN.matcher(line.replace('\t', ' ')).replaceAll("\uFFFD");
  }

  /** The text's lines, each without signs that move a terminal's cursor. */
  public static List<String> of(String text) {
    return text.lines().map(line -> single("|" + line).substring(1)).toList();
  }

  /** An error with its causes and where each was thrown, as Java prints it. */
  public static String trace(Throwable error) {
    StringWriter trace = new StringWriter();
    error.printStackTrace(new PrintWriter(trace, true));
    return plain(trace.toString());
  }

  /** A text of several lines without signs that move a terminal's cursor. */
  public static String plain(String text) {
    return String.join("\n", of(text.strip()));
  }

  /**
   * The first lines of a text and, from three on, its last one; how many are left out between them.
   *
   * @param whole where all of it is, such as {@code in run.json}
   */
  public static String folded(String text, int lines, String whole) {
    return folded(text, lines, LONGEST, whole);
  }

  /**
   * A message for people, all of it but what fills a screen many times over.
   *
   * @param whole how to see that too, such as {@code with --debug}
   */
  public static String message(String text, String whole) {
    return folded(text, MANY, ENDLESS, whole);
  }

  private static String folded(String text, int lines, int longest, String whole) {
    List<String> all = of(text.strip());
    if (lines == Integer.MAX_VALUE) {
      return String.join("\n", all);
    }
    int more = Math.max(0, all.size() - lines);
    int last = more > 0 && lines >= WITH_LAST ? 1 : 0;
    Stream<String> first = all.stream().limit(lines - last);
    Stream<String> gap = more > 0 ? Stream.of(left(more, "line", whole)) : Stream.empty();
    Stream<String> end = all.stream().skip(all.size() - last);
    return Stream.of(first, gap, end)
        .flatMap(part -> part)
        .map(line -> cut(line, longest, whole))
        .collect(joining("\n"));
  }

  private static String left(int more, String what, String whole) {
    return String.format(
        Locale.ROOT, "… and %,d %s%s more, %s", more, what, more == 1 ? "" : "s", whole);
  }

  /** The two ends of a line that is far too long. */
  private static String cut(String line, int longest, String whole) {
    if (line.codePointCount(0, line.length()) <= longest) {
      return line;
    }
    String head = line.substring(0, line.offsetByCodePoints(0, longest / 2));
    String tail = line.substring(line.offsetByCodePoints(line.length(), -longest / 2));
    int more = line.length() - head.length() - tail.length();
    return head + " " + left(more, "character", whole) + " … " + tail;
  }
}
