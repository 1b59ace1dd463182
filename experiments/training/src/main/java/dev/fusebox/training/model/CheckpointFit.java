package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.Map;

/** Whether the numbers of a checkpoint are those of the model it is for. */
record CheckpointFit(ModelWeights weights, Parameters parameters, Ops ops) {

  /**
   * Checks it; a model without a checkpoint fits.
   *
   * @param trained whether everything must be there; else what is to be learnt may be missing
   */
  void check(boolean trained) {
    if (weights.isFresh()) {
      return;
    }
    LoadReport report = parameters.report();
    List<String> missing =
        report.missing().stream().filter(name -> trained || weights.isOfBase(name)).toList();
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
}
