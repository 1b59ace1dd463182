package dev.fusebox.training.work;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TransferredAnswer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks a trained stage the questions of other data. A stage that sees pictures sees theirs; where
 * no question has one, it is shown none.
 *
 * @param name what the other data are called
 * @param upstream what the earlier stage wrote for the same questions
 */
public record TransferWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    String name,
    TransferSettings transfer,
    Stage model,
    Optional<Stage> upstream,
    long seed)
    implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset others = files.questions(transfer.root());
    List<Question> asked = transfer.of(others);
    Tokenised examples =
        files.tokens(
            StageTexts.of(
                settings,
                asked,
                UpstreamTexts.by(upstream, inputs),
                PromptAids.of(files, settings, files.questions(root), recipe.data(), asked)),
            tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                settings.seesPictures() ? Optional.of(pictures(root, asked)) : Optional.empty(),
                examples.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                seed),
            progress);
    PredictionFile.write(directory.resolve(PredictionFile.NAME), predicted.predictions());
    if (settings.ranks() || settings.format().output().writesAnswer()) {
      TransferredFile.write(
          directory.resolve(TransferredFile.NAME),
          answers(others.categories(), asked, predicted.predictions()));
    }
    return Map.of("questions", asked.size(), "cutSources", examples.cutSources());
  }

  /** Whether pictures of the other data are looked at. */
  public static boolean looks(StageSettings settings, List<Question> asked) {
    return settings.seesPictures() && asked.stream().anyMatch(Question::picture);
  }

  private PictureFeatures pictures(Path root, List<Question> asked) throws IOException {
    return looks(settings, asked)
        ? files.pictures(transfer.root(), settings.features(), settings.control(), seed)
        : new LentPictures(
            files.pictures(root, settings.features(), settings.control(), seed), Map.of());
  }

  private List<TransferredAnswer> answers(
      List<Category> categories, List<Question> asked, List<Prediction> predictions) {
    List<TransferredAnswer> answers = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      Question question = asked.get(i);
      answers.add(
          new TransferredAnswer(
              name,
              question.id(),
              categories.stream()
                  .filter(category -> category.contains(question))
                  .map(Category::label)
                  .toList(),
              AnswerPattern.option(predictions.get(i).text()).orElse(ChangedAnswer.NONE),
              question.answer(),
              question.choices().size()));
    }
    return answers;
  }
}
