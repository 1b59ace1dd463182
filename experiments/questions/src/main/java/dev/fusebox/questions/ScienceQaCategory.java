package dev.fusebox.questions;

import java.util.Optional;

/**
 * The eight columns of ScienceQA's tables (Lu et al. 2022, table 4): subject, context, grade. A
 * question belongs to one subject and one grade band; {@link #TXT} and {@link #IMG} overlap.
 *
 * <p>A question whose subject or grade is not known belongs to none of those columns and is counted
 * as {@linkplain #unknown unknown}: nothing is guessed.
 */
public enum ScienceQaCategory implements Category {
  /** Natural science. */
  NAT("NAT"),
  /** Social science. */
  SOC("SOC"),
  /** Language science. */
  LAN("LAN"),
  /** Text context: a hint stands with the question. */
  TXT("TXT"),
  /** Image context: a picture stands with the question. */
  IMG("IMG"),
  /** No context: neither hint nor picture. */
  NO("NO"),
  /** Grades 1 to 6. */
  G1_6("G1-6"),
  /** Grades 7 to 12. */
  G7_12("G7-12");

  private final String label;

  ScienceQaCategory(String label) {
    this.label = label;
  }

  /** As in the papers: {@code G1-6} and so on. */
  @Override
  public String label() {
    return label;
  }

  @Override
  public boolean contains(Question question) {
    return switch (this) {
      case NAT -> question.subject().equals("natural science");
      case SOC -> question.subject().equals("social science");
      case LAN -> question.subject().equals("language science");
      case TXT -> !question.hint().isEmpty();
      case IMG -> question.picture();
      case NO -> question.hint().isEmpty() && !question.picture();
      case G1_6 -> grade(question).filter(grade -> grade <= 6).isPresent();
      case G7_12 -> grade(question).filter(grade -> grade >= 7).isPresent();
    };
  }

  @Override
  public boolean unknown(Question question) {
    return switch (this) {
      case NAT, SOC, LAN ->
          !NAT.contains(question) && !SOC.contains(question) && !LAN.contains(question);
      case G1_6, G7_12 -> grade(question).isEmpty();
      case TXT, IMG, NO -> false;
    };
  }

  private static Optional<Integer> grade(Question question) {
    String digits = question.grade().replaceFirst("^grade", "");
    if (!digits.matches("[0-9]{1,2}")) {
      return Optional.empty();
    }
    int grade = Integer.parseInt(digits);
    return grade >= 1 && grade <= 12 ? Optional.of(grade) : Optional.empty();
  }
}
