package dev.fusebox.lab.config;

import com.typesafe.config.ConfigOrigin;
import dev.fusebox.file.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that is wrong with a config, reported together. */
public final class Problems {

  private static final String NEXT =
      "Put these right and run the same command again; fusebox describe shows every key.";

  private static final int SHOWN = 50;

  private static final Pattern LAST = Pattern.compile("(?:\"(?:[^\"\\\\]|\\\\.)*\"|[^.\"])*$");

  private final List<Problem> found = new ArrayList<>();
  private final Set<Reported> reported = new HashSet<>();

  private record Reported(String file, int line, String name) {}

  /**
   * Notes a problem; one of the same name in the same line is noted once, under its first key.
   * Where the line is not known, a block that is written in several places, the words decide.
   */
  public void add(ConfigOrigin origin, String key, String message) {
    String file = ConfigOrigins.file(origin);
    int line = origin.lineNumber();
    if (reported.add(new Reported(file, line, line > 0 ? last(key) : key + " " + message))) {
      found.add(new Problem(file, line, key, message));
    }
  }

  /** The last name of a key. */
  private static String last(String key) {
    Matcher name = LAST.matcher(key.split(" = ", 2)[0]);
    return name.find() ? name.group() : key;
  }

  /** Whether nothing is wrong so far. */
  public boolean none() {
    return found.isEmpty();
  }

  /** What was found, in the order of the file. */
  public List<Problem> all() {
    return found.stream()
        .sorted(Comparator.comparing(Problem::file).thenComparing(Problem::line))
        .toList();
  }

  /**
   * Throws if anything is wrong with {@code file}.
   *
   * @throws UserError that lists every problem
   */
  public void orThrow(String file) {
    if (!none()) {
      throw new UserError(describe(file));
    }
  }

  private String describe(String file) {
    List<Problem> sorted = new ArrayList<>(all());
    sorted.sort(Comparator.comparing(problem -> !problem.file().equals(file)));
    int places = width(sorted.stream().map(problem -> problem.place(file)).toList());
    int keys = width(sorted.stream().map(Problem::key).toList());
    StringBuilder text = new StringBuilder(file);
    text.append(sorted.size() == 1 ? ": 1 problem\n" : ": " + sorted.size() + " problems\n");
    String row = "  %-" + places + "s  %-" + keys + "s  %s%n";
    for (Problem problem : sorted.subList(0, Math.min(SHOWN, sorted.size()))) {
      text.append(row.formatted(problem.place(file), problem.key(), problem.message()));
    }
    if (sorted.size() > SHOWN) {
      text.append("  and ").append(sorted.size() - SHOWN).append(" more\n");
    }
    return text.append(NEXT).toString();
  }

  private static int width(List<String> cells) {
    return Math.max(1, cells.stream().mapToInt(String::length).max().orElse(1));
  }
}
