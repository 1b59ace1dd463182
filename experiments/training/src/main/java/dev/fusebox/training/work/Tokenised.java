package dev.fusebox.training.work;

import dev.fusebox.file.Whitespace;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Example;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A stage's texts as tokens.
 *
 * @param examples in the order of the texts
 * @param cutSources how many sources were too long, and cut
 * @param cutTargets how many targets
 * @param leftOutShots how many solved questions had no room before a question
 */
public record Tokenised(List<Example> examples, int cutSources, int cutTargets, int leftOutShots) {

  public Tokenised {
    examples = List.copyOf(examples);
  }

  /** Tokenises and cuts; the end mark stays. */
  static Tokenised of(StageTexts texts, Tokenizer tokenizer) {
    List<Example> examples = new ArrayList<>(texts.size());
    int cutSources = 0;
    int cutTargets = 0;
    int leftOutShots = 0;
    ShotTokens shotTokens = new ShotTokens(tokenizer);
    for (int i = 0; i < texts.size(); i++) {
      int[] question = tokenizer.encode(texts.prompts().get(i).source());
      List<int[]> shots = fitting(texts, i, question.length, shotTokens);
      leftOutShots += texts.shotsOf(i).size() - shots.size();
      int[] source = behind(shots, question);
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
    return new Tokenised(examples, cutSources, cutTargets, leftOutShots).placed(texts, tokenizer);
  }

  /** The last solved questions that fit before one of that length, without end marks. */
  private static List<int[]> fitting(StageTexts texts, int at, int length, ShotTokens tokens) {
    List<StageTexts.Shot> shots = texts.shotsOf(at);
    Deque<int[]> fitting = new ArrayDeque<>();
    int room = texts.longestSource() - length;
    for (int shot = shots.size() - 1; shot >= 0; shot--) {
      int[] ids = tokens.of(shots.get(shot));
      room -= ids.length;
      if (room < 0) {
        break;
      }
      fitting.addFirst(ids);
    }
    return List.copyOf(fitting);
  }

  /** The solved questions for which there is room before each question, by its id. */
  static Map<String, ShownShots> shown(StageTexts texts, Tokenizer tokenizer) {
    Map<String, ShownShots> shown = new HashMap<>();
    ShotTokens shotTokens = new ShotTokens(tokenizer);
    for (int i = 0; i < texts.size(); i++) {
      int length = tokenizer.encode(texts.prompts().get(i).source()).length;
      List<int[]> fitting = fitting(texts, i, length, shotTokens);
      List<StageTexts.Shot> all = texts.shotsOf(i);
      List<StageTexts.Shot> last = all.subList(all.size() - fitting.size(), all.size());
      shown.put(texts.ids().get(i), ShownShots.of(last, fitting));
    }
    return shown;
  }

  /** A training question stands before many others: it is tokenised once. */
  private record ShotTokens(Tokenizer tokenizer, Map<String, int[]> known) {

    ShotTokens(Tokenizer tokenizer) {
      this(tokenizer, new HashMap<>());
    }

    /** Without the end mark, since more follows. */
    int[] of(StageTexts.Shot shot) {
      return known.computeIfAbsent(
          shot.text(),
          text -> {
            int[] ids = tokenizer.encode(text);
            return Arrays.copyOf(ids, ids.length - 1);
          });
    }
  }

  private static int[] behind(List<int[]> shots, int[] question) {
    return Stream.concat(shots.stream(), Stream.of(question))
        .flatMapToInt(Arrays::stream)
        .toArray();
  }

  /** The same with the places of options, where the texts tell them. */
  Tokenised placed(StageTexts texts, Tokenizer tokenizer) {
    if (texts.optionStarts().isEmpty()) {
      return this;
    }
    List<Example> placed = new ArrayList<>();
    for (int i = 0; i < examples.size(); i++) {
      String source = texts.prompts().get(i).source();
      int before = examples.get(i).source().length - tokenizer.encode(source).length; // shots
      List<Integer> starts = texts.optionStarts().get(i);
      placed.add(
          examples.get(i).withOptionPlaces(places(source, starts, Math.max(0, before), tokenizer)));
    }
    return new Tokenised(placed, cutSources, cutTargets, leftOutShots);
  }

  /** An option begins behind a blank, over which no token reaches: lengths of the parts add up. */
  private static List<Integer> places(
      String source, List<Integer> starts, int before, Tokenizer tokenizer) {
    List<Integer> places = new ArrayList<>();
    int tokens = before;
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
