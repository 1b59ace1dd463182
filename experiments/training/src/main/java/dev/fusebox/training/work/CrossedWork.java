package dev.fusebox.training.work;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.TrainedStage.AskedQuestions;
import dev.fusebox.training.work.TrainedStage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks a trained stage the texts of some test questions, each beside the pictures of all of them
 * that have as many options. Where nothing of the picture reaches it, it is asked each text once,
 * and has said the same beside every picture. The earlier stage wrote for the same texts beside the
 * same pictures.
 */
public record CrossedWork(TrainedStage stage) implements Stage.Work {

  private static final long SAMPLE = 1;

  /** A text beside a picture. */
  private record Pair(Question text, Question picture) {

    String id() {
      return asked().id();
    }

    Question asked() {
      return text.version(picture.id()).withCaption(picture.caption());
    }

    boolean isOwn() {
      return text.id().equals(picture.id());
    }
  }

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Recipe recipe = stage.recipe();
    List<Question> sample =
        sample(Split.TEST.questions(stage.dataset(inputs), recipe.data()), recipe.test().crossed());
    List<Pair> pairs = pairs(sample);
    List<Question> asked =
        pairs.stream().filter(pair -> reached() || pair.isOwn()).map(Pair::asked).toList();
    Written written =
        stage.ask(
            new AskedQuestions(
                asked,
                stage.rationales(inputs),
                0,
                stage.seen(() -> pictures(inputs, pairs)),
                stage.seed()),
            inputs,
            progress);
    Predicted predicted = written.predicted();
    PredictionFile.write(directory.resolve(PredictionFile.NAME), all(pairs, predicted));
    if (!predicted.options().isEmpty()) {
      CrossedFile.write(directory.resolve(CrossedFile.NAME), answers(pairs, predicted.options()));
    }
    Map<String, Number> figures = new LinkedHashMap<>(written.figures());
    figures.put("questions", sample.size());
    figures.put("asked", asked.size());
    return figures;
  }

  private boolean reached() {
    return stage.settings().seesPictures()
        || stage.settings().features().withCaptions()
        || stage.upstream().isPresent();
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

  private PictureFeatures pictures(Function<Stage, Path> inputs, List<Pair> pairs)
      throws IOException {
    Map<String, String> lenders =
        pairs.stream().collect(Collectors.toMap(Pair::id, pair -> pair.picture().id()));
    return new LentPictures(stage.pictures(inputs), lenders);
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
