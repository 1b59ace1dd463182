package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.data.Question;
import dev.fusebox.experiments.features.PictureFeatures;
import dev.fusebox.experiments.fusion.FusionSettings;
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
 * Lets a fresh model practise on the training questions' text and pictures.
 *
 * @param sight the stage whose pictures and fusion it uses; empty where it reads text alone
 */
record PretrainingWork(
    Workshop workshop,
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
    Path tokenizer = place.tokenizer(settings.model(), inputs);
    List<Question> questions = Split.TRAIN.questions(workshop.questions(root), recipe.data());
    LongFunction<Example> examples =
        workshop.pretraining(
            settings, questions, workshop.tokenizer(tokenizer), settings.source().maxTokens());
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
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("texts", settings.texts());
    figures.put("tokens", count.tokens());
    figures.put("padding", count.padding());
    return figures;
  }

  private Optional<PictureFeatures> pictures(Path root) throws IOException {
    return sight.isPresent()
        ? Optional.of(
            workshop.pictures(root, sight.get().features(), sight.get().control(), settings.seed()))
        : Optional.empty();
  }
}
