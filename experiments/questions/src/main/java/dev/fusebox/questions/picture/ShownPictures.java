package dev.fusebox.questions.picture;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code features.pictures}: which pictures of a question are shown. */
public enum ShownPictures {
  /** The first of its own: {@code image.png}, or {@code image_0.png} where there is none. */
  FIRST,
  /** All of its own: {@code image.png}, then {@code image_0.png}, {@code image_1.png} and so on. */
  QUESTION,
  /** Those of its options: {@code choice_0.png} and so on. */
  OPTIONS,
  /** All of its own, then those of its options. */
  ALL;

  /** Whether a question may have several. */
  public boolean several() {
    return this != FIRST;
  }

  /** Whether they may be those of options. */
  public boolean ofOptions() {
    return this == OPTIONS || this == ALL;
  }

  /** Whether they may be the question's own. */
  public boolean ofQuestion() {
    return this != OPTIONS;
  }

  private boolean shows(PictureName name) {
    return name.option().isPresent() ? ofOptions() : ofQuestion();
  }

  /** The pictures that are shown, by question, in the order in which they are shown. */
  SortedMap<String, List<PictureName>> of(Collection<PictureName> names) {
    SortedMap<String, List<PictureName>> shown = new TreeMap<>();
    names.stream()
        .filter(this::shows)
        .sorted()
        .forEach(
            name -> {
              List<PictureName> own =
                  shown.computeIfAbsent(name.question(), any -> new ArrayList<>());
              if (several() || own.isEmpty()) {
                own.add(name);
              }
            });
    return shown;
  }
}
