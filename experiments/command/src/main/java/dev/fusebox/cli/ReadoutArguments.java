package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.vision.FinalNorm;
import dev.fusebox.vision.Pool;
import dev.fusebox.vision.Readout;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The options that say which states of a backbone are wanted. */
final class ReadoutArguments {

  @Option(
      names = "--layer",
      paramLabel = "N",
      defaultValue = "last",
      description =
          "last: Hugging Face's last_hidden_state; N: hidden_states[N], 0 the embedding, -2 the"
              + " layer before the last (default: ${DEFAULT-VALUE}).")
  private String layer;

  @Option(
      names = "--pool",
      paramLabel = "POOL",
      defaultValue = "all",
      description =
          "all (with the class token, if any), patches, class or mean (of the patches)"
              + " (default: ${DEFAULT-VALUE}).")
  private Pool pool;

  @Option(
      names = "--final-norm",
      paramLabel = "WHEN",
      defaultValue = "published",
      description =
          "on or off: whether to apply the norm after the last layer (default:"
              + " ${DEFAULT-VALUE}).")
  private FinalNorm norm;

  @Option(
      names = "--output",
      paramLabel = "NAME",
      description = "The output of an ONNX file that has several.")
  private Optional<String> output = Optional.empty();

  Readout readout() {
    Readout readout = Readout.last().pooled(pool).normed(norm);
    if (output.isPresent()) {
      readout = readout.ofOutput(output.get());
    }
    return layer.equals("last") ? readout : readout.ofLayer(number());
  }

  private int number() {
    try {
      return Integer.parseInt(layer);
    } catch (NumberFormatException e) {
      throw new UserError("--layer must be last or a whole number, found " + layer, e);
    }
  }
}
