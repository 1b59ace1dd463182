package dev.fusebox.questions.prompt;

/** What a model is told, by letters, and in which words. A blank stands for any white space. */
public enum InputFormat {
  QCM("Question: {question} Context: {context} Options: {options} "),
  CQM("Context: {context} Question: {question} Options: {options} "),
  QM("Question: {question} Options: {options} "),
  QC("Question: {question} Context: {context} "),
  QCMG("Question: {question} Context: {context} Options: {options} {rationale} "),
  CQMG("Context: {context} Question: {question} Options: {options} {rationale} "),
  QCML("Question: {question} Context: {context} Options: {options} BECAUSE: {lecture} "),
  QCME("Question: {question} Context: {context} Options: {options} BECAUSE: {solution} "),
  QCMLE(
      "Question: {question} Context: {context} Options: {options} "
          + "BECAUSE: {lecture} {solution} "),
  QCLM("Question: {question} Context: {context} BECAUSE: {lecture} Options: {options} "),
  QCEM("Question: {question} Context: {context} BECAUSE: {solution} Options: {options} "),
  QCLEM(
      "Question: {question} Context: {context} BECAUSE: {lecture} {solution} "
          + "Options: {options} "),
  QCMA(
      "Question: {question} Context: {context} Options: {options} "
          + "Answer: The answer is ({answer}). "),
  /** The one input without a blank at its end: the last word follows {@code BECAUSE:} directly. */
  QCA("Question: {question} Context: {context} Answer: The answer is ({answer}). BECAUSE:");

  private final String template;

  InputFormat(String template) {
    this.template = template;
  }

  /** Whether a rationale from an earlier stage is part of the input. */
  public boolean readsRationale() {
    return template.contains("{rationale}");
  }

  /** Whether there is a context, which passages join. */
  public boolean readsContext() {
    return template.contains("{context}");
  }

  String text(Parts parts) {
    return parts.fill(template);
  }
}
