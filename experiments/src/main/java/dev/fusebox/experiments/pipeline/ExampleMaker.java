package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.prompt.Prompt;
import dev.fusebox.experiments.prompt.PromptBuilder;
import dev.fusebox.experiments.prompt.PromptFormat;
import dev.fusebox.t5.tokenize.Tokenizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes a stage's examples from questions: prompt, then tokens, cut to length. */
final class ExampleMaker {

  private final StageSettings settings;
  private final PromptBuilder prompts;
  private final Tokenizer tokenizer;
  private int cutSources;
  private int cutTargets;

  ExampleMaker(StageSettings settings, Tokenizer tokenizer) {
    this.settings = settings;
    this.prompts =
        new PromptBuilder(
            PromptFormat.parse(settings.format()),
            settings.features().withCaptions(),
            settings.goldLecture());
    this.tokenizer = tokenizer;
  }

  /**
   * An example for each question.
   *
   * @param written what the earlier stage wrote, by question id; empty where gold text is read
   * @param passages that join the context, by question id
   */
  List<Example> examples(
      List<Question> questions,
      Optional<Map<String, String>> written,
      Map<String, List<String>> passages) {
    List<Example> examples = new ArrayList<>();
    for (Question question : questions) {
      Prompt prompt =
          prompts.prompt(
              question,
              written.map(texts -> texts.get(question.id())),
              passages.getOrDefault(question.id(), List.of()));
      examples.add(example(question.id(), prompt));
    }
    return examples;
  }

  private Example example(String id, Prompt prompt) {
    int[] source = tokenizer.encode(prompt.source());
    int[] target = tokenizer.encode(prompt.target());
    int longestSource = settings.source().maxTokens();
    int longestTarget = settings.target().maxTokens();
    cutSources += source.length > longestSource ? 1 : 0;
    cutTargets += target.length > longestTarget ? 1 : 0;
    return new Example(id, cut(source, longestSource), cut(target, longestTarget), prompt.target());
  }

  private static int[] cut(int[] ids, int longest) {
    if (ids.length <= longest) {
      return ids;
    }
    int[] result = Arrays.copyOf(ids, longest);
    result[longest - 1] = Tokenizer.END;
    return result;
  }

  /** How many sources were cut so far. */
  int cutSources() {
    return cutSources;
  }

  /** How many targets were cut so far. */
  int cutTargets() {
    return cutTargets;
  }
}
