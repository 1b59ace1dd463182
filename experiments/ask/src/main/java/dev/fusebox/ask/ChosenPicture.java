package dev.fusebox.ask;

import dev.fusebox.questions.Question;
import java.nio.file.Path;

/** Which picture a question is asked with. */
public sealed interface ChosenPicture {

  /** The caption that belongs to it; empty where nobody has written one. */
  String caption(Question question);

  /** For people. */
  String inWords();

  /** The question's own, if it has one. */
  record Own() implements ChosenPicture {
    @Override
    public String caption(Question question) {
      return question.caption();
    }

    @Override
    public String inWords() {
      return "its own";
    }
  }

  /** None. */
  record None() implements ChosenPicture {
    @Override
    public String caption(Question question) {
      return "";
    }

    @Override
    public String inWords() {
      return "none";
    }
  }

  /** Another question's. */
  record Of(Question other) implements ChosenPicture {
    @Override
    public String caption(Question question) {
      return other.caption();
    }

    @Override
    public String inWords() {
      return "that of question " + other.id();
    }
  }

  /** One that the data do not have. */
  record Given(Path file) implements ChosenPicture {
    @Override
    public String caption(Question question) {
      return "";
    }

    @Override
    public String inWords() {
      return String.valueOf(file.getFileName());
    }
  }
}
