package dev.fusebox.training.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import dev.fusebox.file.FileHashes;
import dev.fusebox.fusion.Mode;
import dev.fusebox.t5.OutputHead;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Activation;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.batch.OptionsOfBatch;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.optimize.StepGradients;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.training.optimize.TrainingScript;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.LearningGoal;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.write.OptionRanker;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RankedLossTest {

  @TempDir private Path temporary;

  private static final T5Config CONFIG =
      new T5Config(
          64,
          16,
          8,
          32,
          2,
          2,
          2,
          32,
          128,
          0,
          1e-6,
          Activation.RELU,
          false,
          OutputHead.TIED,
          0,
          1,
          0);

  private LoadedModel model(TrainingTask task) throws IOException {
    return LoadedModel.open(
        CONFIG,
        ModelWeights.start(
            Optional.empty(), new Tuning.All(), FrozenWeights.FLOAT32, FileHashes.ofThisProcess()),
        task.fusion(),
        task.pictures(),
        new FusionCatalogue(List.of(new TinyTask.Added())),
        Device.cpu(),
        Precision.FLOAT32,
        7);
  }

  private TrainingTask task() {
    return TinyTask.ranked(
        temporary, TrainingSettingsBuilder.learning(10, 0.01).ranking(LearningGoal.RANKED));
  }

  private static Batch batch(TrainingTask task, List<Example> examples) {
    return new BatchMaker(CONFIG, task.pictures(), Optional.empty(), true).make(examples);
  }

  /** Against the negative log of the ranker's probabilities, and each question alone. */
  @Test
  void isTheCrossEntropyOfTheRightOption() throws IOException {
    TrainingTask task = task();
    try (LoadedModel loaded = model(task)) {
      for (DecodingMode mode : List.of(DecodingMode.RANKED, DecodingMode.RANKED_PER_TOKEN)) {
        List<Example> examples = task.train().subList(0, 5);
        RankedLoss loss = new RankedLoss(loaded.model(), mode);
        OptionRanker ranker = new OptionRanker(loaded.model(), mode);
        double alone = 0;
        double ranked = 0;
        List<double[]> found = ranker.rank(batch(task, examples));
        for (int i = 0; i < examples.size(); i++) {
          alone += sum(loaded, loss, batch(task, List.of(examples.get(i))));
          ranked -= Math.log(found.get(i)[examples.get(i).options().orElseThrow().right()]);
        }
        double together = sum(loaded, loss, batch(task, examples));
        assertThat(together).isCloseTo(alone, within(1e-4)).isCloseTo(ranked, within(1e-4));
        assertThat(loss.counted(batch(task, examples))).isEqualTo(5);
      }
    }
  }

  private static double sum(LoadedModel loaded, BatchLoss loss, Batch batch) {
    try (Step step = Step.inference(loaded.parameters().manager())) {
      return loss.sum(batch, step);
    }
  }

  @Test
  void itsGradientIsItsSlope() throws IOException {
    TrainingTask task = task();
    try (LoadedModel loaded = model(task)) {
      Batch batch = batch(task, task.train().subList(0, 5));
      BatchLoss loss = BatchLoss.of(loaded.model(), task.training());
      TrainableParameters learning = TrainableParameters.of(loaded.parameters());
      List<float[]> gradients = gradients(loaded, learning, loss, batch);
      for (int i = 0; i < learning.names().size(); i++) {
        float[] gradient = gradients.get(i);
        double norm = Math.sqrt(square(gradient));
        double slope = slope(loaded, learning.arrays().get(i), gradient, loss, batch, norm);
        assertThat(slope)
            .as("slope along the gradient of " + learning.names().get(i))
            .isCloseTo(norm, within(2e-2 * norm + 1e-3));
      }
    }
  }

  /** What is computed in one go, against autograd over the scores. */
  @Test
  void itsGradientIsThatOfTheScores() throws IOException {
    TrainingTask task = task();
    try (LoadedModel loaded = model(task)) {
      Batch batch = batch(task, task.train().subList(0, 5));
      TrainableParameters learning = TrainableParameters.of(loaded.parameters());
      for (DecodingMode mode : List.of(DecodingMode.RANKED, DecodingMode.RANKED_PER_TOKEN)) {
        RankedLoss loss = new RankedLoss(loaded.model(), mode);
        List<float[]> found = gradients(loaded, learning, loss, batch);
        List<float[]> expected = overScores(loaded, learning, mode, batch);
        for (int i = 0; i < found.size(); i++) {
          assertThat(found.get(i))
              .as("gradient of " + learning.names().get(i))
              .containsExactly(expected.get(i), Offset.offset(1e-5f));
        }
      }
    }
  }

  private static List<float[]> overScores(
      LoadedModel loaded, TrainableParameters learning, DecodingMode mode, Batch batch) {
    T5Model model = loaded.model();
    TrainingScript script = new TrainingScript(model.ops());
    StepGradients gradients = new StepGradients(learning, model.ops(), script);
    OptionsOfBatch options = batch.options().orElseThrow();
    try (Step whole = Step.inference(loaded.parameters().manager());
        Step recording = Step.training(loaded.parameters().manager())) {
      EncodedBatch read = EncodedBatch.of(model, batch, Mode.TRAINING, recording);
      NDArray scores =
          model.textScores(
              options.place(recording.manager()),
              read.encoded(),
              read.pass(),
              mode == DecodingMode.RANKED_PER_TOKEN,
              Mode.TRAINING);
      NDArray right = options.right(recording.manager());
      Loss loss = model.ops().loss(model.ops().crossEntropy(scores, right, 0, 5));
      return gradients.of(loss, recording, whole).stream().map(NDArray::toFloatArray).toList();
    }
  }

  private static double square(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += (double) number * number;
    }
    return sum;
  }

  private static List<float[]> gradients(
      LoadedModel loaded, TrainableParameters learning, BatchLoss loss, Batch batch) {
    TrainingScript script = new TrainingScript(loaded.model().ops());
    StepGradients gradients = new StepGradients(learning, loaded.model().ops(), script);
    try (Step whole = Step.inference(loaded.parameters().manager());
        Step recording = Step.training(loaded.parameters().manager())) {
      Loss found = loss.of(batch, 5, 1, recording).loss();
      return gradients.of(found, recording, whole).stream().map(NDArray::toFloatArray).toList();
    }
  }

  private static double slope(
      LoadedModel loaded,
      NDArray array,
      float[] gradient,
      BatchLoss loss,
      Batch batch,
      double norm) {
    double size = Math.min(1e-2, 5e-3 / Math.max(norm, 1e-9));
    float[] before = array.toFloatArray();
    double[] values = new double[2];
    for (int side = 0; side < 2; side++) {
      FloatBuffer moved = FloatBuffer.allocate(before.length);
      for (int i = 0; i < before.length; i++) {
        double direction = norm == 0 ? 0 : gradient[i] / norm;
        moved.put((float) (before[i] + (side == 0 ? size : -size) * direction));
      }
      array.set(moved.flip());
      values[side] = sum(loaded, loss, batch) / 5;
    }
    array.set(FloatBuffer.wrap(before));
    return (values[0] - values[1]) / (2 * size);
  }
}
