package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.List;

/**
 * A text that belongs to a picture.
 *
 * @param question whose picture it is, by id
 * @param words as token ids, without end mark
 */
public record PicturedText(String question, List<Integer> words) {

  public PicturedText {
    words = List.copyOf(words);
  }

  /**
   * The captions of the questions that have a picture and a caption of it.
   *
   * @param longest captions are cut, so that one with its end mark has at most so many tokens
   */
  static List<PicturedText> captions(List<Question> questions, int longest, Tokens tokens) {
    if (longest < 2) {
      throw new IllegalArgumentException("longest must be at least 2, found " + longest);
    }
    return questions.stream()
        .filter(question -> question.picture() && !question.caption().isBlank())
        .map(question -> new PicturedText(question.id(), tokens.of(question.caption())))
        .filter(caption -> !caption.words().isEmpty())
        .map(caption -> caption.cut(longest - 1))
        .toList();
  }

  private PicturedText cut(int most) {
    return new PicturedText(question, words.subList(0, Math.min(most, words.size())));
  }
}
