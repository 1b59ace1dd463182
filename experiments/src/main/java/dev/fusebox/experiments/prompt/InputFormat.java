package dev.fusebox.experiments.prompt;

/** What a model is told, by letters, and in which words. */
public enum InputFormat {
  QCM("Question: {question}\nContext: {context}\nOptions: {options}\n"),
  CQM("Context: {context}\nQuestion: {question}\nOptions: {options}\n"),
  QM("Question: {question}\nOptions: {options}\n"),
  QC("Question: {question}\nContext: {context}\n"),
  QCMG("Question: {question}\nContext: {context}\nOptions: {options}\n{rationale}\n"),
  CQMG("Context: {context}\nQuestion: {question}\nOptions: {options}\n{rationale}\n"),
  QCML("Question: {question}\nContext: {context}\nOptions: {options}\nBECAUSE: {lecture}\n"),
  QCME("Question: {question}\nContext: {context}\nOptions: {options}\nBECAUSE: {solution}\n"),
  QCMLE(
      "Question: {question}\nContext: {context}\nOptions: {options}\n"
          + "BECAUSE: {lecture} {solution}\n"),
  QCLM("Question: {question}\nContext: {context}\nBECAUSE: {lecture}\nOptions: {options}\n"),
  QCEM("Question: {question}\nContext: {context}\nBECAUSE: {solution}\nOptions: {options}\n"),
  QCLEM(
      "Question: {question}\nContext: {context}\nBECAUSE: {lecture} {solution}\n"
          + "Options: {options}\n"),
  QCMA(
      "Question: {question}\nContext: {context}\nOptions: {options}\n"
          + "Answer: The answer is ({answer}).\n"),
  /** The one input without a break at its end: the last word follows {@code BECAUSE:} directly. */
  QCA("Question: {question}\nContext: {context}\nAnswer: The answer is ({answer}).\nBECAUSE:");

  private final String template;

  InputFormat(String template) {
    this.template = template;
  }

  /** Whether a rationale from an earlier stage is part of the input. */
  public boolean readsRationale() {
    return template.contains("{rationale}");
  }

  String text(Parts parts) {
    return parts.fill(template);
  }
}
