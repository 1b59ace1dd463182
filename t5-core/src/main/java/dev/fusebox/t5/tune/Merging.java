package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * A model and an adapter for it, to be written as one model that was never tuned. Both are in
 * memory as fp32 while they are merged.
 */
public final class Merging implements AutoCloseable {

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);
  private final Tuning tuning;

  private Merging(Tuning tuning) {
    this.tuning = tuning;
  }

  /**
   * Reads both.
   *
   * @param base directory of the model
   * @param adapter directory of the adapter
   * @throws UserError if they do not belong together
   */
  public static Merging of(Path base, Path adapter) throws IOException {
    Adapter read = Adapter.read(adapter);
    Merging merging = new Merging(read.tuning());
    try {
      merging.load(base, read);
      return merging;
    } catch (IOException | RuntimeException e) {
      merging.close();
      throw e;
    }
  }

  private void load(Path base, Adapter adapter) throws IOException {
    adapter.into(parameters);
    Checkpoint.open(base).into(parameters);
    T5Config config = T5Config.read(base.resolve(Checkpoint.CONFIG));
    T5Model.textOnly(config, parameters, ops, tuning);
    LoadReport report = parameters.report();
    if (!report.complete()) {
      throw new UserError(
          "the adapter in %s does not match the model in %s%n%s"
              .formatted(adapter.directory(), base, report));
    }
  }

  /** Writes the weights as one safetensors file. */
  public void write(Path file, ElementType type) throws IOException {
    try (Step step = Step.inference(root)) {
      Map<String, NDArray> merged = MergedWeights.of(parameters, tuning);
      new SafetensorsWriter().addAll(merged, type).write(file);
    }
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
  }
}
