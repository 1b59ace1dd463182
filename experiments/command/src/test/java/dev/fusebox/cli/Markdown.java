package dev.fusebox.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A page of the documentation, taken apart.
 *
 * @param file where it stands
 * @param text all of it
 */
record Markdown(Path file, String text) {

  /** The project's own folder. */
  static final Path ROOT = Path.of(System.getProperty("fusebox.root", "../..")).normalize();

  private static final Pattern FENCE =
      Pattern.compile("^( *)```(\\w*)\\n(.*?)^\\1```$", Pattern.MULTILINE | Pattern.DOTALL);
  private static final Pattern SPAN = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");
  private static final Pattern COMMAND =
      Pattern.compile("^(?:FUSEBOX_\\w+=\\S+ )?(?:\\./)?fusebox (?!fails)\\S.*");

  /**
   * A fenced block.
   *
   * @param start where it stands in the page
   * @param language after the three ticks; may be empty
   * @param text between the fences, without their indentation
   */
  record Block(int start, String language, String text) {}

  static Markdown of(String name) {
    return of(ROOT.resolve(name));
  }

  private static Markdown of(Path file) {
    try {
      return new Markdown(file, Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** README, CONTRIBUTING and everything under docs. */
  static List<Markdown> all() throws IOException {
    try (Stream<Path> docs = Files.list(ROOT.resolve("docs"))) {
      return Stream.concat(
              Stream.of("README.md", "CONTRIBUTING.md").map(ROOT::resolve),
              docs.filter(file -> file.toString().endsWith(".md")).sorted())
          .map(Markdown::of)
          .toList();
    }
  }

  List<Block> blocks() {
    return FENCE
        .matcher(text)
        .results()
        .map(found -> new Block(found.start(), found.group(2), outdented(found)))
        .toList();
  }

  private static String outdented(MatchResult block) {
    return block.group(3).replaceAll("(?m)^ {" + block.group(1).length() + "}", "");
  }

  /** What stands in single ticks outside of blocks. */
  List<String> spans() {
    return groups(SPAN, prose());
  }

  /** Where links lead that are no web addresses, without the part after {@code #}. */
  List<String> links() {
    return groups(LINK, prose()).stream()
        .filter(link -> !link.matches("(https?:|mailto:|#).*"))
        .map(link -> link.replaceFirst("#.*", ""))
        .toList();
  }

  /** Whole command lines in blocks, joined where a backslash breaks them, without comments. */
  List<String> commands() {
    return blocks().stream()
        .filter(block -> block.language().isEmpty() || block.language().equals("sh"))
        .flatMap(block -> block.text().replaceAll("\\\\\\n\\s*", "").lines())
        .filter(line -> COMMAND.matcher(line).matches())
        .map(line -> line.replaceFirst("\\s+#.*", "").strip())
        .toList();
  }

  /** Command lines in the middle of a sentence; they may leave out what the reader knows. */
  List<String> mentionedCommands() {
    return spans().stream().filter(span -> COMMAND.matcher(span).matches()).toList();
  }

  private String prose() {
    return FENCE.matcher(text).replaceAll("");
  }

  private static List<String> groups(Pattern pattern, String text) {
    return pattern.matcher(text).results().map((MatchResult found) -> found.group(1)).toList();
  }

  @Override
  public String toString() {
    return ROOT.relativize(file).toString();
  }
}
