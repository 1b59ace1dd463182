package dev.fusebox.benchmarks.device;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Decoding;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.tensor.OperationCount;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.FreshModel;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TokenCount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * What a device gets done in a second, and what share that is of what it could: of a large square
 * product that is timed beside it in the same arithmetic, and of what its maker states for dense
 * products where the device is known.
 */
final class DeviceSpeed {

  private static final int WARM_UP = 3; // the first step is counted, too
  private static final int TURNS = 5;

  private final Device device;
  private final Arithmetic arithmetic;
  private final Scale scale;
  private final StatedSpeed stated;
  private final List<Row> rows = new ArrayList<>();

  DeviceSpeed(Device device, Arithmetic arithmetic, Scale scale, StatedSpeed stated) {
    this.device = device;
    this.arithmetic = arithmetic;
    this.scale = scale;
    this.stated = stated;
  }

  /**
   * Times everything.
   *
   * @param folder to work in
   */
  List<Row> rows(Path folder, FusionCatalogue catalogue) throws IOException {
    double most = product();
    measured("product of %1$d x %1$d matrices".formatted(scale.side()), words(most));
    train(folder, catalogue, most);
    write(most);
    return rows;
  }

  private void measured(String what, String found) {
    rows.add(Row.measured("Speed, " + scale, what + ", " + arithmetic.words(), found));
  }

  /** Operations per second. */
  private double product() {
    try (NDManager root = NDManager.newBaseManager(device)) {
      Ops ops = Ops.load(root, arithmetic.precision());
      Shape shape = new Shape(scale.side(), scale.side());
      NDArray x = root.randomNormal(shape);
      NDArray w = root.randomNormal(shape);
      double seconds =
          seconds(
              root,
              () -> {
                try (NDArray y = ops.linear(x, w);
                    NDArray corner = y.get("0, 0")) {
                  corner.getFloat(); // waits for the device
                }
              });
      return 2 * Math.pow(scale.side(), 3) / seconds;
    }
  }

  /** Median. */
  private static double seconds(NDManager root, Runnable work) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i <= TURNS; i++) {
      long start = System.nanoTime();
      try (Step step = Step.inference(root)) {
        work.run();
      }
      times.add((System.nanoTime() - start) / 1e9);
    }
    return median(times.subList(1, times.size()));
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private void train(Path folder, FusionCatalogue catalogue, double most) throws IOException {
    int steps = WARM_UP + scale.steps();
    RandomTask task = new RandomTask(scale, arithmetic.precision(), steps, 1, 1, 3600);
    Times times = new Times();
    TokenCount count =
        new T5StageTrainer(catalogue, () -> device)
            .train(task.in(folder, catalogue), folder.resolve("trained"), times);
    double second = median(times.seconds.subList(WARM_UP, times.seconds.size()));
    double tokens = (double) count.tokens() / steps;
    measured("training", "%.4f s a step, %.0f tokens a second".formatted(second, tokens / second));
    shares("training", count.operations() * scale.batch() / second, most);
  }

  /** When steps end. */
  private static final class Times implements StageProgress {

    private final List<Double> seconds = new ArrayList<>();
    private long last = System.nanoTime();

    @Override
    public void at(long done, long total) {
      long now = System.nanoTime();
      if (done > 0) {
        seconds.add((now - last) / 1e9);
      }
      last = now;
    }

    @Override
    public void say(String figures) {}

    @Override
    public boolean cancelled() {
      return false;
    }
  }

  private void write(double most) {
    try (NDManager root = NDManager.newBaseManager(device);
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, arithmetic.precision());
      T5Config config = FreshModel.config(scale.shape(), scale.words() + 128, 0);
      T5Model model = T5Model.textOnly(config, parameters, ops);
      try (Generator generator = Generator.of(model)) {
        double second = seconds(root, () -> write(model, generator));
        double counted = OperationCount.during(() -> counted(root, model, generator)).operations();
        measured(
            "writing, %d x (%d -> %d), greedy"
                .formatted(scale.written(), scale.source(), scale.target()),
            "%.4f s, %.0f tokens a second"
                .formatted(second, scale.written() * scale.target() / second));
        shares("writing", counted / second, most);
      }
    }
  }

  private boolean counted(NDManager root, T5Model model, Generator generator) {
    try (Step step = Step.inference(root)) {
      return write(model, generator);
    }
  }

  private boolean write(T5Model model, Generator generator) {
    NDManager root = model.parameters().manager();
    try (NDManager inputs = root.newSubManager()) {
      Shape shape = new Shape(scale.written(), scale.source());
      long[] ids = new Random(0).longs(shape.size(), 3, scale.words()).toArray();
      FusionPass pass = FusionPass.IDENTITY;
      TextStates encoded =
          model.encode(
              inputs.create(ids, shape),
              inputs.ones(shape, DataType.FLOAT32),
              pass,
              Mode.INFERENCE);
      GenerationConfig config =
          new GenerationConfig(scale.target(), scale.target(), 0, new Decoding.Greedy());
      return !generator.generate(encoded, pass, config).isEmpty();
    }
  }

  private void shares(String what, double speed, double most) {
    measured(
        what + ", operations",
        words(speed) + ", %.1f %% of the product".formatted(100 * speed / most));
    stated
        .of(arithmetic)
        .ifPresent(
            peak ->
                measured(
                    what + ", MFU",
                    "%.1f %% of the %s that its maker states"
                        .formatted(100 * speed / peak, words(peak))));
  }

  private static String words(double operationsPerSecond) {
    return operationsPerSecond >= 1e12
        ? "%.1f TFLOP/s".formatted(operationsPerSecond / 1e12)
        : "%.1f GFLOP/s".formatted(operationsPerSecond / 1e9);
  }
}
