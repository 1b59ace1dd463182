package dev.fusebox.training.work;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.Prompt;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.training.recipe.StageSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a stage reads and writes, on its way to tokens.
 *
 * @param ids of the questions
 * @param prompts one for each question
 * @param options of each question, where they are ranked; else empty
 * @param optionStarts where each option begins in the source of a prompt, in characters; none where
 *     no pictures of options are shown
 * @param longestSource in tokens; longer ones will be cut
 * @param longestTarget in tokens
 */
public record StageTexts(
    List<String> ids,
    List<Prompt> prompts,
    List<OptionTexts> options,
    List<List<Integer>> optionStarts,
    int longestSource,
    int longestTarget) {

  /**
   * The outputs among which one is the answer.
   *
   * @param right index of that one
   */
  public record OptionTexts(List<String> texts, int right) {
    public OptionTexts {
      texts = List.copyOf(texts);
    }
  }

  public StageTexts {
    ids = List.copyOf(ids);
    prompts = List.copyOf(prompts);
    options = List.copyOf(options);
    optionStarts = List.copyOf(optionStarts);
    if (!options.isEmpty() && options.size() != ids.size()) {
      throw new IllegalArgumentException(
          "options must be none or as many as the " + ids.size() + " ids, found " + options.size());
    }
    if (prompts.size() != ids.size()) {
      throw new IllegalArgumentException(
          "prompts must be as many as the " + ids.size() + " ids, found " + prompts.size());
    }
  }

  /** Without options. */
  public StageTexts(List<String> ids, List<Prompt> prompts, int longestSource, int longestTarget) {
    this(ids, prompts, List.of(), List.of(), longestSource, longestTarget);
  }

  /**
   * The texts of a stage.
   *
   * @param written what the earlier stage wrote, by question id; empty where gold text is read
   * @param passages that join the context, by question id
   */
  static StageTexts of(
      StageSettings settings,
      List<Question> questions,
      Optional<Map<String, String>> written,
      Map<String, List<String>> passages) {
    return of(settings, questions, written, passages, 0);
  }

  /**
   * The same with other letters.
   *
   * @param firstLetter of the first option, counted from 0
   */
  static StageTexts of(
      StageSettings settings,
      List<Question> questions,
      Optional<Map<String, String>> written,
      Map<String, List<String>> passages,
      int firstLetter) {
    PromptBuilder builder =
        new PromptBuilder(
            settings.format(),
            settings.features().withCaptions(),
            settings.goldLecture(),
            firstLetter);
    List<Prompt> prompts = new ArrayList<>();
    for (Question question : questions) {
      prompts.add(
          builder.prompt(
              question,
              written.map(texts -> texts.get(question.id())),
              passages.getOrDefault(question.id(), List.of())));
    }
    return new StageTexts(
        questions.stream().map(Question::id).toList(),
        prompts,
        settings.ranks()
            ? questions.stream()
                .map(question -> new OptionTexts(builder.options(question), question.answer()))
                .toList()
            : List.of(),
        settings.seesPictures() && settings.features().pictures().ofOptions()
            ? optionStarts(builder, questions, prompts)
            : List.of(),
        settings.source().maxTokens(),
        settings.target().maxTokens());
  }

  private static List<List<Integer>> optionStarts(
      PromptBuilder builder, List<Question> questions, List<Prompt> prompts) {
    List<List<Integer>> starts = new ArrayList<>();
    for (int i = 0; i < prompts.size(); i++) {
      starts.add(builder.optionStarts(questions.get(i), prompts.get(i)));
    }
    return starts;
  }

  /** How many questions there are. */
  int size() {
    return ids.size();
  }

  /** Adds everything that decides the tokens, but for the tokenizer. */
  void addTo(Fingerprint fingerprint) {
    fingerprint.add(size()).add(longestSource).add(longestTarget);
    prompts.forEach(prompt -> fingerprint.add(prompt.source()).add(prompt.target()));
    for (OptionTexts each : options) {
      fingerprint.add(each.right()).add(each.texts().size());
      each.texts().forEach(fingerprint::add);
    }
  }
}
