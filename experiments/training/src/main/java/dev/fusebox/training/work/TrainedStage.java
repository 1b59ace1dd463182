package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.MovedOptions;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.recipe.Recipe;
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
 * A stage that has learnt and is asked: what all works have in common that let one write.
 *
 * @param upstream what the earlier stage wrote for the same questions
 */
public record TrainedStage(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Stage model,
    Optional<Stage> upstream,
    long seed) {

  /**
   * Questions as they are put.
   *
   * @param rationales what is read instead of the gold ones, by question id
   * @param firstLetter of the first option, counted from 0
   * @param pictures what is seen; empty where the stage sees none
   * @param seed of what is drawn
   * @param passages what is read by question id, instead of what would be retrieved
   */
  record AskedQuestions(
      List<Question> questions,
      Optional<Map<String, String>> rationales,
      int firstLetter,
      Optional<PictureFeatures> pictures,
      long seed,
      Optional<Map<String, List<String>>> passages) {

    /** With the passages that are retrieved, where any are. */
    AskedQuestions(
        List<Question> questions,
        Optional<Map<String, String>> rationales,
        int firstLetter,
        Optional<PictureFeatures> pictures,
        long seed) {
      this(questions, rationales, firstLetter, pictures, seed, Optional.empty());
    }
  }

  /** Pictures that are opened where they are seen. */
  @FunctionalInterface
  interface Opening {
    PictureFeatures open() throws IOException;
  }

  /** What was written, and what of the questions it was written for. */
  record Written(Tokenised examples, Predicted predicted) {

    /** What there is to say of the reading. */
    Map<String, Number> figures() {
      Map<String, Number> figures = new LinkedHashMap<>();
      figures.put("questions", predicted.predictions().size());
      figures.put("cutSources", examples.cutSources());
      if (examples.leftOutShots() > 0) {
        figures.put("leftOutShots", examples.leftOutShots());
      }
      return figures;
    }

    /** Keeps what was written in a directory. */
    List<Prediction> keep(Path directory) throws IOException {
      PredictionFile.write(directory.resolve(PredictionFile.NAME), predicted.predictions());
      return predicted.predictions();
    }
  }

  /** The data that it learnt from. */
  Dataset dataset(Function<Stage, Path> inputs) throws IOException {
    return files.questions(place.path(inputs));
  }

  /** What the earlier stage wrote, by question id. */
  Optional<Map<String, String>> rationales(Function<Stage, Path> inputs) throws IOException {
    return UpstreamTexts.by(upstream, inputs);
  }

  /** Whether what it writes is an answer. */
  boolean answers() {
    return settings.ranks() || settings.format().output().writesAnswer();
  }

  /** What it sees of these pictures: nothing where it sees none. */
  Optional<PictureFeatures> seen(Opening pictures) throws IOException {
    return settings.seesPictures() ? Optional.of(pictures.open()) : Optional.empty();
  }

  /** The pictures of its own data, under its own control. */
  PictureFeatures pictures(Function<Stage, Path> inputs) throws IOException {
    return pictures(place.path(inputs), settings.control());
  }

  PictureFeatures pictures(Path root, Control control) throws IOException {
    return files.pictures(root, settings.features(), control, seed);
  }

  /**
   * Pictures of options go where their options go.
   *
   * @param origins by question id, for each option as it is asked the index it has in the data
   */
  PictureFeatures moved(PictureFeatures pictures, Map<String, List<Integer>> origins) {
    return settings.features().pictures().ofOptions()
        ? new MovedOptions(pictures, origins)
        : pictures;
  }

  /** Lets it write. */
  Written ask(AskedQuestions asking, Function<Stage, Path> inputs, StageProgress progress)
      throws IOException {
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Optional<SeenPictures> seen = seen(asking, inputs);
    PromptAids aids = aids(asking, dataset(inputs), seen);
    StageTexts texts =
        StageTexts.of(
            settings, asking.questions(), asking.rationales(), aids, asking.firstLetter());
    Tokenised examples = files.tokens(texts, tokenizer);
    Tokenizer words = files.tokenizer(tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                seen.map(pictures -> pictures.with(List.of(texts), settings.shots(), words)),
                examples.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                asking.seed()),
            progress);
    return new Written(examples, predicted);
  }

  private Optional<SeenPictures> seen(AskedQuestions asking, Function<Stage, Path> inputs)
      throws IOException {
    if (asking.pictures().isEmpty()) {
      return Optional.empty();
    }
    PictureFeatures own = asking.pictures().get();
    boolean shots = settings.shots().count() > 0; // else those of the training stay closed
    return Optional.of(new SeenPictures(own, shots ? pictures(inputs) : own));
  }

  private PromptAids aids(AskedQuestions asking, Dataset dataset, Optional<SeenPictures> seen)
      throws IOException {
    return asking.passages().isPresent()
        ? new PromptAids(
            asking.passages().get(),
            Shots.of(files, settings.shots(), dataset, recipe.data(), asking.questions(), seen))
        : PromptAids.of(files, settings, dataset, recipe.data(), asking.questions(), seen);
  }
}
