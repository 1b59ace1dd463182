package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tune.Adapter;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.LoadReport;
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

  /** The names of T5 itself; whatever else a model has belongs to its fusion. */
  private static final String T5_NAMES =
      "(shared|lm_head)\\.weight|(en|de)coder\\.(block\\.\\d+\\..*|final_layer_norm\\.weight)";

  private static final String T5_MATRICES =
      "(shared|lm_head)\\.weight|(en|de)coder\\.block\\..*\\.(q|k|v|o|wi|wi_0|wi_1|wo)\\.weight";

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
      parameters.holdAsRowBytes(LoadedModel::isMatrixOfBlock, ops);
      parameters.holdAsBrainFloats(name -> isMatrixOfBase(name) && !isMatrixOfBlock(name), ops);
    } else if (frozen == FrozenWeights.BFLOAT16) {
      parameters.holdAsBrainFloats(LoadedModel::isMatrixOfBase, ops);
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
    if (weights.isFresh()) {
      return;
    }
    LoadReport report = parameters.report();
    List<String> missing =
        report.missing().stream().filter(name -> trained || isOfBase(name)).toList();
    LoadReport trouble = new LoadReport(missing, report.unexpected(), report.misshaped());
    if (!trouble.complete()) {
      throw new UserError(weights.where() + " does not fit the model it is for\n" + trouble);
    }
    checkFinite();
  }

  /** One number that is none would make all scores so, and be told as a loss of the first step. */
  private void checkFinite() {
    List<String> broken =
        parameters.all().entrySet().stream()
            .filter(each -> !isFinite(each.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    if (!broken.isEmpty()) {
      throw new UserError(
          "%s: weights must be finite numbers, found NaN or infinity in %s"
              .formatted(weights.where(), Spelling.list(broken)));
    }
  }

  private boolean isFinite(NDArray array) {
    if (array.getDataType() == DataType.INT8) { // the units of its rows are among the bytes
      try (NDArray numbers = ops.floats(array)) {
        return isFinite(numbers);
      }
    }
    try (NDArray sum = array.sum();
        NDArray number = ops.floats(sum)) {
      return Float.isFinite(number.getFloat());
    }
  }

  private boolean isOfBase(String name) {
    return isNameOfBase(name) && !weights.tuning().adds(name);
  }

  /** Whether a name is T5's, or of something that was added to one of its matrices. */
  static boolean isNameOfBase(String name) {
    return name.matches(T5_NAMES);
  }

  /** Whether a name is that of a matrix, or a table of tokens, of T5 itself. */
  static boolean isMatrixOfBase(String name) {
    return name.matches(T5_MATRICES);
  }

  /** Whether a name is that of a matrix in T5's blocks, which is multiplied with alone. */
  static boolean isMatrixOfBlock(String name) {
    return isMatrixOfBase(name) && name.contains(".block.");
  }

  /** What is kept of the model: all of it, or what a model below it does not hold. */
  public Map<String, NDArray> kept() {
    Map<String, NDArray> kept = new LinkedHashMap<>(parameters.all());
    if (weights.base().isPresent()) {
      kept.keySet().removeIf(this::isOfBase);
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
      save(directory, later, kept());
      return;
    }
    if (weights.base().isEmpty() && encoder.isEmpty()) {
      save(directory, later, kept());
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
      save(directory, later, stored.all());
    }
  }

  private void save(Path directory, Path later, Map<String, NDArray> values) throws IOException {
    Map<String, NDArray> own = new LinkedHashMap<>(values);
    Map<String, NDArray> seeing = new LinkedHashMap<>(values);
    own.keySet().removeIf(name -> name.startsWith(LearntBackbone.PREFIX));
    seeing.keySet().removeAll(own.keySet());
    if (encoder.isPresent()) {
      encoder.get().learnt().save(directory, seeing);
    }
    if (weights.base().isEmpty()) {
      Checkpoint.save(directory, own, model.config().toJson());
      return;
    }
    weights.base().orElseThrow().write(directory, later);
    JsonFiles.text(
        directory.resolve(Checkpoint.CONFIG), model.config().toJson().toPrettyString() + "\n");
    writeLearnt(directory, later, own);
  }

  private void writeLearnt(Path directory, Path later, Map<String, NDArray> kept)
      throws IOException {
    Tuning tuning = weights.tuning();
    Map<String, NDArray> added = new LinkedHashMap<>(kept);
    added.keySet().removeIf(name -> !tuning.adds(name));
    if (!added.isEmpty()) {
      Adapter.write(
          directory,
          tuning,
          added,
          List.copyOf(parameters.all().keySet()),
          model.config(),
          weights.base().orElseThrow().from(later));
    }
    Map<String, NDArray> fusion = new LinkedHashMap<>(kept);
    fusion.keySet().removeAll(added.keySet());
    if (!fusion.isEmpty()) {
      new SafetensorsWriter()
          .addAll(fusion, ElementType.F32)
          .write(directory.resolve(Checkpoint.WEIGHTS));
    }
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
