package dev.fusebox.results.report;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;

/** Files under the shortest names that tell them apart. */
final class ShortNames {

  private ShortNames() {}

  /**
   * One name for each path, in order: what is left without the leading and ending parts all share.
   */
  static List<String> of(List<Path> files) {
    List<List<String>> parts = files.stream().map(ShortNames::parts).toList();
    int shortest = parts.stream().mapToInt(List::size).min().orElse(0);
    int head = 0;
    while (files.size() > 1 && head < shortest - 1 && same(parts, head, false)) {
      head++;
    }
    int tail = 0;
    while (files.size() > 1 && tail < shortest - head - 1 && same(parts, tail, true)) {
      tail++;
    }
    int from = files.size() == 1 ? Math.max(0, shortest - 2) : head;
    int until = tail;
    List<String> names =
        parts.stream().map(p -> String.join("/", p.subList(from, p.size() - until))).toList();
    return numbered(names);
  }

  /** The same file given twice still needs two names. */
  private static List<String> numbered(List<String> names) {
    if (new HashSet<>(names).size() == names.size()) {
      return names;
    }
    return IntStream.range(0, names.size()).mapToObj(i -> (i + 1) + " " + names.get(i)).toList();
  }

  private static boolean same(List<List<String>> parts, int depth, boolean fromEnd) {
    return parts.stream().map(p -> p.get(fromEnd ? p.size() - 1 - depth : depth)).distinct().count()
        == 1;
  }

  private static List<String> parts(Path file) {
    List<String> parts = new ArrayList<>();
    file.normalize().forEach(part -> parts.add(part.toString()));
    return parts;
  }
}
