package dev.fusebox.experiments.evaluate;

/**
 * What a stage wrote for one question: a line of {@code predictions.jsonl}.
 *
 * @param id the question's id
 * @param text what the model wrote
 * @param target what it should have written
 */
public record Prediction(String id, String text, String target) {

  /** Whether the text is the target, word for word. */
  public boolean asWanted() {
    return PythonSplit.words(text).equals(PythonSplit.words(target));
  }
}
