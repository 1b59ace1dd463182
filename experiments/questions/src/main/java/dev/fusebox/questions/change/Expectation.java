package dev.fusebox.questions.change;

/** What a model that understands does when a question is changed. */
public enum Expectation {
  /** It stays with its answer: nothing that matters has changed. */
  SAME("same answer"),
  /** It answers rightly: it is told the answer. */
  RIGHT("right answer"),
  /** It gives the answer that the text now argues for. */
  OTHER("other answer"),
  /** It can only guess: what the answer rests on is gone. */
  CHANCE("no better than chance"),
  /** That is what one wants to know. */
  OPEN("open");

  private final String words;

  Expectation(String words) {
    this.words = words;
  }

  /** As a table prints it. */
  public String words() {
    return words;
  }
}
