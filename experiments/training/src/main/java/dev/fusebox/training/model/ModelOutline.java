package dev.fusebox.training.model;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A model that has names and shapes alone.
 *
 * @param visionWidth of the pictures' vectors; without it there is no fusion
 */
public record ModelOutline(
    T5Config config, Tuning tuning, FusionSettings fusion, OptionalInt visionWidth) {

  /** The names of its parameters. */
  public Set<String> names(FusionCatalogue catalogue) {
    return asked(catalogue, parameters -> new TreeSet<>(parameters.all().keySet()));
  }

  <T> T asked(FusionCatalogue catalogue, Function<Parameters, T> question) {
    try (NDManager root = NDManager.newBaseManager(Device.cpu());
        Parameters parameters = Parameters.shapesAlone(root)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      if (visionWidth.isPresent() && !fusion.isNone()) {
        T5Model.withFusion(
            config,
            visionWidth.getAsInt(),
            parameters,
            ops,
            tuning,
            (FusionContext context) -> catalogue.create(fusion, context));
      } else {
        T5Model.textOnly(config, parameters, ops, tuning);
      }
      return question.apply(parameters);
    }
  }
}
