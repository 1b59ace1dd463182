package dev.fusebox.vision;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.UserError;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Path;

/**
 * A backbone with everything it stands on, from pixels to vectors; closing it frees all of that.
 * Not for threads.
 */
public final class FeatureExtractor implements AutoCloseable {

  private final NDManager root;
  private final VisionBackbone backbone;
  private final Preprocessing preprocessing;
  private final Shape row; // (1, P, V)

  private FeatureExtractor(NDManager root, VisionBackbone backbone, Choice choice) {
    this.root = root;
    this.backbone = backbone;
    preprocessing = choice.of(backbone);
    backbone.requireSize(preprocessing.height(), preprocessing.width());
    row = shape(new float[preprocessing.size()]);
  }

  /** Decides how pictures become pixels, when the backbone is known. */
  @FunctionalInterface
  public interface Choice {

    /** From what the backbone's own files say, and whoever asks. */
    Preprocessing of(VisionBackbone backbone);
  }

  /**
   * Opens a backbone and runs it on a black picture.
   *
   * @throws UserError if it cannot be read, or does not take such pictures
   */
  public static FeatureExtractor open(
      Path backbone, Readout readout, VisionBackbones kinds, Choice choice, Device device) {
    NDManager root = NDManager.newBaseManager(device);
    Ops ops = Ops.load(root, Precision.FLOAT32);
    try {
      return new FeatureExtractor(root, kinds.open(backbone, readout, root, ops), choice);
    } catch (IOException | IllegalArgumentException e) {
      root.close();
      throw new UserError(e.getMessage(), e);
    } catch (RuntimeException e) {
      root.close();
      throw e;
    }
  }

  private Shape shape(float[] black) {
    try (Step step = Step.inference(root)) {
      return features(step, black).getShape();
    }
  }

  private NDArray features(Step step, float[] pixels) {
    Shape shape =
        new Shape(
            pixels.length / preprocessing.size(), 3, preprocessing.height(), preprocessing.width());
    return backbone.forward(array(step.manager(), pixels, shape));
  }

  private static NDArray array(NDManager manager, float[] numbers, Shape shape) {
    if (manager.getDevice().isGpu()) {
      return manager.create(numbers, shape);
    }
    NDArray array = manager.create(shape, DataType.FLOAT32);
    array.toByteBuffer(true).order(ByteOrder.nativeOrder()).asFloatBuffer().put(numbers);
    return array;
  }

  public VisionBackbone backbone() {
    return backbone;
  }

  /** How pictures become pixels. */
  public Preprocessing preprocessing() {
    return preprocessing;
  }

  /** P. */
  public int patches() {
    return Math.toIntExact(row.get(1));
  }

  /** V. */
  public int width() {
    return Math.toIntExact(row.get(2));
  }

  /**
   * The vectors of some pictures.
   *
   * @param pixels (B, 3, Y, X), as {@link #preprocessing} makes them
   * @return B × P × V numbers
   * @throws UserError if the backbone does not take them
   */
  public float[] vectors(float[] pixels) {
    try (Step step = Step.inference(root)) {
      return features(step, pixels).toFloatArray();
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    backbone.close();
    root.close();
  }
}
