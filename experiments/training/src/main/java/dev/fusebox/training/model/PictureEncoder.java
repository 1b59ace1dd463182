package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A vision backbone that is a part of the model: pictures come in as pixels, and gradients go into
 * its last layers or all. It computes in fp32, whatever the precision of the language model.
 */
final class PictureEncoder implements AutoCloseable {

  private final PictureBackbone settings;
  private final Ops ops;
  private final VisionBackbone backbone;
  private final BackboneOutline outline;
  private final Preprocessing preprocessing;
  private final Set<String> learning;
  private final LearntBackbone learnt;

  private PictureEncoder(PictureBackbone settings, NDManager root, Ops ops) throws IOException {
    this.settings = settings;
    this.ops = ops;
    outline = settings.outline();
    preprocessing = settings.preprocessing();
    backbone = settings.kinds().open(settings.directory(), settings.readout(), root, ops);
    learning = learning();
    learnt = new LearntBackbone(settings, backbone, ops, learning);
  }

  /**
   * Opens a backbone.
   *
   * @param learnt where the numbers come from that are not its published ones; see {@link
   *     LearntBackbone#load}
   * @throws UserError if it is none that can learn, or another than was learnt from
   */
  static PictureEncoder open(PictureBackbone settings, NDManager root, List<Path> learnt)
      throws IOException {
    Ops ops = Ops.load(root, Precision.FLOAT32);
    try {
      PictureEncoder encoder = new PictureEncoder(settings, root, ops);
      for (Path each : learnt) {
        encoder.learnt.load(each);
      }
      encoder.parameters().train(encoder.learning::contains);
      return encoder;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(
          "features.backbone = %s: %s".formatted(settings.directory(), e.getMessage()), e);
    }
  }

  private Parameters parameters() {
    return backbone.parameters().orElseThrow();
  }

  /** The names of what learns. */
  private Set<String> learning() {
    if (settings.train().isEmpty()) {
      return Set.of();
    }
    List<List<String>> layers = backbone.layers();
    int last = settings.train().flatMap(TrainedLayers::last).orElse(layers.size());
    Set<String> names = new LinkedHashSet<>();
    layers.subList(layers.size() - last, layers.size()).forEach(names::addAll);
    return names;
  }

  /** V: numbers of a vector that it gives. */
  int width() {
    return outline.width();
  }

  /** What of it learns; nothing where it stays as it is. */
  TrainableParameters trainable() {
    return TrainableParameters.of(parameters(), LearntBackbone.PREFIX);
  }

  /** Its learning rate, in multiples of the model's. */
  double learningRateFactor() {
    return settings.learningRateFactor();
  }

  /** What of it is kept with a stage. */
  LearntBackbone learnt() {
    return learnt;
  }

  /** A fusion that is shown what this makes of pixels. */
  Fusion before(Fusion fusion) {
    return new Looking(fusion);
  }

  private final class Looking implements Fusion {

    private final Fusion fusion;

    private Looking(Fusion fusion) {
      this.fusion = fusion;
    }

    @Override
    public FusionPass begin(VisionFeatures pixels, Mode mode) {
      return fusion.begin(look(pixels), mode);
    }

    @Override
    public boolean trains(String parameter) {
      return fusion.trains(parameter);
    }
  }

  /**
   * Vectors of pictures, those of a question one after the other.
   *
   * @param pixels (B, M, 3·Y·X) for M pictures
   * @return (B, M·P, V); zeros where a question has fewer
   */
  VisionFeatures look(VisionFeatures pixels) {
    Shape shape = pixels.mask().getShape(); // (B, M)
    float[] mask = pixels.mask().toFloatArray();
    NDManager manager = pixels.features().getManager();
    Shape all = new Shape(shape.get(0), shape.get(1) * outline.patches());
    return new VisionFeatures(
        spread(pixels.features(), mask, manager).reshape(all.add(width())),
        manager.create(repeated(mask), all),
        manager.create(repeated(pixels.frames().toLongArray()), all),
        manager.create(repeated(pixels.places().toLongArray()), all));
  }

  /** (B·M, P, V): what there is goes through the backbone, together. */
  private NDArray spread(NDArray pixels, float[] mask, NDManager manager) {
    List<Long> there = new ArrayList<>();
    long[] rows = new long[mask.length];
    for (int i = 0; i < mask.length; i++) {
      rows[i] = mask[i] > 0 ? there.size() : -1;
      if (mask[i] > 0) {
        there.add((long) i);
      }
    }
    Shape one = new Shape(1, outline.patches(), width());
    if (there.isEmpty()) {
      return manager.zeros(new Shape(mask.length, outline.patches(), width()), DataType.FLOAT32);
    }
    NDArray pictures =
        ops.selectRows(pixels.reshape(mask.length, -1), indices(there, manager))
            .reshape(there.size(), 3, preprocessing.height(), preprocessing.width());
    NDArray vectors = backbone.forward(pictures); // (N, P, V)
    if (there.size() == mask.length) {
      return vectors;
    }
    for (int i = 0; i < rows.length; i++) {
      rows[i] = rows[i] < 0 ? there.size() : rows[i];
    }
    NDArray withNothing = vectors.concat(manager.zeros(one, DataType.FLOAT32), 0);
    return ops.selectRows(withNothing, manager.create(rows));
  }

  private static NDArray indices(List<Long> rows, NDManager manager) {
    return manager.create(rows.stream().mapToLong(row -> row).toArray());
  }

  private float[] repeated(float[] values) {
    int times = outline.patches();
    float[] result = new float[values.length * times];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i / times];
    }
    return result;
  }

  private long[] repeated(long[] values) {
    int times = outline.patches();
    long[] result = new long[values.length * times];
    for (int i = 0; i < result.length; i++) {
      result[i] = values[i / times];
    }
    return result;
  }

  @Override
  public void close() {
    backbone.close();
  }
}
