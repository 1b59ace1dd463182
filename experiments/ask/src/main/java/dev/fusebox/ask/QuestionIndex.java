package dev.fusebox.ask;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The questions of the data by id, in whichever split they are. */
public final class QuestionIndex {

  private static final int SHOWN = 3;

  private final Map<String, List<Question>> splits = new LinkedHashMap<>();
  private final Map<String, Question> byId = new LinkedHashMap<>();

  /** All questions of a data set. */
  public QuestionIndex(Dataset dataset) {
    for (String split : dataset.splits()) {
      splits.put(split, dataset.split(split));
      dataset.split(split).forEach(question -> byId.put(question.id(), question));
    }
  }

  /** The names of the splits. */
  public List<String> splits() {
    return List.copyOf(splits.keySet());
  }

  /** A question, if there is one of that id. */
  public Optional<Question> find(String id) {
    return Optional.ofNullable(byId.get(id));
  }

  /**
   * A question.
   *
   * @throws UserError if there is none of that id
   */
  public Question question(String id) {
    return find(id).orElseThrow(() -> new UserError(unknown(id)));
  }

  private String unknown(String id) {
    List<String> some = byId.keySet().stream().limit(SHOWN).toList();
    String hint = Spelling.hint(id, byId.keySet());
    return "no question %s in the data%s"
        .formatted(
            id,
            hint.isEmpty()
                ? "; %,d there, such as %s".formatted(byId.size(), String.join(", ", some))
                : hint);
  }

  /**
   * Questions of a split whose id, text or options hold some words, in any letters.
   *
   * @param split all splits, where it names none
   * @param words blank for all questions
   */
  public List<Question> search(String split, String words) {
    String wanted = words.strip().toLowerCase(Locale.ROOT);
    List<Question> found = new ArrayList<>();
    for (Question question : splits.getOrDefault(split, List.copyOf(byId.values()))) {
      if (question.id().equals(wanted)) {
        found.add(0, question);
      } else if (holds(question, wanted)) {
        found.add(question);
      }
    }
    return found;
  }

  private static boolean holds(Question question, String wanted) {
    return question.question().toLowerCase(Locale.ROOT).contains(wanted)
        || String.join("\n", question.choices()).toLowerCase(Locale.ROOT).contains(wanted);
  }
}
