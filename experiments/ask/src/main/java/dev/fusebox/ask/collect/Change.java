package dev.fusebox.ask.collect;

import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What somebody did to a question of the data. */
public enum Change {
  /** Made it up. */
  NEW,
  /** Put the question in other words. */
  QUESTION,
  /** Put the same options in another order. */
  ORDER,
  /** Changed the options themselves. */
  OPTIONS,
  /** Changed the context. */
  HINT,
  /** Took the picture away. */
  NO_PICTURE,
  /** Put another question's picture in its place. */
  OTHER_PICTURE,
  /** Put a picture in its place that the data do not have. */
  NEW_PICTURE,
  /** Wrote what the last stage reads. */
  RATIONALE;

  /** As files and tables have it: {@code no-picture}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static List<Change> between(Optional<Question> origin, Asking asking) {
    List<Change> changes = new ArrayList<>();
    if (origin.isEmpty()) {
      changes.add(NEW);
    } else {
      texts(origin.get(), asking.question(), changes);
    }
    if (asking.picture() instanceof ChosenPicture.None) {
      changes.add(NO_PICTURE);
    } else if (asking.picture() instanceof ChosenPicture.Of) {
      changes.add(OTHER_PICTURE);
    } else if (asking.picture() instanceof ChosenPicture.Given) {
      changes.add(NEW_PICTURE);
    }
    if (asking.rationale().isPresent()) {
      changes.add(RATIONALE);
    }
    return changes;
  }

  private static void texts(Question old, Question now, List<Change> changes) {
    if (!old.question().equals(now.question())) {
      changes.add(QUESTION);
    }
    if (!old.choices().equals(now.choices())) {
      boolean same =
          old.choices().stream().sorted().toList().equals(now.choices().stream().sorted().toList());
      changes.add(same ? ORDER : OPTIONS);
    }
    if (!old.hint().equals(now.hint())) {
      changes.add(HINT);
    }
  }
}
