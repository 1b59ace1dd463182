package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.optimize.ParameterGroup;
import dev.fusebox.training.optimize.TrainableParameters;
import dev.fusebox.training.recipe.FrozenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model with everything it stands on; closing it frees all of that. */
public final class LoadedModel implements AutoCloseable {

  private final ModelWeights weights;
  private final NDManager root;
  private final Ops ops;
  private final Parameters parameters;
  private T5Model model;
  private Optional<PictureEncoder> encoder = Optional.empty();

  private LoadedModel(ModelWeights weights, Device device, Precision precision, long seed) {
    this.weights = weights;
    root = NDManager.newBaseManager(device);
    ops = Ops.load(root, precision);
    parameters = new Parameters(root, seed);
  }

  /**
   * Opens a model.
   *
   * @param weights where its numbers come from
   * @param pictures what the fusion looks at
   * @param precision of matrix products
   * @param seed of fresh weights
   */
  public static LoadedModel open(
      T5Config config,
      ModelWeights weights,
      FusionSettings fusion,
      Optional<PictureFeatures> pictures,
      FusionCatalogue catalogue,
      Device device,
      Precision precision,
      long seed)
      throws IOException {
    LoadedModel loaded = new LoadedModel(weights, device, precision, seed);
    try {
      weights.base().ifPresent(base -> loaded.hold(base.weights()));
      weights.into(loaded.parameters);
      loaded.build(config, fusion, pictures, catalogue);
      return loaded;
    } catch (IOException | RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private void hold(FrozenWeights frozen) {
    if (frozen == FrozenWeights.INT8) {
      parameters.holdAsRowBytes(T5Names::isMatrixOfBlock, ops);
      parameters.holdAsBrainFloats(
          name -> T5Names.isMatrix(name) && !T5Names.isMatrixOfBlock(name), ops);
    } else if (frozen == FrozenWeights.BFLOAT16) {
      parameters.holdAsBrainFloats(T5Names::isMatrix, ops);
    }
  }

  private void build(
      T5Config config,
      FusionSettings fusion,
      Optional<PictureFeatures> pictures,
      FusionCatalogue catalogue)
      throws IOException {
    if (fusion.isNone()) {
      model = T5Model.textOnly(config, parameters, ops, weights.tuning());
      return;
    }
    PictureFeatures seen =
        pictures.orElseThrow(
            () ->
                new UserError(
                    "fusion = "
                        + fusion.name()
                        + " needs pictures: set features, for instance features = detr"));
    if (seen.backbone().isPresent()) {
      encoder = Optional.of(PictureEncoder.open(seen.backbone().get(), root, weights.ofBackbone()));
    }
    int width = encoder.map(PictureEncoder::width).orElseGet(seen::width);
    model =
        T5Model.withFusion(
            config,
            width,
            parameters,
            ops,
            weights.tuning(),
            context -> behindEncoder(catalogue.create(fusion, context)));
  }

  private Fusion behindEncoder(Fusion fusion) {
    return encoder.map(each -> each.before(fusion)).orElse(fusion);
  }

  /** Gives every parameter the numbers that it has in a model of the same kind. */
  void copy(LoadedModel other) {
    try (Step step = Step.inference(root)) {
      parameters.all().forEach((name, array) -> ops.assign(array, other.parameters.get(name)));
    }
  }

  /** What learns: the model's parameters, then those of a backbone before it. */
  public List<ParameterGroup> learning() {
    List<ParameterGroup> groups = new ArrayList<>();
    groups.add(new ParameterGroup(TrainableParameters.of(parameters), 1));
    encoder.ifPresent(
        each -> groups.add(new ParameterGroup(each.trainable(), each.learningRateFactor())));
    groups.removeIf(group -> group.parameters().size() == 0);
    return groups;
  }

  /**
   * Checks that checkpoint and model fit.
   *
   * @param trained whether everything must be there; else what is to be learnt may be missing
   */
  public void checkFit(boolean trained) {
    new CheckpointFit(weights, parameters, ops).check(trained);
  }

  /** What is kept of the model: all of it, or what a model below it does not hold. */
  public Map<String, NDArray> kept() {
    Map<String, NDArray> kept = new LinkedHashMap<>(parameters.all());
    if (weights.base().isPresent()) {
      kept.keySet().removeIf(weights::isOfBase);
    }
    encoder.ifPresent(each -> kept.putAll(each.learnt().kept()));
    return kept;
  }

  /**
   * Writes a directory that {@link ModelWeights#stored} finds the model in.
   *
   * @param later where the directory will be moved to
   * @param numbers a file with other numbers for what is {@linkplain #kept kept}
   */
  public void save(Path directory, Path later, Optional<Path> numbers) throws IOException {
    if (numbers.isEmpty()) {
      folder().save(directory, later, kept());
      return;
    }
    if (weights.base().isEmpty() && encoder.isEmpty()) {
      folder().save(directory, later, kept());
      Path whole = directory.resolve(Checkpoint.WEIGHTS);
      Files.copy(numbers.get(), whole, StandardCopyOption.REPLACE_EXISTING);
      return;
    }
    try (Parameters stored = new Parameters(root, 0)) {
      Checkpoint.open(numbers.get()).into(stored);
      kept().forEach((name, array) -> stored.declare(name, array.getShape(), Initializer.zeros()));
      if (!stored.report().complete()) {
        throw new IOException(numbers.get() + " does not fit the model\n" + stored.report());
      }
      folder().save(directory, later, stored.all());
    }
  }

  private ModelDirectory folder() {
    return new ModelDirectory(
        weights,
        model.config(),
        List.copyOf(parameters.all().keySet()),
        encoder.map(PictureEncoder::learnt));
  }

  public T5Model model() {
    return model;
  }

  public Parameters parameters() {
    return parameters;
  }

  NDManager root() {
    return root;
  }

  @Override
  public void close() {
    encoder.ifPresent(PictureEncoder::close);
    parameters.close();
    root.close();
  }
}
