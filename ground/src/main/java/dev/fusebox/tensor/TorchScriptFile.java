package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptDoor;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A network that somebody else wrote with {@code torch.jit.save}. The file is a program: it is run
 * as it is, so that only a file that a person named may be opened.
 *
 * @since 0.1
 */
public final class TorchScriptFile implements AutoCloseable {

  private final Path file;
  private final PtSymbolBlock module;

  private TorchScriptFile(Path file, PtSymbolBlock module) {
    this.file = file;
    this.module = module;
  }

  /**
   * Loads the network for the device of {@code manager}.
   *
   * @throws IOException with the file's name, if it is cut off or holds no program
   */
  public static TorchScriptFile open(NDManager manager, Path file) throws IOException {
    JniUtils.setGraphExecutorOptimize(false);
    try (InputStream input = new BufferedInputStream(Files.newInputStream(file))) {
      return new TorchScriptFile(
          file, JniUtils.loadModule((PtNDManager) manager, input, true, false));
    } catch (RuntimeException e) { // libtorch's, as the engine hands it on
      throw new IOException(
          "%s: not a complete TorchScript file of torch.jit.save: %s".formatted(file, firstLine(e)),
          e);
    }
  }

  /**
   * Runs {@code forward} as in evaluation. A graph is recorded when the open step says so.
   *
   * @param input its manager owns the result
   * @throws IllegalArgumentException with the file's name, if the network refuses the input, or
   *     gives anything else than one tensor
   */
  public NDArray forward(NDArray input) {
    try (IValue argument = IValue.from((PtNDArray) input);
        IValue result = run(argument)) {
      if (!result.isTensor()) {
        throw new IllegalArgumentException(
            "%s: forward must give one tensor, found %s".formatted(file, result.getType()));
      }
      return result.toTensor((PtNDManager) input.getManager());
    }
  }

  private IValue run(IValue argument) {
    try {
      return ScriptDoor.run(module, "forward", argument);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException("%s: forward failed: %s".formatted(file, lastLine(e)), e);
    }
  }

  private static String firstLine(RuntimeException error) {
    return String.valueOf(error.getMessage()).lines().findFirst().orElse("");
  }

  /** Above it stand the lines of the program. */
  private static String lastLine(RuntimeException error) {
    return String.valueOf(error.getMessage())
        .lines()
        .filter(line -> !line.isBlank())
        .reduce((first, second) -> second)
        .orElse("");
  }

  @Override
  public void close() {
    module.close();
  }
}
