package dev.fusebox.training.work;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is read beside a question.
 *
 * @param passages that join the context, by question id, the best first
 * @param shots solved questions that stand before it, by question id
 */
record PromptAids(Map<String, List<String>> passages, Map<String, List<Question>> shots) {

  static final PromptAids NONE = new PromptAids(Map.of(), Map.of());

  /**
   * As a stage is set.
   *
   * @param seen empty where the stage sees no pictures
   */
  static PromptAids of(
      OpenedFiles files,
      StageSettings settings,
      Dataset dataset,
      DataSettings data,
      List<Question> questions,
      Optional<SeenPictures> seen)
      throws IOException {
    return new PromptAids(
        Passages.of(files, settings.retrieval(), dataset, data, questions),
        Shots.of(files, settings.shots(), dataset, data, questions, seen));
  }

  List<String> passages(Question question) {
    return passages.getOrDefault(question.id(), List.of());
  }

  List<Question> shots(Question question) {
    return shots.getOrDefault(question.id(), List.of());
  }
}
