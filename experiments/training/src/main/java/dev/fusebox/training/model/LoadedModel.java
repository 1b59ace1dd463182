package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A model with everything it stands on; closing it frees all of that. */
public final class LoadedModel implements AutoCloseable {

  /** The names of T5 itself; whatever else a model has belongs to its fusion. */
  private static final String T5_NAMES =
      "(shared|lm_head)\\.weight|(en|de)coder\\.(block\\.\\d+\\..*|final_layer_norm\\.weight)";

  private final NDManager root;
  private final Ops ops;
  private final Parameters parameters;
  private T5Model model;

  private LoadedModel(Device device, Precision precision, long seed) {
    root = NDManager.newBaseManager(device);
    ops = Ops.load(root, precision);
    parameters = new Parameters(root, seed);
  }

  /**
   * Opens a model.
   *
   * @param weights directory or file of its weights; without it they are fresh
   * @param pictures what the fusion looks at
   * @param precision of matrix products
   * @param seed of fresh weights
   */
  public static LoadedModel open(
      T5Config config,
      Optional<Path> weights,
      FusionSettings fusion,
      Optional<PictureFeatures> pictures,
      FusionCatalogue catalogue,
      Device device,
      Precision precision,
      long seed)
      throws IOException {
    LoadedModel loaded = new LoadedModel(device, precision, seed);
    try {
      if (weights.isPresent()) {
        Checkpoint.open(weights.get()).into(loaded.parameters);
      }
      loaded.build(config, fusion, pictures, catalogue);
      return loaded;
    } catch (IOException | RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private void build(
      T5Config config,
      FusionSettings fusion,
      Optional<PictureFeatures> pictures,
      FusionCatalogue catalogue) {
    if (fusion.isNone()) {
      model = T5Model.textOnly(config, parameters, ops);
      return;
    }
    int width =
        pictures
            .map(PictureFeatures::width)
            .orElseThrow(
                () ->
                    new UserError(
                        "fusion = "
                            + fusion.name()
                            + " needs pictures: set features, for instance features = detr"));
    model =
        T5Model.withFusion(
            config, width, parameters, ops, context -> catalogue.create(fusion, context));
  }

  /**
   * Checks that checkpoint and model fit.
   *
   * @param where the checkpoint is, for the message
   * @param freshFusion whether the fusion's parameters may be missing, to be learnt
   */
  public void checkFit(Path where, boolean freshFusion) {
    LoadReport report = parameters.report();
    List<String> missing =
        report.missing().stream().filter(name -> !freshFusion || name.matches(T5_NAMES)).toList();
    LoadReport trouble = new LoadReport(missing, report.unexpected(), report.misshaped());
    if (!trouble.complete()) {
      throw new UserError(where + " does not fit the model it is for\n" + trouble);
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
    parameters.close();
    ops.close();
    root.close();
  }
}
