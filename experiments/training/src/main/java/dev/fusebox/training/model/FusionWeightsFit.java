package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.T5Shapes;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.List;

/**
 * Whether the weights that a checkpoint holds beside T5's are those of a fusion, told from names
 * and shapes before any number is read. What the fusion has and the checkpoint has not will be
 * learnt.
 */
public final class FusionWeightsFit {

  private FusionWeightsFit() {}

  /** The stored names that are not T5's. */
  public static List<String> beside(Checkpoint checkpoint) {
    return checkpoint.names().stream()
        .filter(name -> !T5Shapes.isOfT5(name) && !name.startsWith(LearntBackbone.PREFIX))
        .toList();
  }

  /**
   * What of {@link #beside} a fusion does not take.
   *
   * @param visionWidth of the pictures' vectors
   */
  public static LoadReport report(
      Checkpoint checkpoint,
      T5Config config,
      FusionSettings fusion,
      int visionWidth,
      FusionCatalogue catalogue) {
    try (NDManager root = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = Parameters.shapesAlone(root)) {
      beside(checkpoint).forEach(name -> parameters.load(name, checkpoint.tensor(name).shape()));
      T5Model.withFusion(
          config,
          visionWidth,
          parameters,
          Ops.load(root, Precision.FLOAT32),
          (FusionContext context) -> catalogue.create(fusion, context));
      LoadReport report = parameters.report();
      return new LoadReport(List.of(), report.unexpected(), report.misshaped());
    }
  }
}
