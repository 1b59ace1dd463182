package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks a trained stage the texts of some test questions, each beside the pictures of all of them
 * that have as many options. Where nothing of the picture reaches it, it is asked each text once,
 * and has said the same beside every picture.
 *
 * @param upstream what the earlier stage wrote for the same texts beside the same pictures
 */
public record CrossedWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Stage model,
    Optional<Stage> upstream,
    long seed)
    implements Stage.Work {

  private static final long SAMPLE = 1;

  /** A text beside a picture. */
  private record Pair(Question text, Question picture) {

    /** No id of a question holds a line break. */
    String id() {
      return text.id() + "\n" + picture.id();
    }

    Question asked() {
      return new Question(
          id(),
          text.question(),
          text.choices(),
          text.answer(),
          text.hint(),
          text.picture(),
          text.lecture(),
          text.solution(),
          text.subject(),
          text.grade(),
          picture.caption());
    }

    boolean isOwn() {
      return text.id().equals(picture.id());
    }
  }

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    List<Question> sample =
        sample(Split.TEST.questions(dataset, recipe.data()), recipe.test().crossed());
    List<Pair> pairs = pairs(sample);
    List<Question> asked =
        pairs.stream().filter(pair -> reached() || pair.isOwn()).map(Pair::asked).toList();
    Tokenised texts =
        files.tokens(
            StageTexts.of(
                settings,
                asked,
                UpstreamTexts.by(upstream, inputs),
                PromptAids.of(files, settings, dataset, recipe.data(), asked)),
            tokenizer);
    Predicted predicted =
        predictor.predict(
            new PredictionTask(
                inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                tokenizer,
                settings.fusion(),
                pictures(root, pairs),
                texts.examples(),
                settings.decoding(),
                settings.target().maxTokens(),
                settings.training().countPadding(),
                seed),
            progress);
    PredictionFile.write(directory.resolve(PredictionFile.NAME), all(pairs, predicted));
    if (!predicted.options().isEmpty()) {
      CrossedFile.write(directory.resolve(CrossedFile.NAME), answers(pairs, predicted.options()));
    }
    return Map.of("questions", sample.size(), "asked", asked.size());
  }

  private boolean reached() {
    return settings.seesPictures() || settings.features().withCaptions() || upstream.isPresent();
  }

  private String asked(Pair pair) {
    return reached() ? pair.id() : new Pair(pair.text(), pair.text()).id();
  }

  /** The same questions for every run: some of those with a picture, by chance. */
  private static List<Question> sample(List<Question> test, int count) {
    List<Question> pictured =
        test.stream().filter(Question::picture).collect(Collectors.toCollection(ArrayList::new));
    Collections.shuffle(pictured, new Random(SAMPLE));
    return pictured.subList(0, Math.min(count, pictured.size()));
  }

  private static List<Pair> pairs(List<Question> questions) {
    List<Pair> pairs = new ArrayList<>();
    for (Question text : questions) {
      questions.stream()
          .filter(picture -> picture.choices().size() == text.choices().size())
          .forEach(picture -> pairs.add(new Pair(text, picture)));
    }
    return pairs;
  }

  private Optional<PictureFeatures> pictures(Path root, List<Pair> pairs) throws IOException {
    if (!settings.seesPictures()) {
      return Optional.empty();
    }
    Map<String, String> lenders =
        pairs.stream().collect(Collectors.toMap(Pair::id, pair -> pair.picture().id()));
    return Optional.of(
        new LentPictures(
            files.pictures(root, settings.features(), settings.control(), seed), lenders));
  }

  /** What is written for each pair, for the stage that reads it. */
  private List<Prediction> all(List<Pair> pairs, Predicted predicted) {
    Map<String, Prediction> byId =
        predicted.predictions().stream()
            .collect(Collectors.toMap(Prediction::id, Function.identity()));
    return pairs.stream()
        .map(
            pair -> {
              Prediction found = byId.get(asked(pair));
              return new Prediction(pair.id(), found.text(), found.target());
            })
        .toList();
  }

  private List<CrossedAnswer> answers(List<Pair> pairs, List<OptionProbabilities> options) {
    Map<String, OptionProbabilities> byId =
        options.stream().collect(Collectors.toMap(OptionProbabilities::id, Function.identity()));
    return pairs.stream()
        .map(
            pair -> {
              OptionProbabilities found = byId.get(asked(pair));
              return new CrossedAnswer(
                  pair.text().id(), pair.picture().id(), found.probabilities(), found.right());
            })
        .toList();
  }
}
