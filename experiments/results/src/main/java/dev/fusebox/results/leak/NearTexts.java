package dev.fusebox.results.leak;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Finds the questions whose texts are nearly a given one's: those of at least {@value #ALIKE} by
 * Jaccard's index of their {@link Shingles}. No pair is passed over: of a text's n runs, one of any
 * n - ⌈{@value #ALIKE} n⌉ + 1 must be in every text that is near, so only the texts that hold one
 * of its rarest runs are compared (prefix filtering, Chaudhuri et al. 2006).
 */
public final class NearTexts {

  static final double ALIKE = 0.8;

  private final List<Question> questions;
  private final List<Shingles> texts;

  /** Run of words → the places of the questions that have it. */
  private final Map<String, List<Integer>> holders = new HashMap<>();

  public NearTexts(List<Question> questions) {
    this.questions = List.copyOf(questions);
    this.texts = questions.stream().map(Shingles::of).toList();
    for (int i = 0; i < texts.size(); i++) {
      for (String run : texts.get(i).runs()) {
        holders.computeIfAbsent(run, any -> new ArrayList<>()).add(i);
      }
    }
  }

  /** The questions near to one, in their order. */
  List<Question> to(Question question) {
    Shingles text = Shingles.of(question);
    int runs = text.runs().size();
    return text.runs().stream()
        .sorted(Comparator.comparingInt(run -> holding(run).size()))
        .limit(runs - (long) Math.ceil(ALIKE * runs) + 1)
        .flatMap(run -> holding(run).stream())
        .distinct()
        .filter(place -> text.alike(texts.get(place)) >= ALIKE)
        .sorted()
        .map(questions::get)
        .toList();
  }

  private List<Integer> holding(String run) {
    return holders.getOrDefault(run, List.of());
  }

  /** How many of some questions have a near one here. */
  public int near(Stream<Question> some) {
    return (int) some.filter(question -> !to(question).isEmpty()).count();
  }
}
