package dev.fusebox.questions;

import java.util.List;

/**
 * One multiple-choice question, in the terms of ScienceQA. A text that is not known is empty, never
 * null.
 *
 * @param id the problem's id
 * @param question the question itself
 * @param choices the options, 2 to 26; ScienceQA has up to 5
 * @param answer index into {@code choices}
 * @param hint the textual context
 * @param picture whether a picture belongs to the question
 * @param lecture general knowledge that helps
 * @param solution the gold rationale
 * @param subject {@code natural science}, {@code social science}, {@code language science}, or
 *     empty
 * @param grade from 1 to 12 with "grade" in front, or empty
 * @param caption what a captioning model says of the picture
 */
public record Question(
    String id,
    String question,
    List<String> choices,
    int answer,
    String hint,
    boolean picture,
    String lecture,
    String solution,
    String subject,
    String grade,
    String caption) {

  /** Stands in no id of the data: {@link #isId}. */
  private static final char VERSION = '\n';

  /** As many as there are letters. */
  public static final int MOST_CHOICES = 26;

  public Question {
    choices = List.copyOf(choices);
    if (choices.size() < 2 || choices.size() > MOST_CHOICES) {
      throw new IllegalArgumentException(
          "question " + id + " must have 2 to 26 choices, found " + choices.size());
    }
    if (answer < 0 || answer >= choices.size()) {
      throw new IllegalArgumentException(
          "question "
              + id
              + ": answer must be an index into its "
              + choices.size()
              + " choices, found "
              + answer);
    }
  }

  /** What {@link #isId} demands, for people. */
  static final String ID_RULE =
      "an id becomes a part of file names: it must not be empty, begin with a dot or hold / or \\";

  /** Whether an id can be a part of a file's name: pictures lie in folders named after ids. */
  public static boolean isId(String id) {
    return !id.isBlank() && !id.startsWith(".") && !id.matches("(?s).*[/\\\\\\p{Cntrl}].*");
  }

  /** The same question with another option as its answer. */
  public Question withAnswer(int option) {
    return new Question(
        id, question, choices, option, hint, picture, lecture, solution, subject, grade, caption);
  }

  /** The same question under another id, whose picture it is shown with. */
  public Question called(String other) {
    return new Question(
        other, question, choices, answer, hint, picture, lecture, solution, subject, grade,
        caption);
  }

  /**
   * The same question, put once more and in another way: under an id of its own, of which {@link
   * #origin} tells whose it is.
   *
   * @param name of the way
   */
  public Question version(String name) {
    return called(id + VERSION + name);
  }

  /**
   * The id in the data of the question that this is, or is a version of: what is drawn for a
   * question by chance is drawn by that, so that its versions differ in nothing else.
   */
  public String origin() {
    int end = id.indexOf(VERSION);
    return end < 0 ? id : id.substring(0, end);
  }

  /** The same question in other words. */
  public Question withQuestion(String words) {
    return new Question(
        id, words, choices, answer, hint, picture, lecture, solution, subject, grade, caption);
  }

  /** The same question with other options. */
  public Question withChoices(List<String> options, int right) {
    return new Question(
        id, question, options, right, hint, picture, lecture, solution, subject, grade, caption);
  }

  /** The same question with another hint. */
  public Question withHint(String text) {
    return new Question(
        id, question, choices, answer, text, picture, lecture, solution, subject, grade, caption);
  }

  /** The same question with another caption of its picture. */
  public Question withCaption(String text) {
    return new Question(
        id, question, choices, answer, hint, picture, lecture, solution, subject, grade, text);
  }

  /** The letter of a choice, counted from 0: {@code A} is the first. */
  public static char letter(int choice) {
    return (char) ('A' + choice);
  }
}
