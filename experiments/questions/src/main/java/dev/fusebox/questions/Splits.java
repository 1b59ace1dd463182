package dev.fusebox.questions;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The questions of a data set by split.
 *
 * @param place what names the splits, for messages
 * @param byName in the order of the files
 */
record Splits(Path place, Map<String, List<Question>> byName) {

  Splits {
    byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
  }

  Set<String> names() {
    return byName.keySet();
  }

  /**
   * The questions of a split.
   *
   * @throws UserError with the known names if there is no such split
   */
  List<Question> questions(String name) {
    List<Question> questions = byName.get(name);
    if (questions == null) {
      throw new UserError(
          "%s: no split %s%s; known: %s"
              .formatted(place, name, Spelling.hint(name, names()), String.join(", ", names())));
    }
    return questions;
  }
}
