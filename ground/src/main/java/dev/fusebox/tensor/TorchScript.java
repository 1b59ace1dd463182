package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;

/**
 * A set of TorchScript functions, compiled from text resources when the program starts. One call
 * runs a whole sub-layer inside libtorch, with gradients.
 *
 * <p>A resource holds methods as they stand in a serialized archive: {@code def scale(self, x:
 * Tensor, by: float) -> Tensor:}. Through {@code self} they reach each other, and those of {@code
 * ops.py}.
 *
 * <p>The name of a function and the order of its arguments are known to one Java class only, its
 * <em>face</em>, with a typed method per function; {@link Ops} is that of {@code ops.py}, but for
 * what gradients alone need.
 *
 * <p>Arguments may be
 *
 * <ul>
 *   <li>{@link NDArray}: {@code Tensor};
 *   <li>{@code Integer}, {@code Long}, {@code Double}, {@code Boolean}, {@code long[]}: {@code
 *       int}, {@code float}, {@code bool}, {@code List[int]};
 *   <li>{@link ScriptTuple}, values that belong together: {@code Tuple[…]};
 *   <li>{@link ScriptObject}, of the type that another function returned it as;
 *   <li>{@link java.util.List} of arrays, of tuples or of objects: {@code List[…]};
 *   <li>{@link java.util.Optional} of any of these: {@code Optional[…]}.
 * </ul>
 *
 * <p>The result belongs to the manager of the first array among them: activations come first,
 * parameters after them.
 *
 * @since 0.1
 */
public interface TorchScript {

  /**
   * Compiles sources into one set of functions, those of {@code ops.py} among them; the same
   * sources are compiled once in a process and device.
   *
   * @param manager decides the device; does not own the result
   * @throws IllegalArgumentException if there is no such resource or libtorch refuses its text
   */
  static TorchScript compile(NDManager manager, ScriptSource... sources) {
    return CompiledScript.of(manager, sources);
  }

  /** Runs a function that returns one tensor. */
  NDArray call(String function, Object... arguments);

  /**
   * Runs a function as a segment of the model: as {@link #call}, but a step may forget what happens
   * inside and do it again in its backward pass. All that it depends on must be among the
   * arguments.
   */
  NDArray segment(String function, Object... arguments);

  /**
   * Runs a function that returns neither a tensor nor a list of them.
   *
   * @return the caller's to close
   */
  ScriptObject callForObject(String function, Object... arguments);

  /** Runs a function that returns {@code List[Tensor]}; see {@link #call}. */
  NDList callForList(String function, Object... arguments);
}
