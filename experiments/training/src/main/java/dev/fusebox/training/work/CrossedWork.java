package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks a trained stage that ranks options the texts of some test questions, each beside the
 * pictures of all of them that have as many options. One that sees no picture is asked each text
 * once, and has said the same beside every picture.
 */
public record CrossedWork(
    OpenedFiles files,
    StagePredictor predictor,
    Recipe recipe,
    StageSettings settings,
    DataPlace place,
    Stage model,
    long seed)
    implements Stage.Work {

  private static final long SAMPLE = 1;

  /** A text beside a picture, both by their questions' ids. */
  private record Pair(String text, String picture) {

    String id() {
      return text + "\n" + picture; // no id holds a line break
    }
  }

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Path root = place.path(inputs);
    Path tokenizer = files.tokenizer(settings.model(), place, recipe.data(), inputs);
    Dataset dataset = files.questions(root);
    List<Question> questions =
        sample(Split.TEST.questions(dataset, recipe.data()), recipe.test().crossed());
    List<Pair> pairs = pairs(questions);
    Tokenised texts =
        files.tokens(
            StageTexts.of(
                settings,
                questions,
                Optional.empty(),
                Passages.of(files, settings.retrieval(), dataset, recipe.data(), questions)),
            tokenizer);
    Optional<PictureFeatures> pictures = pictures(root, pairs);
    List<OptionProbabilities> options =
        predictor
            .predict(
                new PredictionTask(
                    inputs.apply(model).resolve(StageTrainer.CHECKPOINT),
                    tokenizer,
                    settings.fusion(),
                    pictures,
                    examples(texts.examples(), pairs, pictures.isPresent()),
                    settings.decoding(),
                    settings.target().maxTokens(),
                    settings.training().countPadding(),
                    seed),
                progress)
            .options();
    CrossedFile.write(
        directory.resolve(CrossedFile.NAME), answers(pairs, options, pictures.isPresent()));
    return Map.of("questions", questions.size(), "asked", options.size());
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
          .forEach(picture -> pairs.add(new Pair(text.id(), picture.id())));
    }
    return pairs;
  }

  private Optional<PictureFeatures> pictures(Path root, List<Pair> pairs) throws IOException {
    if (!settings.seesPictures()) {
      return Optional.empty();
    }
    Map<String, String> lenders = pairs.stream().collect(Collectors.toMap(Pair::id, Pair::picture));
    return Optional.of(
        new LentPictures(
            files.pictures(root, settings.features(), settings.control(), seed), lenders));
  }

  private static List<Example> examples(
      List<Example> texts, List<Pair> pairs, boolean seesPictures) {
    if (!seesPictures) {
      return texts;
    }
    Map<String, Example> byId =
        texts.stream().collect(Collectors.toMap(Example::id, example -> example));
    return pairs.stream()
        .map(
            pair -> {
              Example text = byId.get(pair.text());
              return new Example(
                  pair.id(), text.source(), text.target(), text.targetText(), text.options());
            })
        .toList();
  }

  private static List<CrossedAnswer> answers(
      List<Pair> pairs, List<OptionProbabilities> options, boolean seesPictures) {
    Map<String, OptionProbabilities> byId = new HashMap<>();
    options.forEach(each -> byId.put(each.id(), each));
    return pairs.stream()
        .map(
            pair -> {
              OptionProbabilities found = byId.get(seesPictures ? pair.id() : pair.text());
              return new CrossedAnswer(
                  pair.text(), pair.picture(), found.probabilities(), found.right());
            })
        .toList();
  }
}
