package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.training.batch.Seeds;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Lets a trained stage write for one split.
 *
 * @param sample which of several drawn texts this is, or is read here, counted from 1; 0: the only
 *     one
 */
public record PredictionWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Split split,
    Stage model,
    Optional<Stage> upstream,
    long seed,
    int sample)
    implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    List<Question> questions = split.questions(dataset, recipe.data());
    Tokenised examples =
        files.tokens(
            StageTexts.of(
                settings,
                questions,
                UpstreamTexts.by(upstream, inputs),
                PromptAids.of(files, settings, dataset, recipe.data(), questions)),
            tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                settings.seesPictures()
                    ? Optional.of(
                        files.pictures(root, settings.features(), settings.control(), seed))
                    : Optional.empty(),
                examples.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                sample == 0 ? seed : Seeds.mix(seed, sample)),
            progress);
    PredictionFile.write(directory.resolve(PredictionFile.NAME), predicted.predictions());
    if (!predicted.attention().isEmpty()) {
      AttentionFile.write(directory.resolve(AttentionFile.NAME), predicted.attention());
    }
    if (!predicted.options().isEmpty()) {
      OptionsFile.write(directory.resolve(OptionsFile.NAME), predicted.options());
    }
    if (sample > 0 && (settings.ranks() || settings.format().output().writesAnswer())) {
      SampledFile.write(
          directory.resolve(SampledFile.NAME), SampledFile.answers(sample, predicted));
    }
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("questions", predicted.predictions().size());
    figures.put("cutSources", examples.cutSources());
    if (examples.leftOutShots() > 0) {
      figures.put("leftOutShots", examples.leftOutShots());
    }
    return figures;
  }
}
