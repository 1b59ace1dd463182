package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A whole T5 with a fusion, and the reference outputs for the same weights and questions: a folder
 * with {@code config.json}, weights and {@code expected.safetensors}.
 *
 * @since 0.1
 */
public final class ReferenceModel implements AutoCloseable {

  /**
   * The reference's names for the pictures' vectors (B, P, V).
   *
   * @param features name of the vectors
   * @param mask name of their mask; empty if all are visible
   */
  public record Pictures(String features, String mask) {

    private VisionFeatures of(ReferenceFile reference, NDManager manager) throws IOException {
      NDArray vectors = reference.array(manager, features);
      return VisionFeatures.ofOnePicture(
          vectors,
          mask.isEmpty()
              ? manager.ones(vectors.getShape().slice(0, 2))
              : reference.mask(manager, mask));
    }
  }

  private final FusedModel model;
  private final ReferenceFile reference;
  private final Pictures pictures;

  private ReferenceModel(FusedModel model, ReferenceFile reference, Pictures pictures) {
    this.model = model;
    this.reference = reference;
    this.pictures = pictures;
  }

  /**
   * Builds the model of a folder.
   *
   * @param weights fills its parameters, all of them
   * @param ours maps the reference's parameter names to ours
   */
  public static ReferenceModel open(
      Path directory,
      FusedModel.Weights<IOException> weights,
      Pictures pictures,
      UnaryOperator<String> ours,
      Function<FusionContext, Fusion> fusion)
      throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    FusedModel model =
        FusedModel.build(
            T5Config.read(directory.resolve("config.json")),
            (int) expected.shape(pictures.features()).get(2),
            0,
            weights,
            fusion);
    assertThat(model.parameters().report().complete())
        .as(model.parameters().report().toString())
        .isTrue();
    return new ReferenceModel(model, new ReferenceFile(expected, ours), pictures);
  }

  /** The model. */
  public FusedModel model() {
    return model;
  }

  /** Teacher forcing with the reference's questions and labels. */
  public FusedOutput run(Step step, Mode mode) throws IOException {
    NDManager manager = step.manager();
    Shape shape = reference.file().shape("labels");
    long[] targets = FusedModel.shiftedRight(labels(), shape.get(1));
    return model.run(
        new FusedInput(
            reference.array(manager, "input_ids"),
            reference.mask(manager, "attention_mask"),
            pictures.of(reference, manager),
            manager.create(targets, shape)),
        mode);
  }

  /** Row by row, -100 = ignored. */
  public long[] labels() throws IOException {
    return reference.file().longs("labels");
  }

  public void assertValue(NDArray found, String name) throws IOException {
    reference.assertValue(found, name);
  }

  /**
   * Compares a loss over some labels.
   *
   * @return the loss
   */
  public NDArray assertLoss(NDArray logits, long[] labels, String name) throws IOException {
    NDArray loss = model.loss(logits, labels);
    float expected = reference.file().floats(name)[0];
    assertThat(loss.getFloat())
        .as(name)
        .isCloseTo(expected, within((float) (ReferenceFile.VALUES * expected)));
    return loss;
  }

  /** Compares the loss and the gradients of all trainable parameters. */
  public void assertLearns(Step step, NDArray logits) throws IOException {
    step.backward(assertLoss(logits, labels(), "loss"));
    reference.assertGradients(model.parameters());
  }

  @Override
  public void close() {
    model.close();
  }
}
