package dev.fusebox.questions.mark;

import dev.fusebox.file.Whitespace;

/**
 * What a stage wrote for one question: a line of {@code predictions.jsonl}.
 *
 * @param id the question's id
 * @param text what the model wrote
 * @param target what it should have written; {@code null} where a file of others does not say
 */
public record Prediction(String id, String text, String target) {

  /** Whether the text is the target, word for word. */
  public boolean asWanted() {
    return Whitespace.split(text).equals(Whitespace.split(target));
  }
}
