package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Trains one stage of a pipeline. */
public record TrainingWork(
    OpenedFiles files,
    StageTrainer trainer,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Optional<Stage> start,
    Optional<Stage> upstreamTrain,
    Optional<Stage> upstreamValidation,
    long seed)
    implements Stage.Work {

  /** The figure of the most memory that was resident meanwhile, which no two runs have the same. */
  public static final String PEAK = "peakMegabytes";

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Optional<SeenPictures> seen = seen(root);
    List<StageTexts> texts = texts(root, inputs, seen);
    Tokenised train = files.tokens(texts.get(0), tokenizer);
    List<Example> validation =
        texts.size() > 1 ? files.tokens(texts.get(1), tokenizer).examples() : List.of();
    Tokenizer words = files.tokenizer(tokenizer);
    TrainingTask task =
        new TrainingTask(
            checkpoint(inputs),
            settings.model(),
            tokenizer,
            settings.fusion(),
            seen.map(pictures -> pictures.with(texts, settings.shots(), words)),
            train.examples(),
            validation,
            settings.target().maxTokens(),
            settings.training(),
            seed);
    PeakMemory.reset();
    return figures(train, trainer.train(task, directory, progress), directory);
  }

  /** What there is to say of a training that has just ended. */
  private Map<String, Number> figures(Tokenised train, TokenCount count, Path directory)
      throws IOException {
    Map<String, Number> figures = figures(train, count);
    PeakMemory.megabytes().ifPresent(peak -> figures.put(PEAK, peak));
    figures.put("steps", settings.training().stepsFor(train.examples().size()));
    long numbers = ModelWeights.learntNumbers(directory.resolve(StageTrainer.CHECKPOINT));
    if (numbers > 0) {
      figures.put("trainedNumbers", numbers);
    }
    return figures;
  }

  /** What learning begins with: another stage's result, or files of others. */
  private Optional<Path> checkpoint(Function<Stage, Path> inputs) {
    return start
        .map(stage -> inputs.apply(stage).resolve(StageTrainer.CHECKPOINT))
        .or(() -> settings.model().checkpoint());
  }

  private Optional<SeenPictures> seen(Path root) throws IOException {
    if (!settings.seesPictures()) {
      return Optional.empty();
    }
    PictureFeatures pictures = files.pictures(root, settings.features(), settings.control(), seed);
    return Optional.of(new SeenPictures(pictures, pictures));
  }

  /** Those of the training questions, and those of the validation's where it is looked at. */
  private List<StageTexts> texts(
      Path root, Function<Stage, Path> inputs, Optional<SeenPictures> seen) throws IOException {
    List<StageTexts> texts = new ArrayList<>();
    texts.add(texts(root, Split.TRAIN, upstreamTrain, inputs, seen));
    if (settings.training().validation().looks()) {
      texts.add(texts(root, Split.VALIDATION, upstreamValidation, inputs, seen));
    }
    return texts;
  }

  private StageTexts texts(
      Path root,
      Split split,
      Optional<Stage> upstream,
      Function<Stage, Path> inputs,
      Optional<SeenPictures> seen)
      throws IOException {
    Dataset dataset = files.questions(root);
    List<Question> questions = split.questions(dataset, recipe.data());
    Optional<Map<String, String>> written = UpstreamTexts.by(upstream, inputs);
    return StageTexts.of(
        settings,
        questions,
        written,
        PromptAids.of(files, settings, dataset, recipe.data(), questions, seen));
  }

  private static Map<String, Number> figures(Tokenised train, TokenCount count) {
    Map<String, Number> figures = new LinkedHashMap<>();
    figures.put("questions", train.examples().size());
    figures.put("cutSources", train.cutSources());
    if (train.leftOutShots() > 0) {
      figures.put("leftOutShots", train.leftOutShots());
    }
    figures.put("cutTargets", train.cutTargets());
    figures.put("tokens", count.tokens());
    figures.put("padding", count.padding());
    if (count.operations() > 0) {
      figures.put("operationsPerExample", count.operations());
    }
    return figures;
  }
}
