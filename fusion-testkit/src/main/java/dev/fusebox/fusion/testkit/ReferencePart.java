package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * A part of a fusion, and the reference outputs for the same weights and inputs: a safetensors file
 * with its parameters ({@code param.*}), inputs and outputs, {@code upstream}, and the gradients of
 * {@code sum(output · upstream)} ({@code grad.*}, {@code grad_input.*}).
 *
 * @since 0.1
 */
public final class ReferencePart implements AutoCloseable {

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  private final Parameters parameters = new Parameters(root, 0);
  private final Step step = Step.training(root);
  private final Map<String, NDArray> leaves = new LinkedHashMap<>();
  private final ReferenceFile reference;

  private ReferencePart(ReferenceFile reference) {
    this.reference = reference;
  }

  /**
   * Reads it, and loads the parameters.
   *
   * @param ours maps the reference's parameter names to ours
   */
  public static ReferencePart open(Path file, UnaryOperator<String> ours) throws IOException {
    ReferencePart part = new ReferencePart(new ReferenceFile(SafetensorsFile.open(file), ours));
    part.reference.loadInto(part.parameters);
    return part;
  }

  public Ops ops() {
    return ops;
  }

  /** Those of the file, as the part declares them. */
  public Parameters parameters() {
    return parameters;
  }

  /** Owns what a step makes. */
  public NDManager manager() {
    return step.manager();
  }

  public boolean holds(String name) {
    return reference.file().names().contains(name);
  }

  public Shape shape(String name) {
    return reference.file().shape(name);
  }

  /** Whole numbers of the file. */
  public long[] longs(String name) throws IOException {
    return reference.file().longs(name);
  }

  public NDArray array(String name) throws IOException {
    return reference.array(manager(), name);
  }

  /** An input whose gradient is looked at afterwards. */
  public NDArray leaf(String name) throws IOException {
    NDArray array = array(name);
    array.setRequiresGradient(true);
    leaves.put(name, array);
    return array;
  }

  public NDArray mask(String name) throws IOException {
    return reference.mask(manager(), name);
  }

  /** What a part of a fusion is given by a small T5 of that width. */
  public FusionContext context(int width, int visionWidth) {
    return new FusionContext(width, visionWidth, 3, 8, 64, 2, 2, 0, 1e-6, parameters, ops);
  }

  public void assertValue(NDArray found, String name) throws IOException {
    reference.assertValue(found, name);
  }

  /**
   * Goes back from {@code sum(output · upstream)}, and compares the gradients of every leaf and of
   * every parameter.
   */
  public void assertGradients(NDArray output) throws IOException {
    step.backward(output.mul(array("upstream")).sum());
    assertThat(leaves).as("inputs with a gradient").isNotEmpty();
    for (Map.Entry<String, NDArray> leaf : leaves.entrySet()) {
      reference.assertInputGradient(leaf.getValue(), leaf.getKey());
    }
    reference.assertGradients(parameters);
  }

  @Override
  public void close() {
    step.close();
    parameters.close();
    root.close();
  }
}
