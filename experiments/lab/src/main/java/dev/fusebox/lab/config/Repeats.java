package dev.fusebox.lab.config;

import com.typesafe.config.ConfigOriginFactory;
import dev.fusebox.lab.config.Includes.Written;
import dev.fusebox.lab.config.Outline.Definition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds keys written twice in one text, which HOCON merges silently. Two blocks of the same name,
 * where people choose the names, are a problem; a value that a later line replaces is a note. A key
 * that another file sets again is how configs override each other, and is not reported.
 */
public final class Repeats {

  private static final Set<String> MADE_UP =
      Set.of("ablation.variants", "pipeline", "models", "datasets", "fusions");

  private final Problems problems;
  private final List<String> notes;

  /** Reports errors to {@code problems} and the rest to {@code notes}, one line each. */
  public Repeats(Problems problems, List<String> notes) {
    this.problems = problems;
    this.notes = notes;
  }

  void find(Written written) {
    Map<List<String>, Definition> before = new HashMap<>();
    for (Definition definition : written.outline().definitions()) {
      Definition first = before.put(definition.path(), definition);
      if (first != null) {
        tell(written.source().name(), first, definition);
      }
    }
  }

  private void tell(String file, Definition first, Definition second) {
    String key = second.path().stream().reduce("", ConfigKeys::join);
    if (first.block() && second.block() && first.body() == second.body() && named(second)) {
      problems.add(
          ConfigOriginFactory.newSimple(file).withLineNumber(second.line()),
          key,
          "written twice, first in line " + first.line() + "; give one of them another name");
    } else if (first.plain() && second.plain()) {
      notes.add(
          "%s: %s is set in line %d and again in line %d; the last one counts"
              .formatted(file, key, first.line(), second.line()));
    } else if (first.block() && second.block() && named(second)) {
      notes.add(
          "%s: %s is written in line %d and again in line %d; both count as one"
              .formatted(file, key, first.line(), second.line()));
    }
  }

  /** Whether people choose the last part of the path: a variant, a stage, a preset. */
  private static boolean named(Definition definition) {
    List<String> path = definition.path();
    boolean ofVariant = path.size() == 5 && path.get(0).equals("ablation");
    List<String> parent = path.subList(ofVariant ? 3 : 0, path.size() - 1);
    return MADE_UP.contains(String.join(".", parent));
  }
}
