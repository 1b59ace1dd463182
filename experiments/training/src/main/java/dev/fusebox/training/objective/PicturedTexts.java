package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.List;
import java.util.Map;

/**
 * What is practised on: questions, and what their pictures show where.
 *
 * @param questions of the training split, never of another
 * @param regions question id → name of the region → what is there in words; others do no harm
 */
public record PicturedTexts(List<Question> questions, Map<String, Map<String, String>> regions) {

  public PicturedTexts {
    questions = List.copyOf(questions);
    regions = Map.copyOf(regions);
  }

  /** Of questions whose regions nobody tells. */
  PicturedTexts(List<Question> questions) {
    this(questions, Map.of());
  }
}
