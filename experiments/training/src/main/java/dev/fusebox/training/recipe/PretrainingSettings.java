package dev.fusebox.training.recipe;

import dev.fusebox.file.UserError;
import dev.fusebox.training.objective.Objective;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * {@code pretraining}: what a fresh model learns before its task. Its result is computed once and
 * shared by every cell; where an objective looks at pictures, by all that see the same pictures in
 * the same way, for there it sees what the stage that starts from it sees.
 *
 * @param objectives weight by name of what is practised, each an {@link Objective}
 * @param texts how many examples to make
 * @param source longest input, in tokens
 * @param seed of the examples and the fresh weights; every seed of the experiment starts from here
 * @param model what is pretrained
 * @param training how
 */
public record PretrainingSettings(
    Map<String, Double> objectives,
    int texts,
    StageSettings.Length source,
    long seed,
    ModelSettings model,
    TrainingSettings training) {

  public PretrainingSettings {
    if (texts < 1) {
      throw new IllegalArgumentException("texts must be at least 1, found " + texts);
    }
    Rules.require(
        training.loss().ranking().isEmpty() && !training.validation().metric().ranks(),
        "training.loss must be likelihood, since pretraining examples have no options, found "
            + training.loss());
    Rules.require(
        model.tune().tunesBase(),
        "model.tune must have the method all, since pretraining trains the whole model, found "
            + model.tune());
    objectives.keySet().forEach(PretrainingSettings::requireKnown);
    if (objectives.values().stream().mapToDouble(Double::doubleValue).sum() <= 0) {
      throw new IllegalArgumentException(
          "objectives must have a weight above 0, found " + objectives);
    }
  }

  /** Whether pictures are looked at, where there are any. */
  public boolean looksAtPictures() {
    return objectives.entrySet().stream()
        .anyMatch(entry -> entry.getValue() > 0 && Objective.of(entry.getKey()).looksAtPictures());
  }

  /** Whether a fusion must compare texts with pictures for something to be learnt from a part. */
  public boolean learnsByComparing() {
    return !weights(Objective::writesNothing).isEmpty();
  }

  /**
   * What is practised, by weight. A model that sees no pictures practises on text; where nothing of
   * the mixture does, it reads the texts that the others see pictures with.
   *
   * @param pictures whether it sees pictures
   */
  public Map<String, Double> practised(boolean pictures) {
    if (pictures) {
      return weights(objective -> true);
    }
    Map<String, Double> onText = weights(objective -> !objective.looksAtPictures());
    return onText.isEmpty() ? weights(objective -> !objective.writesNothing()) : onText;
  }

  private Map<String, Double> weights(Predicate<Objective> wanted) {
    return objectives.entrySet().stream()
        .filter(entry -> entry.getValue() > 0 && wanted.test(Objective.of(entry.getKey())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  private static void requireKnown(String objective) {
    try {
      Objective.of(objective);
    } catch (UserError e) {
      throw new IllegalArgumentException(
          "objectives.%s must be called as one that there is; %s"
              .formatted(objective, e.getMessage()),
          e);
    }
  }
}
