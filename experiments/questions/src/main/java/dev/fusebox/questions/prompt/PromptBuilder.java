package dev.fusebox.questions.prompt;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Turns questions into prompts, as mm-cot's {@code build_train_pair} does.
 *
 * @param format what goes in and what comes out
 * @param captions whether the picture's caption joins the context
 * @param lectureInRationale whether the gold rationale that stands for {@code G} starts with the
 *     lecture. mm-cot's does, although its first stage learns to write the solution alone
 * @param firstLetter of the first option, counted from 0: mm-cot's are A, B, C
 */
public record PromptBuilder(
    PromptFormat format, boolean captions, boolean lectureInRationale, int firstLetter) {

  /** Letters from A on. */
  public PromptBuilder(PromptFormat format, boolean captions, boolean lectureInRationale) {
    this(format, captions, lectureInRationale, 0);
  }

  /** mm-cot's own way. */
  public PromptBuilder(PromptFormat format, boolean captions) {
    this(format, captions, true);
  }

  /** A prompt; {@code G} is the gold rationale. */
  public TextPair prompt(Question question) {
    return prompt(question, Optional.empty(), List.of());
  }

  /** A prompt; {@code G} is what an earlier stage wrote. */
  public TextPair prompt(Question question, String rationale) {
    return prompt(question, Optional.of(rationale), List.of());
  }

  /**
   * A prompt.
   *
   * @param rationale stands for {@code G} as it is; without it, the gold rationale does
   * @param passages join the context after hint and caption
   */
  public TextPair prompt(Question question, Optional<String> rationale, List<String> passages) {
    Parts parts =
        new Parts(
            question,
            context(question, passages),
            rationale.orElseGet(() -> goldRationale(question)),
            firstLetter);
    return new TextPair(
        Whitespace.normalise(format.input().text(parts) + format.output().cue()),
        Whitespace.normalise(format.output().text(parts)));
  }

  /**
   * What the output would be for each option of the question, in their order.
   *
   * @throws IllegalStateException if the output holds more than the answer
   */
  public List<String> options(Question question) {
    if (!format.output().isAnswerAlone()) {
      throw new IllegalStateException("the output of " + format + " is more than an answer");
    }
    return IntStream.range(0, question.choices().size())
        .mapToObj(option -> prompt(question.withAnswer(option)).target())
        .toList();
  }

  /**
   * Where each option begins in a prompt's source, in characters; empty where it does not list
   * them.
   *
   * @param prompt that of the question
   */
  public List<Integer> optionStarts(Question question, TextPair prompt) {
    List<String> options =
        new Parts(question, "", "", firstLetter)
            .lettered().stream().map(Whitespace::normalise).toList();
    int at = prompt.source().indexOf(String.join(" ", options));
    List<Integer> starts = new ArrayList<>();
    for (String option : at < 0 ? List.<String>of() : options) {
      starts.add(at);
      at += option.length() + 1;
    }
    return starts;
  }

  private String context(Question question, List<String> passages) {
    String caption = captions ? question.caption() : "";
    String context =
        Stream.concat(Stream.of(question.hint(), caption), passages.stream())
            .collect(Collectors.joining(" "));
    return Whitespace.strip(context).isEmpty() ? "N/A" : context;
  }

  private String goldRationale(Question question) {
    String lecture = lectureInRationale ? Parts.escaped(question.lecture()) + " " : "";
    return "Solution: " + lecture + Parts.escaped(question.solution());
  }
}
