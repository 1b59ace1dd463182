package dev.fusebox.questions;

import dev.fusebox.file.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Questions in named splits. */
public interface Dataset {

  /**
   * The names of the splits: {@code train}, {@code val}, {@code test}, {@code minitrain} and so on.
   */
  Set<String> splits();

  /**
   * The questions of a split, in its official order.
   *
   * @throws UserError with the known names if there is no such split
   */
  List<Question> split(String name);

  /**
   * The first questions of a split.
   *
   * @param limit how many, or which share of them; without it all
   * @see SplitLimits
   */
  default List<Question> split(String name, Optional<Double> limit) {
    List<Question> all = split(name);
    return all.subList(0, SplitLimits.apply(limit, all.size()));
  }

  /**
   * The columns by which tables of these data divide the score, in their order; without any there
   * is the score over all questions alone.
   */
  default List<Category> categories() {
    return List.of();
  }

  /**
   * What the data say that a question is about, in as few words as possible: its topic, or its
   * tags; empty where they say nothing.
   */
  default List<String> kinds(Question question) {
    return categories().stream()
        .filter(category -> category.contains(question))
        .map(Category::label)
        .toList();
  }

  /**
   * What people answered in their own words, by question id, where the data tell; of questions that
   * are too hard to be answered so there is none.
   */
  default Map<String, List<String>> directAnswers() {
    return Map.of();
  }

  /**
   * The pictures whose files the questions name themselves, as name maps call them: by question id,
   * or {@code ID/image_0} and so on where a question has several, and {@code ID/choice_0} for its
   * options.
   */
  default Map<String, Path> namedPictures() {
    return Map.of();
  }

  /**
   * What the pictures show where, where the data tell: question id → name of a region → what is
   * there in words.
   */
  default Map<String, Map<String, String>> regions() {
    return Map.of();
  }

  /** A hash of everything the questions were read from. */
  String fingerprint();
}
