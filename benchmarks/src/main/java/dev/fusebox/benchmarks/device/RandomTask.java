package dev.fusebox.benchmarks.device;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.fusebox.lab.ablation.FusionReader;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.optimize.Adamw;
import dev.fusebox.training.optimize.Course;
import dev.fusebox.training.optimize.Schedule;
import dev.fusebox.training.recipe.BatchSettings;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.SaveSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.recipe.ValidationMetric;
import dev.fusebox.training.recipe.ValidationSettings;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Something to learn, drawn at random and the same every time: the gated fusion over random
 * pictures, dropout of 0.1, AdamW.
 *
 * @param parts into which a batch is cut
 * @param replicas that learn them at once
 * @param saveEvery seconds between saved states
 */
record RandomTask(
    Scale scale, Precision precision, int steps, int parts, int replicas, int saveEvery) {

  private static final int WIDTH = 256; // of a picture's vectors, as DETR's

  /** The published fusion of mm-cot. */
  static FusionSettings gated(FusionCatalogue catalogue) {
    ConfigValue value =
        ConfigFactory.load(RandomTask.class.getClassLoader())
            .getConfig("fusions.gated")
            .root()
            .withValue("name", ConfigValueFactory.fromAnyRef("gated"));
    return new FusionReader(catalogue)
        .read(value, "fusion", new Binder(new Problems()))
        .orElseThrow();
  }

  /**
   * The task.
   *
   * @param folder gets a tokenizer
   */
  TrainingTask in(Path folder, FusionCatalogue catalogue) throws IOException {
    Files.createDirectories(folder);
    WordTokenizer.learn(words(), 1).save(folder);
    return new TrainingTask(
        Optional.empty(),
        new ModelSettings(
            Optional.empty(), scale.shape(), Optional.empty(), VocabularyChoice.ALL, List.of()),
        folder.resolve(WordTokenizer.FILE),
        gated(catalogue),
        Optional.of(new Noise(scale.patches())),
        examples(steps * scale.batch()),
        List.of(),
        1,
        settings(),
        1);
  }

  private TrainingSettings settings() {
    return new TrainingSettings(
        1,
        Optional.of(steps),
        new Adamw(1e-3, 0.9, 0.999, 1e-8, 0.01),
        new Schedule(Course.CONSTANT, 0),
        new BatchSettings(scale.batch(), BatchFill.QUESTIONS, 50, parts, false),
        LearningGoal.LIKELIHOOD,
        1,
        0,
        0.1,
        0,
        precision,
        false,
        new ValidationSettings(0, ValidationMetric.LOSS, false, Optional.empty()),
        new SaveSettings(saveEvery, 1),
        replicas);
  }

  private List<Example> examples(int count) {
    Random random = new Random(0);
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Example(
                    "q" + i, text(random, scale.source()), text(random, scale.target()), ""))
        .toList();
  }

  private int[] text(Random random, int length) {
    return random.ints(length, 3, scale.words()).toArray();
  }

  private Stream<String> words() {
    return IntStream.range(0, scale.words()).mapToObj(RandomTask::word);
  }

  /** Letters alone, for a number is more than one token. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int rest = number, i = 0; i < 4; i++, rest /= 26) {
      word.append((char) ('a' + rest % 26));
    }
    return word.toString();
  }

  /** A picture for every question, of its own. */
  private record Noise(int patches) implements PictureFeatures {

    @Override
    public int width() {
      return WIDTH;
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      Random random = new Random(questionId.hashCode());
      for (int i = 0; i < patches * WIDTH; i++) {
        into.put((float) random.nextGaussian());
      }
      return patches;
    }
  }
}
