package dev.fusebox.benchmarks.device;

import dev.fusebox.benchmarks.PublishedFusion;
import dev.fusebox.benchmarks.RandomTexts;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchFill;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
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

  /**
   * The task.
   *
   * @param folder gets a tokenizer
   */
  TrainingTask in(Path folder, FusionCatalogue catalogue) throws IOException {
    Files.createDirectories(folder);
    return new TrainingTask(
        Optional.empty(),
        new ModelSettings(
            Optional.empty(), scale.shape(), Optional.empty(), VocabularyChoice.ALL, List.of()),
        new RandomTexts(scale.words()).tokenizer(folder),
        PublishedFusion.of(catalogue),
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
    RandomTexts texts = new RandomTexts(scale.words());
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new Example(
                    "q" + i,
                    texts.tokens(random, scale.source()),
                    texts.tokens(random, scale.target()),
                    ""))
        .toList();
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
