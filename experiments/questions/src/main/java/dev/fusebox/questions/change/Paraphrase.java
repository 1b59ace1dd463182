package dev.fusebox.questions.change;

import java.util.List;

/** The same question in other words, by rule: the first that fits, else a frame around it. */
final class Paraphrase {

  private record Rule(String pattern, String words) {}

  private static final List<Rule> RULES =
      List.of(
          new Rule("^Which of these (.+)\\?$", "Of these, which $1?"),
          new Rule("^Which of the following (.+)\\?$", "Of the following, which $1?"),
          new Rule("^What is the name of (.+)\\?$", "How is $1 called?"),
          new Rule("^Is it true that (.+)\\?$", "Would you say that $1?"));

  private Paraphrase() {}

  static String of(String question) {
    for (Rule rule : RULES) {
      if (question.matches(rule.pattern())) {
        return question.replaceFirst(rule.pattern(), rule.words());
      }
    }
    return "Please answer this: " + question;
  }
}
