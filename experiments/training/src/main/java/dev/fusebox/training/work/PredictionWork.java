package dev.fusebox.training.work;

import dev.fusebox.questions.Question;
import dev.fusebox.training.batch.Seeds;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.TrainedStage.AskedQuestions;
import dev.fusebox.training.work.TrainedStage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Lets a trained stage write for one split.
 *
 * @param sample which of several drawn texts this is, or is read here, counted from 1; 0: the only
 *     one
 */
public record PredictionWork(TrainedStage stage, Split split, int sample) implements Stage.Work {

  /** The figure of a stage's record that says which of several drawn texts it is. */
  public static final String SAMPLE = "sample";

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    List<Question> questions = split.questions(stage.dataset(inputs), stage.recipe().data());
    Written written =
        stage.ask(
            new AskedQuestions(
                questions,
                stage.rationales(inputs),
                0,
                stage.seen(() -> stage.pictures(inputs)),
                sample == 0 ? stage.seed() : Seeds.mix(stage.seed(), sample)),
            inputs,
            progress);
    written.keep(directory);
    keepMore(directory, written.predicted());
    Map<String, Number> figures = written.figures();
    if (sample > 0) {
      figures.put(SAMPLE, sample);
    }
    return figures;
  }

  /** Besides what was written: where the stage looked, and what it found of the options. */
  private void keepMore(Path directory, Predicted predicted) throws IOException {
    if (!predicted.attention().isEmpty()) {
      AttentionFile.write(directory.resolve(AttentionFile.NAME), predicted.attention());
    }
    if (!predicted.options().isEmpty()) {
      OptionsFile.write(directory.resolve(OptionsFile.NAME), predicted.options());
    }
    if (sample > 0 && stage.answers()) {
      SampledFile.write(
          directory.resolve(SampledFile.NAME), SampledFile.answers(sample, predicted));
    }
  }
}
