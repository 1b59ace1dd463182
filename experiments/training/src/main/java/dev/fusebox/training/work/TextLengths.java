package dev.fusebox.training.work;

import dev.fusebox.questions.Question;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.recipe.StageSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * How many texts of a stage are longer than it takes, measured on some of its questions before it
 * is computed. What an earlier stage has yet to write is taken from the gold text, and nothing is
 * retrieved.
 *
 * @param sources inputs
 * @param targets outputs, or where options are ranked the longest option of a question
 */
public record TextLengths(Excess sources, Excess targets) {

  /**
   * Texts that exceed a limit.
   *
   * @param count how many do
   * @param longest of all texts, in tokens
   * @param limit in tokens
   */
  public record Excess(int count, int longest, int limit) {

    private static Excess of(IntStream lengths, int limit) {
      int[] all = lengths.toArray();
      int count = (int) IntStream.of(all).filter(length -> length > limit).count();
      return new Excess(count, IntStream.of(all).max().orElse(0), limit);
    }
  }

  /** Measures some questions as a stage would read and write them. */
  public static TextLengths of(
      StageSettings settings, List<Question> questions, Tokenizer tokenizer) {
    StageTexts texts = StageTexts.of(settings, questions, Optional.empty(), PromptAids.NONE);
    return new TextLengths(
        Excess.of(
            texts.prompts().stream().mapToInt(prompt -> length(prompt.source(), tokenizer)),
            texts.longestSource()),
        Excess.of(
            IntStream.range(0, texts.size()).map(at -> longestOutput(texts, at, tokenizer)),
            texts.longestTarget()));
  }

  private static int longestOutput(StageTexts texts, int at, Tokenizer tokenizer) {
    Stream<String> outputs =
        texts.options().isEmpty()
            ? Stream.of(texts.prompts().get(at).target())
            : texts.options().get(at).texts().stream();
    return outputs.mapToInt(text -> length(text, tokenizer)).max().orElse(0);
  }

  private static int length(String text, Tokenizer tokenizer) {
    return tokenizer.encode(text).length;
  }
}
