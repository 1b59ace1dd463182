package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.objective.PicturedTexts;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/**
 * Pretrains a fresh model on the training questions' text and pictures.
 *
 * @param sight the stage whose pictures and fusion it uses; empty where it reads text alone
 */
public record PretrainingWork(
    OpenedFiles files,
    StageTrainer trainer,
    Recipe recipe,
    PretrainingSettings settings,
    Optional<StageSettings> sight,
    DataPlace place)
    implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    List<Question> questions = Split.TRAIN.questions(dataset, recipe.data());
    LongFunction<Example> examples =
        files.pretraining(
            settings,
            settings.practised(sight.isPresent()),
            new PicturedTexts(questions, dataset.regions()),
            files.tokenizer(tokenizer),
            settings.source().maxTokens());
    TokenCount count =
        trainer.train(
            new TrainingTask(
                settings.model().checkpoint(),
                settings.model(),
                tokenizer,
                sight.map(StageSettings::fusion).orElse(FusionSettings.NONE),
                pictures(root),
                LongStream.range(0, settings.texts()).mapToObj(examples).toList(),
                List.of(),
                settings.source().maxTokens(),
                settings.training(),
                settings.seed()),
            directory,
            progress);
    return figures(count);
  }

  private Map<String, Number> figures(TokenCount count) {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("texts", settings.texts());
    figures.put("tokens", count.tokens());
    figures.put("padding", count.padding());
    return figures;
  }

  private Optional<PictureFeatures> pictures(Path root) throws IOException {
    return sight.isPresent()
        ? Optional.of(
            files.pictures(root, sight.get().features(), sight.get().control(), settings.seed()))
        : Optional.empty();
  }
}
