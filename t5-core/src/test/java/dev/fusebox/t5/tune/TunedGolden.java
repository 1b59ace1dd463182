package dev.fusebox.t5.tune;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.Adaptation;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/** A base model of the goldens with an adapter of the peft library, and what it is asked. */
final class TunedGolden implements AutoCloseable {

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);

  NDManager root() {
    return root;
  }

  Ops ops() {
    return ops;
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    parameters.close();
    root.close();
  }

  static List<Path> cases() {
    return Goldens.cases("peft", "expected.safetensors", "adapter");
  }

  T5Model tuned(Path directory, Path adapter) throws IOException {
    return tuned(directory, adapter, parameters, tuning -> tuning);
  }

  T5Model tuned(
      Path directory, Path adapter, Parameters parameters, Function<Tuning, Adaptation> adapting)
      throws IOException {
    Checkpoint.open(directory.resolve("model.safetensors")).into(parameters);
    Adapter read = Adapter.read(adapter);
    read.into(parameters);
    T5Model model =
        T5Model.textOnly(
            T5Config.read(directory.resolve("config.json")),
            parameters,
            ops,
            adapting.apply(read.tuning()));
    assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
    return model;
  }

  static NDArray decoded(T5Model model, Step step, SafetensorsFile expected) throws IOException {
    NDArray ids = Goldens.array(step.manager(), expected, "input_ids");
    NDArray mask = mask(step, expected);
    TextStates encoded = model.encode(ids, mask, FusionPass.IDENTITY, Mode.TRAINING);
    long[] labels = expected.longs("labels");
    int length = (int) expected.shape("labels").get(1);
    long[] shifted = new long[labels.length];
    for (int i = 0; i < labels.length; i++) {
      shifted[i] = i % length == 0 ? 0 : Math.max(labels[i - 1], 0);
    }
    NDArray targets = step.manager().create(shifted, expected.shape("labels"));
    return model.decode(targets, encoded, FusionPass.IDENTITY, Mode.TRAINING);
  }

  static NDArray mask(Step step, SafetensorsFile expected) throws IOException {
    return Goldens.array(step.manager(), expected, "attention_mask")
        .toType(DataType.FLOAT32, false);
  }
}
