package dev.fusebox.training.recipe;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that determines a run but its seed.
 *
 * @param data which questions
 * @param features what is told of the picture, where a stage says nothing else
 * @param control takes the picture away, where a stage says nothing else
 * @param fusion how vision meets language, where a stage says nothing else
 * @param model the language model, where a stage says nothing else
 * @param training how stages learn, where a stage says nothing else
 * @param decoding how stages write, where a stage says nothing else
 * @param pretraining what a fresh model learns first, once for all
 * @param pipeline stage by name; a stage follows the one it reads from
 * @param test what the run is asked besides the test questions as they are
 */
public record Recipe(
    DataSettings data,
    FeatureSettings features,
    Control control,
    FusionSettings fusion,
    ModelSettings model,
    TrainingSettings training,
    DecodingSettings decoding,
    Optional<PretrainingSettings> pretraining,
    Map<String, StageSettings> pipeline,
    TestSettings test) {

  public Recipe {
    pipeline = inOrder(pipeline);
    for (Map.Entry<String, StageSettings> stage : pipeline.entrySet()) {
      checkGold(stage.getKey(), stage.getValue(), pipeline);
      checkTuning(stage.getKey(), stage.getValue(), pretraining.isPresent());
      if (pretraining.isPresent()) {
        checkVocabulary(stage.getKey(), stage.getValue(), pretraining.get().model());
      }
    }
    for (QuestionChange change : test.change()) {
      pipeline.forEach((name, stage) -> checkFraming(change, name, stage));
    }
    if (test.every().contains(EveryVersion.PASSAGE)) {
      retrieving(pipeline, List.copyOf(pipeline.keySet()).get(pipeline.size() - 1))
          .ifPresent(Recipe::checkPassages);
    }
    if (test.crossed() > 0) {
      List<StageSettings> stages = List.copyOf(pipeline.values());
      checkCrossed(stages.get(stages.size() - 1));
    }
  }

  /** Vectors that lie nowhere cannot be moved. */
  private static void checkFraming(QuestionChange change, String name, StageSettings stage) {
    boolean lost = stage.seesPictures() && !stage.features().lieOverPicture();
    if (change.framing().isPresent() && lost) {
      throw new IllegalArgumentException(
          "test.change must not hold %s where vectors lie in no grid over the picture, as pipeline.%s sees those of %s; clip, vit, patches, pixels and file have one"
              .formatted(change.label(), name, stage.features().label()));
    }
  }

  private static void checkPassages(RetrievalSettings retrieval) {
    if (retrieval.passages() < 2) {
      throw new IllegalArgumentException(
          "test.every must not hold passage where one alone is retrieved: retrieval.passages must be at least 2 to leave one out and compare, found "
              + retrieval.passages());
    }
  }

  private static void checkCrossed(StageSettings answer) {
    if (!answer.format().output().isAnswerAlone()) {
      throw new IllegalArgumentException(
          "test.crossed must be 0 unless the last stage answers alone, so that its options can be ranked (a format with the output A or T), found "
              + answer.format());
    }
  }

  /** Gold text of {@code G} is the solution, whatever the earlier stage writes. */
  private static void checkGold(
      String name, StageSettings stage, Map<String, StageSettings> pipeline) {
    if (stage.from().isPresent()) {
      PromptFormat format = pipeline.get(stage.from().get()).format();
      boolean gold = stage.trainOn() == UpstreamText.GOLD;
      if (stage.readsRecited()) {
        checkLecture(name, stage, format);
      } else if (gold && !format.output().isRationale()) {
        throw new IllegalArgumentException(
            "pipeline.%s.trainOn must be generated where %s writes %s, found gold"
                .formatted(name, stage.from().get(), format));
      }
    }
  }

  private static void checkLecture(String name, StageSettings stage, PromptFormat format) {
    if (!format.output().isLectureAlone()) {
      throw new IllegalArgumentException(
          "pipeline.%s.format must have a G in its input, as QCMG-A, where the stage reads from another that writes %s (only a lecture alone, QCM-L, is read as a passage), found %s"
              .formatted(name, format, stage.format()));
    }
  }

  /** What is added to a model is kept without it, so it has to be somewhere. */
  private static void checkTuning(String name, StageSettings stage, boolean pretraining) {
    boolean fresh =
        stage.model().checkpoint().isEmpty()
            && !(pretraining && stage.start() == StageSettings.Start.PRETRAINING);
    if (fresh && stage.model().tune().keepsBase()) {
      throw new IllegalArgumentException(
          "pipeline.%s.model.tune must have the method all where the model starts from random weights, without a checkpoint or a pretraining, found %s"
              .formatted(name, stage.model().tune()));
    }
  }

  private static void checkVocabulary(String name, StageSettings stage, ModelSettings pretrained) {
    if (stage.start() == StageSettings.Start.PRETRAINING
        && stage.model().vocabulary() != pretrained.vocabulary()) {
      throw new IllegalArgumentException(
          "pipeline.%s.model.vocabulary must be that of the pretraining it starts from, %s, found %s"
              .formatted(name, pretrained.vocabulary(), stage.model().vocabulary()));
    }
  }

  private static Map<String, StageSettings> inOrder(Map<String, StageSettings> stages) {
    if (stages.isEmpty()) {
      throw new IllegalArgumentException("pipeline must have at least one stage, found none");
    }
    Map<String, StageSettings> ordered = new LinkedHashMap<>();
    for (String name : stages.keySet()) {
      follow(name, stages, ordered, new ArrayList<>());
    }
    return ordered;
  }

  private static void follow(
      String name,
      Map<String, StageSettings> stages,
      Map<String, StageSettings> ordered,
      List<String> path) {
    if (path.contains(name)) {
      throw new IllegalArgumentException(
          "pipeline must not have a cycle, found " + String.join(" from ", path) + " from " + name);
    }
    path.add(name);
    Optional<String> from = stages.get(name).from();
    if (from.isPresent() && !stages.containsKey(from.get())) {
      throw new IllegalArgumentException(
          "pipeline must contain every stage that another reads from: "
              + name
              + " reads from "
              + from.get()
              + ", known: "
              + String.join(", ", stages.keySet()));
    }
    from.ifPresent(upstream -> follow(upstream, stages, ordered, path));
    ordered.putIfAbsent(name, stages.get(name));
  }

  /** The same on a draw of the training questions. */
  public Recipe withDraw(long draw) {
    return new Recipe(
        data.withDraw(draw),
        features,
        control,
        fusion,
        model,
        training,
        decoding,
        pretraining,
        pipeline,
        test);
  }

  /** How passages are retrieved on the way to the answer; by the stage nearest to it. */
  public Optional<RetrievalSettings> retrieval() {
    return retrieving(pipeline, lastStage());
  }

  private static Optional<RetrievalSettings> retrieving(
      Map<String, StageSettings> pipeline, String name) {
    StageSettings stage = pipeline.get(name);
    return stage
        .retrieval()
        .filter(retrieval -> !retrieval.isGold())
        .or(() -> stage.from().flatMap(earlier -> retrieving(pipeline, earlier)));
  }

  /** The name of the stage whose text is the answer: the last one. */
  public String lastStage() {
    return List.copyOf(pipeline.keySet()).get(pipeline.size() - 1);
  }
}
