package dev.fusebox.training.work;

import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TransferSettings;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TransferredAnswer;
import dev.fusebox.training.work.TrainedStage.AskedQuestions;
import dev.fusebox.training.work.TrainedStage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Asks a trained stage the questions of other data. A stage that sees pictures sees theirs; where
 * no question has one, it is shown none.
 *
 * @param name what the other data are called
 */
public record TransferWork(TrainedStage stage, String name, TransferSettings transfer)
    implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Dataset others = stage.files().questions(transfer.root());
    List<Question> asked = transfer.of(others);
    Written written =
        stage.ask(
            new AskedQuestions(
                asked,
                stage.rationales(inputs),
                0,
                stage.seen(() -> pictures(inputs, asked)),
                stage.seed()),
            inputs,
            progress);
    List<Prediction> predictions = written.keep(directory);
    if (stage.answers()) {
      TransferredFile.write(
          directory.resolve(TransferredFile.NAME),
          answers(others.categories(), asked, predictions));
    }
    return written.figures();
  }

  /** Whether pictures of the other data are looked at, or passages found for its questions. */
  public static boolean looks(StageSettings settings, List<Question> asked) {
    return settings.seesPictures()
        && (settings.features().needNoPictures() || asked.stream().anyMatch(Question::picture));
  }

  private PictureFeatures pictures(Function<Stage, Path> inputs, List<Question> asked)
      throws IOException {
    return looks(stage.settings(), asked)
        ? stage.pictures(transfer.root(), stage.settings().control())
        : new LentPictures(stage.pictures(inputs), Map.of());
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
