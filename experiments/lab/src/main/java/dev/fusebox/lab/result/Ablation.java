package dev.fusebox.lab.result;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Map;

/**
 * A question put to the data, and the runs that answer it.
 *
 * @param question what the experiment asks, in words: the table's headline
 * @param data the data's name, for example {@code demo}
 * @param train the questions trained on, or of which the runs' draws are; they decide the majority
 *     letter
 * @param test the questions asked
 * @param categories of the data: columns of the table
 * @param runs all runs, in the order of the table's rows
 * @param compare variant → the control it is compared with: another variant, or {@link #MAJORITY}
 * @param among labels of categories among whose questions they are compared as well
 */
public record Ablation(
    String question,
    String data,
    List<Question> train,
    List<Question> test,
    List<Category> categories,
    List<RunResult> runs,
    Map<String, String> compare,
    List<String> among) {

  /** The control that always answers with the letter that is most often right in training. */
  public static final String MAJORITY = "majority";

  public Ablation {
    train = List.copyOf(train);
    test = List.copyOf(test);
    categories = List.copyOf(categories);
    runs = List.copyOf(runs);
    compare = Map.copyOf(compare);
    among = List.copyOf(among);
    if (test.isEmpty()) {
      throw new IllegalArgumentException("a table needs at least one test question");
    }
  }

  /** The variants, in order of their first run. */
  public List<String> variants() {
    return runs.stream().map(RunResult::variant).distinct().toList();
  }

  /** Whether its runs learnt from several draws of the training questions. */
  public boolean hasDraws() {
    return runs.stream().anyMatch(run -> run.repeat().isDrawn());
  }

  /** How the answers were decoded, in words: each way once. */
  public List<String> decodings() {
    return variants().stream().flatMap(v -> decodings(v).stream()).distinct().toList();
  }

  /** How the answers of a variant were decoded; nothing if no run of it finished. */
  public List<String> decodings(String variant) {
    return runs.stream()
        .filter(run -> run.variant().equals(variant))
        .filter(RunResult.Finished.class::isInstance)
        .map(run -> ((RunResult.Finished) run).decoding())
        .distinct()
        .toList();
  }
}
