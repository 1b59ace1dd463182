package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.ScriptObject;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.TorchScript;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The face of {@code products.py}: matrices laid out for products of few rows, and these products.
 */
public final class ProductScript {

  static final ScriptSource SOURCE = new ScriptSource(ProductScript.class, "products.py");

  private final TorchScript script;

  /** The face of what {@link #compile} made. */
  public ProductScript(TorchScript script) {
    this.script = script;
  }

  /**
   * Compiles these functions, for what libtorch offers here, and others that call them.
   *
   * @return the caller's to close
   */
  public static TorchScript compile(NDManager manager, ScriptSource... others) {
    try {
      return compile(manager, "packed.py", others);
    } catch (IllegalArgumentException withoutOneDnn) {
      return compile(manager, "unpacked.py", others);
    }
  }

  private static TorchScript compile(NDManager manager, String packing, ScriptSource... others) {
    ScriptSource packed = new ScriptSource(ProductScript.class, packing);
    return TorchScript.compile(
        manager,
        Stream.concat(Stream.of(StoredMatrices.TYPES, SOURCE, packed), Stream.of(others))
            .toArray(ScriptSource[]::new));
  }

  /** {@code x} (R, in) times the matrix (out, in) of a block: (R, out). */
  NDArray product(NDArray x, StoredMatrices stored, int block) {
    return script.call("product", x, stored, block);
  }

  /** Matrices (out, in) in bytes; the caller's to close. */
  public StoredMatrices inBytes(List<NDArray> matrices) {
    return StoredMatrices.inBytes(matrices.stream().map(this::inBytes).toList());
  }

  private ScriptObject inBytes(NDArray w) {
    return script.callForObject("in_bytes", w);
  }

  /**
   * A matrix (out, in) in a layout other than bytes; a second handle of the same array if that is
   * as it is.
   */
  public NDArray stored(NDArray w, Layout layout, int rows) {
    return script.call("stored", w, layout.code(), rows);
  }

  /**
   * Matrices (out, in) of the same input as one.
   *
   * @param norm (in): weights of the norm that makes the input, to be part of the matrix
   * @param factor on the product, where there is a norm
   */
  public NDArray beside(List<NDArray> matrices, Optional<NDArray> norm, double factor) {
    return script.call("beside", matrices, norm, factor);
  }
}
