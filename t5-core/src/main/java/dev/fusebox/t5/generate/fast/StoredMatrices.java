package dev.fusebox.t5.generate.fast;

import ai.djl.ndarray.NDArray;
import dev.fusebox.tensor.ScriptObject;
import dev.fusebox.tensor.ScriptSource;
import dev.fusebox.tensor.ScriptTuple;
import java.util.List;
import java.util.Optional;

/**
 * One kind of matrix, of every block, all in the same layout.
 *
 * @param matrices one per block; none where they are packed
 * @param packed one per block, where they are in bytes
 */
public record StoredMatrices(
    List<NDArray> matrices, Optional<List<ScriptObject>> packed, Layout layout)
    implements ScriptTuple {

  /** What scripts call them: the types {@code Stored} and {@code Bytes}. */
  public static final ScriptSource TYPES = new ScriptSource(StoredMatrices.class, "stored.py");

  /** In any layout but bytes. */
  public static StoredMatrices of(List<NDArray> matrices, Layout layout) {
    return new StoredMatrices(matrices, Optional.empty(), layout);
  }

  /** In bytes; {@link #close} is the caller's to call. */
  static StoredMatrices inBytes(List<ScriptObject> packed) {
    return new StoredMatrices(List.of(), Optional.of(packed), Layout.BYTES);
  }

  @Override
  public List<?> values() {
    return List.of(matrices, packed, layout.code());
  }

  /** Frees what belongs to no manager. */
  public void close() {
    packed.ifPresent(objects -> objects.forEach(ScriptObject::close));
  }
}
