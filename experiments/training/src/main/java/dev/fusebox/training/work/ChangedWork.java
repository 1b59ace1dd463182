package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.ChangedQuestion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.Control;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets a trained stage write for the test questions asked otherwise.
 *
 * @param upstream what the earlier stage wrote for the questions as they are asked; of a change of
 *     the rationale, for the questions as they are
 */
public record ChangedWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    QuestionChange change,
    Stage model,
    Optional<Stage> upstream,
    long seed)
    implements Stage.Work {

  private static final AnswerForm SENTENCE = new AnswerForm.Sentence();

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    List<ChangedQuestion> changed = change.of(Split.TEST.questions(dataset, recipe.data()));
    List<Question> asked = changed.stream().map(ChangedQuestion::asked).toList();
    Tokenised examples =
        files.tokens(
            StageTexts.of(
                settings,
                asked,
                rationales(changed, UpstreamTexts.by(upstream, inputs)),
                PromptAids.of(files, settings, dataset, recipe.data(), asked),
                change.firstLetter()),
            tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                settings.seesPictures() ? Optional.of(pictures(root, changed)) : Optional.empty(),
                examples.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                seed),
            progress);
    PredictionFile.write(directory.resolve(PredictionFile.NAME), predicted.predictions());
    if (settings.ranks() || settings.format().output().writesAnswer()) {
      ChangedFile.write(
          directory.resolve(ChangedFile.NAME), answers(changed, predicted.predictions()));
    }
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("questions", predicted.predictions().size());
    figures.put("cutSources", examples.cutSources());
    if (examples.leftOutShots() > 0) {
      figures.put("leftOutShots", examples.leftOutShots());
    }
    return figures;
  }

  private Optional<Map<String, String>> rationales(
      List<ChangedQuestion> changed, Optional<Map<String, String>> written) {
    if (written.isEmpty() || change == QuestionChange.GOLD_RATIONALE) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    for (ChangedQuestion each : changed) {
      String id = each.asked().id();
      texts.put(
          id, change.rationale(each, written.get().get(id), written.get().get(each.lender())));
    }
    return Optional.of(texts);
  }

  /** Under a control there is no picture to take away. */
  private PictureFeatures pictures(Path root, List<ChangedQuestion> changed) throws IOException {
    boolean noise = change == QuestionChange.NOISE_PICTURE && settings.control() == Control.NONE;
    PictureFeatures own =
        moved(
            files.pictures(
                root, settings.features(), noise ? Control.NOISE : settings.control(), seed),
            changed);
    if (change == QuestionChange.NO_PICTURE && settings.control() == Control.NONE) {
      return new LentPictures(own, Map.of());
    }
    return change == QuestionChange.PICTURE_OF_ANOTHER
        ? new LentPictures(
            own,
            changed.stream()
                .collect(Collectors.toMap(each -> each.asked().id(), ChangedQuestion::lender)))
        : own;
  }

  /** Pictures of options go where their options go. */
  private PictureFeatures moved(PictureFeatures pictures, List<ChangedQuestion> changed) {
    return settings.features().pictures().ofOptions()
        ? new MovedOptions(
            pictures,
            changed.stream()
                .collect(Collectors.toMap(each -> each.asked().id(), ChangedQuestion::origins)))
        : pictures;
  }

  private List<ChangedAnswer> answers(List<ChangedQuestion> changed, List<Prediction> predictions) {
    List<ChangedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      ChangedQuestion question = changed.get(i);
      int place = place(question.asked(), predictions.get(i).text());
      answers.add(
          new ChangedAnswer(
              change,
              question.asked().id(),
              place,
              place == ChangedAnswer.NONE ? ChangedAnswer.NONE : question.origins().get(place),
              question.asked().choices().size()));
    }
    return answers;
  }

  /** Where options are ranked, the answer is named by its place, whatever its letter. */
  private int place(Question question, String text) {
    int letter = SENTENCE.option(question, text).orElse(ChangedAnswer.NONE);
    int place = settings.decoding().mode().ranks() ? letter : letter - change.firstLetter();
    return place >= 0 && place < question.choices().size() ? place : ChangedAnswer.NONE;
  }
}
