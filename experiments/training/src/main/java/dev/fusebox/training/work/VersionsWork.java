package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionVersion;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.MovedOptions;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.VersionAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks a trained stage the test questions in every version.
 *
 * @param upstream what the earlier stage wrote: for every version, or for the questions as they are
 */
public record VersionsWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    EveryVersion every,
    Stage model,
    Optional<Stage> upstream,
    long seed)
    implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    Optional<Map<String, String>> written = UpstreamTexts.by(upstream, inputs);
    List<QuestionVersion> versions = new ArrayList<>();
    for (Question question : Split.TEST.questions(dataset, recipe.data())) {
      String rationale = written.map(texts -> texts.get(question.id())).orElse("");
      versions.addAll(every.of(question, rationale == null ? "" : rationale));
    }
    List<Question> asked = versions.stream().map(QuestionVersion::asked).toList();
    Tokenised examples =
        files.tokens(
            StageTexts.of(
                settings,
                asked,
                written.map(texts -> rationales(versions, texts)),
                PromptAids.of(files, settings, dataset, recipe.data(), asked)),
            tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                settings.seesPictures() ? Optional.of(pictures(root, versions)) : Optional.empty(),
                examples.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                seed),
            progress);
    PredictionFile.write(directory.resolve(PredictionFile.NAME), predicted.predictions());
    if (settings.ranks() || settings.format().output().writesAnswer()) {
      VersionsFile.write(
          directory.resolve(VersionsFile.NAME), answers(versions, predicted.predictions()));
    }
    return Map.of("questions", asked.size(), "cutSources", examples.cutSources());
  }

  private static Map<String, String> rationales(
      List<QuestionVersion> versions, Map<String, String> written) {
    Map<String, String> texts = new HashMap<>();
    for (QuestionVersion version : versions) {
      String id = version.asked().id();
      texts.put(id, version.rationale().orElseGet(() -> written.get(id)));
    }
    return texts;
  }

  /** Those of the questions; pictures of options go where their options go. */
  private PictureFeatures pictures(Path root, List<QuestionVersion> versions) throws IOException {
    PictureFeatures own =
        new LentPictures(
            files.pictures(root, settings.features(), settings.control(), seed),
            versions.stream()
                .collect(
                    Collectors.toMap(version -> version.asked().id(), QuestionVersion::question)));
    return settings.features().pictures().ofOptions()
        ? new MovedOptions(
            own,
            versions.stream()
                .collect(
                    Collectors.toMap(version -> version.asked().id(), QuestionVersion::origins)))
        : own;
  }

  private List<VersionAnswer> answers(
      List<QuestionVersion> versions, List<Prediction> predictions) {
    List<VersionAnswer> answers = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      QuestionVersion version = versions.get(i);
      int place = AnswerPattern.option(predictions.get(i).text()).orElse(ChangedAnswer.NONE);
      boolean named = place >= 0 && place < version.origins().size();
      answers.add(
          new VersionAnswer(
              every,
              version.question(),
              version.number(),
              named ? version.origins().get(place) : ChangedAnswer.NONE));
    }
    return answers;
  }
}
