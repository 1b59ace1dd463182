package dev.fusebox.training.work;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.retrieve.Passage;
import dev.fusebox.questions.retrieve.PassageIndex;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Retrieved passages for questions. */
final class Passages {

  private Passages() {}

  /**
   * Passages by question id, the best first; none where nothing is retrieved. Without a corpus the
   * lectures of the training questions are one.
   */
  static Map<String, List<String>> of(
      OpenedFiles files,
      Optional<RetrievalSettings> settings,
      Dataset dataset,
      DataSettings data,
      List<Question> questions)
      throws IOException {
    if (settings.isEmpty()) {
      return Map.of();
    }
    if (settings.get().isGold()) {
      return questions.stream()
          .collect(Collectors.toMap(Question::id, question -> List.of(question.lecture())));
    }
    List<String> lectures =
        Split.TRAIN.questions(dataset, data).stream().map(Question::lecture).toList();
    Map<String, List<String>> passages = new HashMap<>();
    try (PassageIndex index = files.passages(settings.get().corpus(), lectures)) {
      for (Question question : questions) {
        List<Passage> found = index.search(PassageIndex.query(question), settings.get().passages());
        passages.put(question.id(), found.stream().map(Passage::text).toList());
      }
    }
    return passages;
  }
}
