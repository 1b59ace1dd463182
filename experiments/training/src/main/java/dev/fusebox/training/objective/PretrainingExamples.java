package dev.fusebox.training.objective;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A mixture of objectives over the text of a data set. */
public final class PretrainingExamples {

  /** The name of the one objective that looks at pictures. */
  public static final String CAPTIONING = "captioning";

  private static final List<String> NAMES =
      List.of("answers", CAPTIONING, "letters", "spanCorruption", "words");
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
   * @param questions whose text is practised on: of the training split, never of another
   * @param longest in tokens; longer sources of span corruption and captioning are cut
   * @throws UserError for an unknown name
   */
  public PretrainingExamples(
      Map<String, Double> weights,
      List<Question> questions,
      Tokens tokens,
      int longest,
      long seed) {
    // In the order of their names: a mixture does not depend on how a map lists it.
    parts =
        new TreeMap<>(weights)
            .entrySet().stream()
                .filter(entry -> entry.getValue() > 0)
                .map(
                    entry ->
                        new Part(
                            objective(entry.getKey(), questions, tokens, longest),
                            entry.getValue()))
                .toList();
    total = parts.stream().mapToDouble(Part::weight).sum();
    this.seed = new SplittableRandom(seed).nextLong();
    if (parts.isEmpty()) {
      throw new UserError("no objective of " + weights.keySet() + " has a weight above 0");
    }
  }

  private static PretrainingObjective objective(
      String name, List<Question> questions, Tokens tokens, int longest) {
    return switch (name) {
      case "answers" -> new AnswerReading(questions, tokens);
      case CAPTIONING -> Captioning.of(questions, longest, tokens);
      case "letters" -> new LetterLookup(questions, tokens);
      case "words" -> new WordLookup(questions, tokens);
      case "spanCorruption" -> new SpanCorruption(texts(questions, tokens), longest, tokens);
      default ->
          throw new UserError(
              "unknown objective " + name + Spelling.hint(name, NAMES) + "; known: " + NAMES);
    };
  }

  /** What the questions say, one text each: question, hint, options, lecture, solution. */
  private static List<List<Integer>> texts(List<Question> questions, Tokens tokens) {
    return questions.stream().map(question -> tokens.of(text(question))).toList();
  }

  private static String text(Question question) {
    Stream<String> before = Stream.of(question.question(), question.hint());
    Stream<String> after = Stream.of(question.lecture(), question.solution());
    return Stream.of(before, question.choices().stream(), after)
        .flatMap(part -> part)
        .filter(part -> !part.isBlank())
        .reduce((left, right) -> left + " " + right)
        .orElse("");
  }

  /** The example with this number; always the same one. */
  public Practice example(long number) {
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

  static Practice practice(String source, String target, Tokens tokens) {
    return new Practice(ended(source, tokens), ended(target, tokens));
  }

  private static List<Integer> ended(String text, Tokens tokens) {
    List<Integer> ids = new ArrayList<>(tokens.of(text));
    ids.add(tokens.end());
    return ids;
  }
}
