package dev.fusebox.extract;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.UserError;
import dev.fusebox.progress.Interruption;
import dev.fusebox.progress.WorkLine;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackbones;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pictures through a backbone and writes its features, batch after batch. */
public final class Extraction implements AutoCloseable {

  private final ExtractSettings settings;
  private final NDManager root;
  private final Ops ops;
  private final VisionBackbone backbone;
  private final Preprocessing preprocessing;
  private final Shape row; // (1, P, V)

  private Extraction(
      ExtractSettings settings, Choice choice, NDManager root, Ops ops, VisionBackbone backbone) {
    this.settings = settings;
    this.root = root;
    this.ops = ops;
    this.backbone = backbone;
    preprocessing = choice.of(backbone);
    backbone.requireSize(preprocessing.height(), preprocessing.width());
    row = shape(new float[preprocessing.size()]);
  }

  /** Decides how pictures become pixels, when the backbone is known. */
  @FunctionalInterface
  public interface Choice {

    /** From what the backbone's own files say, and the command line. */
    Preprocessing of(VisionBackbone backbone);
  }

  /**
   * Opens the backbone and runs it on a black picture.
   *
   * @throws UserError if it cannot be read, or does not take such pictures
   */
  public static Extraction open(
      ExtractSettings settings, VisionBackbones kinds, Choice choice, Device device) {
    NDManager root = NDManager.newBaseManager(device);
    Ops ops = Ops.load(root, Precision.FLOAT32);
    try {
      VisionBackbone backbone = kinds.open(settings.backbone(), settings.readout(), root, ops);
      return new Extraction(settings, choice, root, ops, backbone);
    } catch (IOException | IllegalArgumentException e) {
      ops.close();
      root.close();
      throw new UserError(e.getMessage(), e);
    } catch (RuntimeException e) {
      ops.close();
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

  /** P. */
  public int patches() {
    return Math.toIntExact(row.get(1));
  }

  /** V. */
  public int width() {
    return Math.toIntExact(row.get(2));
  }

  /** Whether the feature file is there and was made in this way, of these pictures. */
  public boolean isDone(PictureList list) throws IOException {
    return Files.exists(settings.out())
        && ExtractionSheet.says(
            settings.sheet(), ExtractionSheet.plan(settings, backbone, preprocessing, list, row));
  }

  /**
   * Writes the feature file, its name map and its sheet; goes on where the same extraction stopped.
   *
   * @return what became of the pictures; empty if Ctrl-C came before the end
   * @throws UserError if a picture cannot be read and that is not allowed
   */
  public Optional<Outcome> run(PictureList list, Interruption interruption) throws IOException {
    ObjectNode plan = ExtractionSheet.plan(settings, backbone, preprocessing, list, row);
    try (FeatureRows rows = FeatureRows.open(settings.out(), plan.toString(), patches(), width())) {
      int before = rows.done();
      if (!write(list.pictures(), rows, interruption)) {
        return Optional.empty();
      }
      Outcome outcome = Outcome.of(rows.entries(), before);
      outcome.writeNames(settings.names(), settings.force());
      ExtractionSheet.write(settings, plan, outcome);
      rows.finish();
      return Optional.of(outcome);
    }
  }

  /** While the backbone computes a batch, another thread reads the next. */
  private boolean write(List<NamedPicture> pictures, FeatureRows rows, Interruption interruption)
      throws IOException {
    ExecutorService reading = Executors.newSingleThreadExecutor(Extraction::thread);
    try (WorkLine progress = WorkLine.of("pictures")) {
      progress.at(rows.done(), pictures.size());
      Future<DecodedBatch> next = decode(reading, pictures, rows.done());
      while (rows.done() < pictures.size()) {
        DecodedBatch batch = result(next);
        next = decode(reading, pictures, rows.done() + batch.pictures().size());
        rows.add(batch.entries(rows.count(), settings.missing()), numbers(batch));
        progress.at(rows.done(), pictures.size());
        if (interruption.asked()) {
          return false;
        }
      }
      return true;
    } finally {
      reading.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pictures");
    thread.setDaemon(true);
    return thread;
  }

  private Future<DecodedBatch> decode(
      ExecutorService reading, List<NamedPicture> pictures, int start) {
    int end = Math.min(pictures.size(), start + settings.batch());
    List<NamedPicture> batch = pictures.subList(start, end);
    return reading.submit(() -> DecodedBatch.of(batch, preprocessing, settings.missing()));
  }

  private static DecodedBatch result(Future<DecodedBatch> batch) throws IOException {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading pictures", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException told) {
        throw told;
      }
      throw new IOException(e.getCause());
    }
  }

  /** Rows of a batch: zeros where there is no picture but shall be a row. */
  private float[] numbers(DecodedBatch batch) {
    float[] found = batch.pixels().isEmpty() ? new float[0] : looked(batch.together());
    if (settings.missing() != Missing.ZERO || batch.pixels().size() == batch.pictures().size()) {
      return found;
    }
    int size = patches() * width();
    float[] spread = new float[size * batch.pictures().size()];
    int from = 0;
    for (int i = 0; i < batch.faults().size(); i++) {
      if (batch.faults().get(i).isEmpty()) {
        System.arraycopy(found, size * from++, spread, size * i, size);
      }
    }
    return spread;
  }

  private float[] looked(float[] pixels) {
    try (Step step = Step.inference(root)) {
      return features(step, pixels).toFloatArray();
    } catch (IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    backbone.close();
    ops.close();
    root.close();
  }
}
