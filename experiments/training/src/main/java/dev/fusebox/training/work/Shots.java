package dev.fusebox.training.work;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.retrieve.Passage;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.training.recipe.ShotSettings;
import dev.fusebox.training.recipe.Split;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Solved training questions to be read before a question (Frozen, Tsimpoukelli et al. 2021, arXiv
 * 2106.13884; Flamingo, Alayrac et al. 2022, arXiv 2204.14198). A question is never its own: not by
 * its id, and where no picture tells them apart, not by its words and options either.
 */
final class Shots {

  private final List<Question> train;
  private final ShotSettings settings;

  private Shots(List<Question> train, ShotSettings settings) {
    this.train = train;
    this.settings = settings;
  }

  /**
   * Those of each question by its id, in the order in which they are read; none where none are
   * wanted.
   */
  static Map<String, List<Question>> of(
      OpenedFiles files,
      ShotSettings settings,
      Dataset dataset,
      DataSettings data,
      List<Question> questions,
      Optional<SeenPictures> seen)
      throws IOException {
    if (settings.count() == 0) {
      return Map.of();
    }
    Shots shots = new Shots(Split.TRAIN.questions(dataset, data), settings);
    return switch (settings.choice()) {
      case RANDOM -> shots.random(questions);
      case NEAREST -> shots.nearest(files, questions);
      case NEAREST_PICTURE ->
          seen.isPresent()
              ? shots.alike(files, questions, seen.get())
              : shots.nearest(files, questions);
    };
  }

  private Map<String, List<Question>> alike(
      OpenedFiles files, List<Question> questions, SeenPictures seen) throws IOException {
    AlikePictures pictures = new AlikePictures(train, seen.ofShots());
    Map<String, List<Question>> shots = new HashMap<>();
    List<Question> without = new ArrayList<>();
    for (Question question : questions) {
      Optional<float[]> direction = AlikePictures.direction(seen.own(), question.id());
      if (direction.isPresent()) {
        shots.put(
            question.id(),
            pictures.nearest(direction.get(), settings.count(), each -> !isSame(each, question)));
      } else {
        without.add(question);
      }
    }
    shots.putAll(without.isEmpty() ? Map.of() : nearest(files, without));
    return shots;
  }

  private Map<String, List<Question>> random(List<Question> questions) {
    Map<String, List<Question>> shots = new HashMap<>();
    for (Question question : questions) {
      shots.put(question.id(), drawn(train, question, settings.count()));
    }
    return shots;
  }

  /**
   * At most so many others, each of which may be drawn; a small part of a large list is drawn fast.
   */
  private List<Question> drawn(List<Question> from, Question question, int most) {
    Random random = new Random(settings.seed() * 1_000_003 + question.origin().hashCode());
    Map<Integer, Integer> moved = new HashMap<>(); // a shuffle of which only the beginning is done
    List<Question> drawn = new ArrayList<>();
    for (int at = 0; at < from.size() && drawn.size() < most; at++) {
      int other = at + random.nextInt(from.size() - at);
      Question candidate = from.get(moved.getOrDefault(other, other));
      moved.put(other, moved.getOrDefault(at, at));
      if (!isSame(candidate, question)) {
        drawn.add(candidate);
      }
    }
    return drawn;
  }

  /** Of questions with the same words any, drawn. */
  private Map<String, List<Question>> nearest(OpenedFiles files, List<Question> questions)
      throws IOException {
    Map<String, List<Question>> byWords = new LinkedHashMap<>();
    for (Question each : train) {
      byWords.computeIfAbsent(words(each), any -> new ArrayList<>()).add(each);
    }
    Map<String, List<Question>> shots = new HashMap<>();
    try (PassageIndex index = files.passages(Optional.empty(), List.copyOf(byWords.keySet()))) {
      for (Question question : questions) {
        List<Question> found = new ArrayList<>();
        for (Passage hit : index.search(words(question), settings.count() + 1)) {
          found.addAll(drawn(byWords.get(hit.text()), question, settings.count() - found.size()));
        }
        Collections.reverse(found);
        shots.put(question.id(), found);
      }
    }
    return shots;
  }

  private static String words(Question question) {
    return PassageIndex.query(question).strip();
  }

  private static boolean isSame(Question one, Question other) {
    boolean pictured = one.picture() || other.picture();
    return one.id().equals(other.origin())
        || (!pictured
            && one.question().equals(other.question())
            && one.hint().equals(other.hint())
            && Set.copyOf(one.choices()).equals(Set.copyOf(other.choices())));
  }
}
