package dev.fusebox.training.optimize;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.List;

/**
 * The face of {@code training.py}: from a loss to new weights. Lists run over the parameters that
 * learn, in the order of their declaration; a gradient without numbers stands for a parameter that
 * the loss does not depend on, which is left as it is.
 */
public final class TrainingScript {

  /**
   * What every rule of an update asks for.
   *
   * @param norm of all gradients together, a scalar; not finite: nothing is changed
   * @param limit of that norm; larger gradients are scaled down to it
   * @param decaying how many parameters decay: the first ones
   * @param step counts from 1
   * @param rate of learning
   * @param decay of the weights
   */
  record Update(
      NDArray norm,
      double limit,
      List<NDArray> parameters,
      List<NDArray> gradients,
      int decaying,
      long step,
      double rate,
      double decay) {

    /** Of all that learns. */
    static Update of(
        TrainableParameters learning,
        List<NDArray> gradients,
        NDArray norm,
        double limit,
        long step,
        double rate,
        double decay) {
      return new Update(
          norm, limit, learning.arrays(), gradients, learning.decaying(), step, rate, decay);
    }
  }

  static final ScriptSource SOURCE = new ScriptSource(TrainingScript.class, "training.py");

  private final TorchScript script;

  public TrainingScript(Ops ops) {
    this(ops.script(SOURCE));
  }

  public TrainingScript(TorchScript script) {
    this.script = script;
  }

  /** The sums of two lists of gradients, in place where possible, on the devices of the first. */
  List<NDArray> addGradients(List<NDArray> sums, List<NDArray> more) {
    return script.callForList("add_gradients", sums, more);
  }

  /** Copies values into arrays. */
  public void assign(List<NDArray> arrays, List<NDArray> values) {
    script.call("assign", arrays, values);
  }

  /** The norm of all gradients together: a scalar. */
  NDArray gradientNorm(List<NDArray> gradients) {
    return script.call("gradient_norm", gradients);
  }

  /**
   * AdamW, one pass over all weights.
   *
   * @param firsts moving means of the gradients
   * @param seconds moving means of their squares
   */
  void adamw(
      Update update,
      List<NDArray> firsts,
      List<NDArray> seconds,
      double beta1,
      double beta2,
      double epsilon) {
    script.call(
        "adamw",
        update.norm(),
        update.limit(),
        update.parameters(),
        update.gradients(),
        firsts,
        seconds,
        update.decaying(),
        update.step(),
        update.rate(),
        beta1,
        beta2,
        update.decay(),
        epsilon);
  }

  /**
   * Adafactor.
   *
   * @param rows means of the squares of a matrix's rows; of a vector its squares
   * @param columns means of the squares of a matrix's columns; of a vector nothing
   * @param decayRate old squares fade by {@code 1 - step^decayRate}
   * @param threshold highest root mean square of one update
   * @param smallest the size from which the rate is relative to a parameter's; 0: it is absolute
   */
  void adafactor(
      Update update,
      List<NDArray> rows,
      List<NDArray> columns,
      double decayRate,
      double threshold,
      double smallest) {
    script.call(
        "adafactor",
        update.norm(),
        update.limit(),
        update.parameters(),
        update.gradients(),
        rows,
        columns,
        update.decaying(),
        update.step(),
        update.rate(),
        decayRate,
        threshold,
        update.decay(),
        smallest);
  }
}
