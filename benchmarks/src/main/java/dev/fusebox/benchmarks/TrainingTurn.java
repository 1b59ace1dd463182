package dev.fusebox.benchmarks;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.Course;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.SaveSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.recipe.ValidationSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.task.TrainingTask;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One turn of training in a process of its own, so that its memory can be told from that of others:
 * the trainer that every experiment uses, with the gated fusion, on random weights, texts and
 * pictures. Prints a line of JSON, as {@code bench_reference.py} does.
 */
public final class TrainingTurn {

  private static final RandomTexts TEXTS = new RandomTexts(32_000);
  private static final Map<String, ModelShape> SHAPES =
      Map.of(
          "tiny", new ModelShape(64, 16, 4, 128, 2, 2, false),
          "small", new ModelShape(512, 64, 8, 2048, 6, 6, false));

  private final Map<String, String> arguments;
  private final Path directory;
  private final FusionCatalogue catalogue = FusionCatalogue.of(TrainingTurn.class.getClassLoader());

  TrainingTurn(Map<String, String> arguments, Path directory) {
    this.arguments = arguments;
    this.directory = directory;
  }

  /**
   * Trains and prints.
   *
   * @param arguments {@code key=value}: {@code directory} to work in, {@code size} (tiny or small),
   *     {@code precision}, {@code batch}, and either {@code steps}, {@code source} and {@code
   *     target} or {@code lengths}, a file of pairs, each question once, in batches of about as
   *     many tokens, of {@code batch} questions on average
   */
  public static void main(String[] arguments) throws IOException {
    Map<String, String> pairs = new TreeMap<>();
    for (String argument : arguments) {
      String[] pair = argument.split("=", 2);
      pairs.put(pair[0], pair[1]);
    }
    new TrainingTurn(pairs, Path.of(pairs.get("directory"))).run();
  }

  private void run() throws IOException {
    warmUp();
    StepClock clock = measure();
    System.out.printf(
        Locale.ROOT,
        "{\"seconds\": %.5f, \"peak_rss_mib\": %d}%n",
        arguments.containsKey("lengths") ? clock.total() : clock.median(),
        Machine.peakMebibytes());
  }

  /** Meets every class and operator once. */
  void warmUp() throws IOException {
    TEXTS.tokenizer(directory);
    train("before", List.of(new int[] {32, 16}, new int[] {32, 16}));
  }

  /** Trains as the arguments say. */
  StepClock measure() throws IOException {
    return train("measured", lengths());
  }

  private StepClock train(String name, List<int[]> lengths) throws IOException {
    StepClock clock = new StepClock();
    Path result = directory.resolve(name);
    TrainingTask task = task(lengths, clock);
    new T5StageTrainer(catalogue, Device::cpu).train(task, result, clock);
    return clock;
  }

  private TrainingTask task(List<int[]> lengths, StepClock clock) {
    ModelShape shape = SHAPES.get(arguments.get("size"));
    return new TrainingTask(
        Optional.empty(),
        new ModelSettings(
            Optional.empty(), shape, Optional.empty(), VocabularyChoice.ALL, List.of()),
        directory.resolve(WordTokenizer.FILE),
        PublishedFusion.of(catalogue),
        Optional.of(new RandomPictures(clock)),
        examples(lengths),
        List.of(),
        1,
        settings(),
        1);
  }

  /** The reference's recipe: AdamW, decay 0.01, clipping at 1, dropout 0.1. */
  private TrainingSettings settings() {
    BatchFill fill = arguments.containsKey("lengths") ? BatchFill.TOKENS : BatchFill.QUESTIONS;
    return new TrainingSettings(
        1,
        Optional.empty(),
        new Adamw(5e-5, 0.9, 0.999, 1e-8, 0.01),
        new Schedule(Course.CONSTANT, 0),
        new BatchSettings(number("batch"), fill, 50, 1, false),
        LearningGoal.LIKELIHOOD,
        1,
        0,
        0.1,
        Precision.valueOf(arguments.get("precision").toUpperCase(Locale.ROOT)),
        false,
        new ValidationSettings(0, ValidationMetric.LOSS, false, Optional.empty()),
        new SaveSettings(3600, 1));
  }

  private List<int[]> lengths() throws IOException {
    if (arguments.containsKey("lengths")) {
      List<int[]> lengths = new ArrayList<>();
      for (JsonNode pair : new ObjectMapper().readTree(new File(arguments.get("lengths")))) {
        lengths.add(new int[] {pair.get(0).asInt(), pair.get(1).asInt()});
      }
      return lengths;
    }
    int questions = number("batch") * (number("steps") + StepClock.WARM_UP);
    int[] pair = {number("source"), number("target")};
    return Stream.generate(() -> pair).limit(questions).toList();
  }

  private int number(String key) {
    return Integer.parseInt(arguments.get(key));
  }

  private static List<Example> examples(List<int[]> lengths) {
    Random random = new Random(0);
    return IntStream.range(0, lengths.size())
        .mapToObj(
            i -> {
              int[] pair = lengths.get(i);
              return new Example(
                  "q" + i, TEXTS.tokens(random, pair[0]), TEXTS.tokens(random, pair[1]), "");
            })
        .toList();
  }
}
