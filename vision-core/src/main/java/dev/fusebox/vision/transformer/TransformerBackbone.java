package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A vision transformer with the weights of a directory. */
final class TransformerBackbone implements VisionBackbone {

  /** Every library numbers the layers, and nothing else. */
  private static final Pattern LAYER = Pattern.compile("\\.(\\d+)\\.");

  /**
   * What a directory says of itself.
   *
   * @param kind the provider's name
   * @param path where {@code config.json} and the weights lie
   */
  record Description(
      String kind,
      Path path,
      TransformerShape shape,
      Naming naming,
      Optional<Preprocessing> preprocessing) {

    /** What its features are like. */
    BackboneOutline outline(Readout readout) {
      requireNoOutput(this, readout);
      preprocessing.ifPresent(pixels -> shape.requireSize(pixels.height(), pixels.width()));
      int places = 1 + shape.patches();
      return new BackboneOutline(
          readout.pool().of(places),
          shape.width(),
          shape.layersFor(readout),
          preprocessing,
          shape.size());
    }
  }

  private final Description description;
  private final Readout readout;
  private final List<Path> files;
  private final Parameters parameters;
  private final VisionScript script;
  private final VisionTransformer transformer;

  private TransformerBackbone(
      Description description, Readout readout, Checkpoint weights, Parameters parameters, Ops ops)
      throws IOException {
    this.description = description;
    this.readout = readout;
    this.parameters = parameters;
    files = files(description.path(), weights);
    Naming naming = description.naming();
    String prefix = prefix(weights, naming);
    weights.into(
        parameters,
        name -> name.startsWith(prefix) && !naming.isBeside(name.substring(prefix.length())));
    transformer = naming.declare(description.shape(), parameters, prefix);
    script = new VisionScript(ops);
  }

  /** What a directory's numbers depend on. */
  static List<Path> files(Path directory, Checkpoint weights) {
    List<Path> files = new ArrayList<>(List.of(directory.resolve(Checkpoint.CONFIG)));
    files.addAll(weights.files());
    return files;
  }

  /** Opens the weights and makes sure that all of them found their place. */
  static TransformerBackbone open(
      Description description, Readout readout, NDManager manager, Ops ops) throws IOException {
    requireNoOutput(description, readout);
    Checkpoint weights = Checkpoint.open(description.path());
    Parameters parameters = new Parameters(manager, 0);
    try {
      TransformerBackbone backbone =
          new TransformerBackbone(description, readout, weights, parameters, ops);
      backbone.requireFit();
      return backbone;
    } catch (IOException | RuntimeException e) {
      parameters.close();
      throw e;
    }
  }

  private static void requireNoOutput(Description description, Readout readout) {
    if (readout.output().isPresent()) {
      throw new IllegalArgumentException(
          "%s: a %s has layers, not named outputs; found output %s"
              .formatted(description.path(), description.kind(), readout.output().get()));
    }
  }

  private static String prefix(Checkpoint weights, Naming naming) {
    List<String> found =
        weights.names().stream()
            .filter(name -> ("." + name).endsWith("." + naming.landmark()))
            .toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(
          "%s: one weight must be called %s, found %s"
              .formatted(
                  weights.path(), naming.landmark(), found.isEmpty() ? "none" : found.toString()));
    }
    return found.get(0).substring(0, found.get(0).length() - naming.landmark().length());
  }

  private void requireFit() {
    LoadReport report = parameters.report();
    if (!report.complete()) {
      throw new IllegalArgumentException(
          description.path() + ": the weights do not fit config.json\n" + report);
    }
    try {
      description.shape().layersFor(readout);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(description.path() + ": " + e.getMessage(), e);
    }
  }

  @Override
  public String kind() {
    return description.kind();
  }

  @Override
  public List<Path> files() {
    return List.copyOf(files);
  }

  @Override
  public Optional<Preprocessing> preprocessing() {
    return description.preprocessing();
  }

  @Override
  public void requireSize(int height, int width) {
    description.shape().requireSize(height, width);
  }

  @Override
  public NDArray forward(NDArray pixels) {
    return transformer.forward(pixels, readout, script);
  }

  @Override
  public List<List<String>> layers() {
    int depth = description.shape().layersFor(readout);
    List<List<String>> layers = new ArrayList<>();
    IntStream.rangeClosed(0, depth).forEach(any -> layers.add(new ArrayList<>()));
    for (Map.Entry<String, NDArray> parameter : parameters.all().entrySet()) {
      layerOf(parameter.getKey(), parameter.getValue(), depth)
          .ifPresent(layer -> layers.get(layer).add(parameter.getKey()));
    }
    return layers;
  }

  /** 0 for what stands before all layers; nothing where the features do not depend on it. */
  private OptionalInt layerOf(String name, NDArray parameter, int depth) {
    if (transformer.isBehindLayers(parameter)) {
      return transformer.isNormed(readout) ? OptionalInt.of(depth) : OptionalInt.empty();
    }
    Matcher number = LAYER.matcher(name);
    int layer = number.find() ? 1 + Integer.parseInt(number.group(1)) : 0;
    return layer <= depth ? OptionalInt.of(layer) : OptionalInt.empty();
  }

  @Override
  public Optional<Parameters> parameters() {
    return Optional.of(parameters);
  }

  @Override
  public void close() {
    parameters.close();
  }
}
