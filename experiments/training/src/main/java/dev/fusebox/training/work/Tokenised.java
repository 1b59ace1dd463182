package dev.fusebox.training.work;

import dev.fusebox.file.Whitespace;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Example;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A stage's texts as tokens.
 *
 * @param examples in the order of the texts
 * @param cutSources how many sources were too long, and cut
 * @param cutTargets how many targets
 */
public record Tokenised(List<Example> examples, int cutSources, int cutTargets) {

  public Tokenised {
    examples = List.copyOf(examples);
  }

  /** Tokenises and cuts; the end mark stays. */
  static Tokenised of(StageTexts texts, Tokenizer tokenizer) {
    List<Example> examples = new ArrayList<>(texts.size());
    int cutSources = 0;
    int cutTargets = 0;
    for (int i = 0; i < texts.size(); i++) {
      int[] source = tokenizer.encode(texts.prompts().get(i).source());
      int[] target = tokenizer.encode(texts.prompts().get(i).target());
      cutSources += source.length > texts.longestSource() ? 1 : 0;
      cutTargets += target.length > texts.longestTarget() ? 1 : 0;
      examples.add(
          new Example(
              texts.ids().get(i),
              Tokenizer.cut(source, texts.longestSource()),
              Tokenizer.cut(target, texts.longestTarget()),
              texts.prompts().get(i).target(),
              options(texts, i, tokenizer)));
    }
    return new Tokenised(examples, cutSources, cutTargets).placed(texts, tokenizer);
  }

  /** The same with the places of options, where the texts tell them. */
  Tokenised placed(StageTexts texts, Tokenizer tokenizer) {
    if (texts.optionStarts().isEmpty()) {
      return this;
    }
    List<Example> placed = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      String source = texts.prompts().get(i).source();
      placed.add(
          examples.get(i).withOptionPlaces(places(source, texts.optionStarts().get(i), tokenizer)));
    }
    return new Tokenised(placed, cutSources, cutTargets);
  }

  /** An option begins behind a blank, over which no token reaches: lengths of the parts add up. */
  private static List<Integer> places(String source, List<Integer> starts, Tokenizer tokenizer) {
    List<Integer> places = new ArrayList<>();
    int tokens = 0;
    int from = 0;
    for (int start : starts) {
      String part = Whitespace.strip(source.substring(from, start));
      tokens += part.isEmpty() ? 0 : tokenizer.encode(part).length - 1; // the end mark
      places.add(tokens);
      from = start;
    }
    return places;
  }

  private static Optional<Example.Options> options(StageTexts texts, int at, Tokenizer tokenizer) {
    if (texts.options().isEmpty()) {
      return Optional.empty();
    }
    StageTexts.OptionTexts options = texts.options().get(at);
    List<int[]> tokens =
        options.texts().stream()
            .map(text -> Tokenizer.cut(tokenizer.encode(text), texts.longestTarget()))
            .toList();
    return Optional.of(new Example.Options(tokens, options.right()));
  }
}
