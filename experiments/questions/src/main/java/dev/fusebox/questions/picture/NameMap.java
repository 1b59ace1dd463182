package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.file.JsonReader;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * mm-cot's {@code name_map.json}: problem id → row of the feature files; where a problem has
 * several pictures, their {@linkplain PictureName names}.
 *
 * @param file where it was read from
 * @param pictured ids of the problems that have a picture of their own there
 */
record NameMap(Path file, Map<String, Integer> rows, Set<String> pictured) {

  NameMap(Path file, Map<String, Integer> rows) {
    this(file, rows, pictured(rows.keySet()));
  }

  private static Set<String> pictured(Set<String> names) {
    return names.stream()
        .map(PictureName::of)
        .filter(name -> name.option().isEmpty())
        .map(PictureName::question)
        .collect(Collectors.toSet());
  }

  static NameMap read(Path file) throws IOException {
    return JsonReader.read(
        file,
        reader -> {
          Map<String, Integer> rows = new LinkedHashMap<>();
          reader.fields(
              "the file",
              "problem",
              id -> rows.put(id, reader.integer("the row of problem " + id)));
          return new NameMap(file, rows);
        });
  }

  List<String> ids() {
    return rows.keySet().stream().sorted().toList();
  }

  /**
   * Makes sure that every problem that has a picture has a row. A split none of whose pictures has
   * one is a split without pictures, unless that is so of all.
   */
  void requireRows(Dataset dataset) {
    List<List<Question>> shown =
        dataset.splits().stream().map(split -> withPicture(dataset.split(split))).toList();
    Set<String> excused = new HashSet<>();
    if (shown.stream().flatMap(List::stream).anyMatch(this::hasRow)) {
      shown.stream()
          .filter(split -> split.stream().noneMatch(this::hasRow))
          .flatMap(List::stream)
          .forEach(question -> excused.add(question.id()));
    }
    List<String> missing =
        shown.stream()
            .flatMap(List::stream)
            .filter(question -> !hasRow(question) && !excused.contains(question.id()))
            .map(Question::id)
            .distinct()
            .toList();
    if (!missing.isEmpty()) {
      String more = missing.size() > 1 ? ", nor for %,d more".formatted(missing.size() - 1) : "";
      throw new UserError(
          "%s: there is no row for problem %s%s, though the problem has a picture"
              .formatted(file, missing.get(0), more));
    }
  }

  private static List<Question> withPicture(List<Question> questions) {
    return questions.stream().filter(Question::picture).toList();
  }

  private boolean hasRow(Question question) {
    return pictured.contains(question.id());
  }

  /**
   * Makes sure that an array is the one this map numbers: no row beyond its end, and none left over
   * where the map numbers rows without a gap, as mm-cot's does.
   */
  void requireFits(FeatureArray array) {
    rows.forEach(
        (id, row) -> {
          if (row < 0 || row >= array.rows()) {
            throw new UserError(
                "%s has %,d rows, but %s sends problem %s to row %d"
                    .formatted(array.file(), array.rows(), file, id, row));
          }
        });
    int highest = rows.values().stream().mapToInt(row -> row).max().orElse(-1);
    boolean gapless = rows.values().stream().distinct().count() == highest + 1L;
    if (gapless && highest + 1 != array.rows()) {
      throw new UserError(
          "%s has %,d rows, but %s numbers %,d: they do not belong together"
              .formatted(array.file(), array.rows(), file, highest + 1));
    }
  }
}
