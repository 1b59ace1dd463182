package dev.fusebox.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What is wrong with a JSON file, by file and line: all of it together, or what ends the reading.
 */
final class JsonProblems {

  private static final int SHOWN = 10;

  private final Path file;
  private final List<String> problems = new ArrayList<>();

  /** None yet. */
  JsonProblems(Path file) {
    this.file = file;
  }

  /** Notes one, and lets the reading go on. */
  void add(int line, String message) {
    problems.add("line " + line + ": " + message);
  }

  /** One that ends the reading. */
  UserError error(int line, String message) {
    return new UserError(file + ": line " + line + ": " + message);
  }

  /**
   * Ends the reading of a file.
   *
   * @throws UserError if there are any
   */
  void refuse() {
    if (problems.size() == 1) {
      throw new UserError(file + ": " + problems.get(0));
    }
    if (problems.size() > 1) {
      throw new UserError(list());
    }
  }

  private String list() {
    StringBuilder text = new StringBuilder("%s: %,d problems".formatted(file, problems.size()));
    problems.stream().limit(SHOWN).forEach(problem -> text.append("\n  ").append(problem));
    if (problems.size() > SHOWN) {
      text.append(String.format(Locale.ROOT, "%n  and %,d more", problems.size() - SHOWN));
    }
    return text.toString();
  }

  /** That the file is no JSON, or only a part of some. */
  static UserError broken(Path file, JsonProcessingException trouble) {
    String line =
        trouble.getLocation() == null
            ? "" // of a bound that is passed: depth, length of a text or a number
            : "line " + trouble.getLocation().getLineNr() + ": ";
    String what =
        trouble instanceof JsonEOFException ? "not whole JSON, perhaps cut off" : "not valid JSON";
    String why = trouble.getOriginalMessage().split("\n")[0];
    return new UserError("%s: %s%s: %s".formatted(file, line, what, why), trouble);
  }
}
