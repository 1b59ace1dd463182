package dev.fusebox.questions.prompt;

/** What a model writes, by letters, and in which words. */
public enum OutputFormat {
  A("Answer: The answer is ({answer})."),
  /** Not of mm-cot: the text of the option itself, to be ranked among the question's options. */
  T("Answer: {option}"),
  /** The letters of this one and the next are swapped, as in mm-cot's code. */
  AL("Answer: The answer is ({answer}). BECAUSE: {solution}"),
  AE("Answer: The answer is ({answer}). BECAUSE: {lecture}"),
  ALE("Answer: The answer is ({answer}). BECAUSE: {lecture} {solution}"),
  AEL("Answer: The answer is ({answer}). BECAUSE: {solution} {lecture}"),
  LA("Answer: {lecture} The answer is ({answer})."),
  EA("Answer: {solution} The answer is ({answer})."),
  LEA("Answer: {lecture} {solution} The answer is ({answer})."),
  ELA("Answer: {solution} {lecture} The answer is ({answer})."),
  LE("Solution: {lecture} {solution}."),
  E("Solution: {solution}"),
  /** Not of mm-cot, as the next: the picture in words. */
  D("Description: {caption}"),
  /** A passage that is recited rather than retrieved (Sun et al. 2023, arXiv 2210.01296). */
  L("Lecture: {lecture}"),
  DL("Description: {caption} Lecture: {lecture}");

  private static final String LECTURE = "Lecture:";

  private final String template;

  OutputFormat(String template) {
    this.template = template;
  }

  /** Whether the answer is in the output, so that it can be marked. */
  public boolean writesAnswer() {
    return template.contains("{answer}");
  }

  /** Whether this is what {@code G} stands for in gold text: a rationale. */
  public boolean isRationale() {
    return this != D && this != L && this != DL && this != T;
  }

  /** Whether it is a lecture and nothing else, which another stage can read as a passage. */
  public boolean isLectureAlone() {
    return this == L;
  }

  /** The lecture in a text that was written as {@link #L}, as it stands in the data. */
  public static String lecture(String written) {
    String text = written.strip();
    return Parts.unescaped(
        text.startsWith(LECTURE) ? text.substring(LECTURE.length()).strip() : text);
  }

  /** Whether the output is the answer and nothing else, so that the options can be ranked by it. */
  public boolean isAnswerAlone() {
    return this == A || this == T;
  }

  /** The word that ends the input and asks for this output. */
  String cue() {
    return switch (this) {
      case A, T -> "Answer:";
      case D, DL -> "Description:";
      case L -> LECTURE;
      default -> "Solution:";
    };
  }

  String text(Parts parts) {
    return cleaned(parts.fill(template)).replace("Answer:", "");
  }

  /** Looks at the very end: an empty explanation leaves a blank there, and so its BECAUSE stays. */
  private static String cleaned(String text) {
    return text.endsWith("BECAUSE:") ? text.replace("BECAUSE:", "") : text;
  }
}
