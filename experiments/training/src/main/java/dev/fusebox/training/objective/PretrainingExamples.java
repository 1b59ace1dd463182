package dev.fusebox.training.objective;

import dev.fusebox.file.UserError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** A mixture of objectives over the text of a data set. */
public final class PretrainingExamples {

  private static final long SPREAD = 0x9E6C63D0876A9A35L; // keeps neighbouring numbers apart

  private final List<Part> parts;
  private final double total;
  private final long seed;

  /** An objective and how often its turn comes. */
  private record Part(PretrainingObjective objective, double weight) {}

  /**
   * A mixture.
   *
   * @param weights by the objectives' names; one with weight 0 is left out
   * @param texts what is practised on
   * @param longest in tokens; longer sources of span corruption and captioning are cut
   * @throws UserError for an unknown name
   */
  public PretrainingExamples(
      Map<String, Double> weights, PicturedTexts texts, Tokens tokens, int longest, long seed) {
    // In the order of their names: a mixture does not depend on how a map lists it.
    parts =
        new TreeMap<>(weights)
            .entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(
                    entry ->
                        new Part(
                            Objective.of(entry.getKey()).over(texts, tokens, longest),
                            entry.getValue()))
                .toList();
    total = parts.stream().mapToDouble(Part::weight).sum();
    this.seed = new SplittableRandom(seed).nextLong();
    if (parts.isEmpty()) {
      throw new UserError("no objective of " + weights.keySet() + " has a weight above 0");
    }
  }

  /** The example with this number; always the same one. */
  public PretrainingExample example(long number) {
    SplittableRandom random = new SplittableRandom(seed + number * SPREAD);
    return any(random).practice(random);
  }

  private PretrainingObjective any(SplittableRandom random) {
    double ticket = random.nextDouble() * total;
    for (Part part : parts) {
      ticket -= part.weight();
      if (ticket < 0) {
        return part.objective();
      }
    }
    return parts.get(parts.size() - 1).objective(); // rounding left a crumb
  }

  static PretrainingExample practice(String source, String target, Tokens tokens) {
    return new PretrainingExample(ended(source, tokens), ended(target, tokens));
  }

  private static List<Integer> ended(String text, Tokens tokens) {
    List<Integer> ids = new ArrayList<>(tokens.of(text));
    ids.add(tokens.end());
    return ids;
  }
}
