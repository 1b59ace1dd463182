package dev.fusebox.cli.fusion;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.sun.management.OperatingSystemMXBean;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Loss;
import dev.fusebox.tensor.OperationCount;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A model of random weights that learns from random texts and pictures, to see what that takes. */
final class MeasuredModel implements AutoCloseable {

  private static final int QUESTIONS = 2;
  private static final int READ = 128;
  private static final int WRITTEN = 32;
  private static final int PATCHES = 100;
  private static final int VISION_WIDTH = 256;

  /** What a step is, in words. */
  static final String STEP =
      "a step is %d questions of %d tokens with %d vectors of width %d each, and targets of %d"
          .formatted(QUESTIONS, READ, PATCHES, VISION_WIDTH, WRITTEN);

  private static final OperatingSystemMXBean MACHINE =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final NDManager root;
  private final Ops ops;
  private final Parameters parameters;
  private final T5Model model;

  private MeasuredModel(T5Config config, Optional<FusionProvider<?>> fusion, ClassLoader loader) {
    root = NDManager.newBaseManager();
    ops = Ops.load(root, Precision.FLOAT32);
    parameters = new Parameters(root, 0);
    model =
        fusion
            .map(
                provider ->
                    T5Model.withFusion(
                        config,
                        VISION_WIDTH,
                        parameters,
                        ops,
                        context -> FusionSheet.standard(provider, loader, context)))
            .orElseGet(() -> T5Model.textOnly(config, parameters, ops));
    parameters.train(name -> true);
  }

  static MeasuredModel textOnly(T5Config config) {
    return new MeasuredModel(config, Optional.empty(), MeasuredModel.class.getClassLoader());
  }

  /** With a fusion in its defaults. */
  static MeasuredModel with(FusionProvider<?> fusion, ClassLoader loader, T5Config config) {
    return new MeasuredModel(config, Optional.of(fusion), loader);
  }

  T5Config config() {
    return model.config();
  }

  long parameters() {
    return Parameters.count(parameters.all().values());
  }

  /** Floating-point operations of an example. */
  double operations() {
    return OperationCount.during(this::step).operations() / QUESTIONS;
  }

  /**
   * How long a step took.
   *
   * @param seconds by the clock
   * @param processor seconds that processors worked for it, all threads together; other programs
   *     add little to them
   */
  record StepTime(double seconds, double processor) {}

  /** Takes a step. */
  StepTime timed() {
    long start = System.nanoTime();
    long worked = MACHINE.getProcessCpuTime();
    step();
    return new StepTime(
        (System.nanoTime() - start) / 1e9, (MACHINE.getProcessCpuTime() - worked) / 1e9);
  }

  private double step() {
    try (Step step = Step.training(root)) {
      return step.drawing(1, () -> learn(step.manager()));
    }
  }

  private double learn(NDManager manager) {
    FusionPass pass = model.see(picture(manager), Mode.TRAINING);
    NDArray mask = manager.ones(new Shape(QUESTIONS, READ));
    TextStates encoded = model.encode(ids(manager, READ), mask, pass, Mode.TRAINING);
    NDArray targets = ids(manager, WRITTEN);
    NDArray hidden = model.decode(targets, encoded, pass, Mode.TRAINING);
    Loss loss = model.loss(hidden, targets, pass, 0, QUESTIONS * WRITTEN);
    for (NDArray beside : pass.auxiliaryLosses().values()) {
      loss = loss.plus(ops.loss(beside));
    }
    List<NDArray> learning = List.copyOf(parameters.trainable().values());
    double value = loss.value().getFloat();
    ops.gradients(loss, learning);
    return value;
  }

  private NDArray ids(NDManager manager, int length) {
    int vocabulary = model.config().vocabulary();
    long[] ids = new Random(length).longs((long) QUESTIONS * length, 3, vocabulary).toArray();
    return manager.create(ids, new Shape(QUESTIONS, length));
  }

  private static VisionFeatures picture(NDManager manager) {
    float[] numbers = new float[QUESTIONS * PATCHES * VISION_WIDTH];
    Random random = new Random(1);
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return VisionFeatures.ofOnePicture(
        manager.create(numbers, new Shape(QUESTIONS, PATCHES, VISION_WIDTH)),
        manager.ones(new Shape(QUESTIONS, PATCHES)));
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
  }
}
