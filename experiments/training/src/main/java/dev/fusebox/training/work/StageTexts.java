package dev.fusebox.training.work;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.TextPair;
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
 * @param shots solved questions as they stand before each question, one for each question or none;
 *     the first ones are left out where there is no room
 * @param optionStarts where each option begins in the source of a prompt, in characters; none where
 *     no pictures of options are shown
 * @param longestSource in tokens; longer ones will be cut
 * @param longestTarget in tokens
 */
public record StageTexts(
    List<String> ids,
    List<TextPair> prompts,
    List<OptionTexts> options,
    List<List<Shot>> shots,
    List<List<Integer>> optionStarts,
    int longestSource,
    int longestTarget) {

  /**
   * A solved question.
   *
   * @param id its own
   * @param text what is read of it and what is written, in one
   */
  record Shot(String id, String text) {}

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
    shots = List.copyOf(shots);
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
  public StageTexts(
      List<String> ids, List<TextPair> prompts, int longestSource, int longestTarget) {
    this(ids, prompts, List.of(), List.of(), List.of(), longestSource, longestTarget);
  }

  /**
   * The texts of a stage.
   *
   * @param written what the earlier stage wrote, by question id; empty where gold text is read
   * @param aids what is read beside the questions
   */
  static StageTexts of(
      StageSettings settings,
      List<Question> questions,
      Optional<Map<String, String>> written,
      PromptAids aids) {
    return of(settings, questions, written, aids, 0);
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
      PromptAids aids,
      int firstLetter) {
    PromptBuilder builder =
        new PromptBuilder(
            settings.format(),
            settings.features().withCaptions(),
            settings.goldLecture(),
            firstLetter);
    List<TextPair> prompts = new ArrayList<>();
    for (Question question : questions) {
      Optional<String> earlier = written.map(texts -> texts.get(question.id()));
      prompts.add(builder.prompt(question, earlier, passages(settings, question, earlier, aids)));
    }
    return new StageTexts(
        questions.stream().map(Question::id).toList(),
        prompts,
        settings.ranks() ? options(builder, questions) : List.of(),
        settings.shots().count() > 0 ? shots(builder, questions, aids) : List.of(),
        settings.seesPictures() && settings.features().pictures().ofOptions()
            ? optionStarts(builder, questions, prompts)
            : List.of(),
        settings.source().maxTokens(),
        settings.target().maxTokens());
  }

  /** What was retrieved, and what the earlier stage recited where this one reads that. */
  private static List<String> passages(
      StageSettings settings, Question question, Optional<String> earlier, PromptAids aids) {
    List<String> passages = new ArrayList<>(aids.passages(question));
    if (settings.readsRecited()) {
      passages.add(earlier.map(OutputFormat::lecture).orElse(question.lecture()));
    }
    return passages;
  }

  private static List<OptionTexts> options(PromptBuilder builder, List<Question> questions) {
    return questions.stream()
        .map(question -> new OptionTexts(builder.options(question), question.answer()))
        .toList();
  }

  private static List<List<Shot>> shots(
      PromptBuilder builder, List<Question> questions, PromptAids aids) {
    return questions.stream()
        .map(each -> aids.shots(each).stream().map(shot -> solved(builder, shot)).toList())
        .toList();
  }

  /** {@code G} is the gold rationale. */
  private static Shot solved(PromptBuilder builder, Question question) {
    TextPair prompt = builder.prompt(question);
    return new Shot(question.id(), prompt.source() + " " + prompt.target());
  }

  /** The solved questions before a question. */
  List<Shot> shotsOf(int question) {
    return shots.isEmpty() ? List.of() : shots.get(question);
  }

  private static List<List<Integer>> optionStarts(
      PromptBuilder builder, List<Question> questions, List<TextPair> prompts) {
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
    for (List<Shot> each : shots) {
      fingerprint.add(each.size());
      each.forEach(shot -> fingerprint.add(shot.text()));
    }
  }
}
