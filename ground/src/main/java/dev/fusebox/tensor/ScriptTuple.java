package dev.fusebox.tensor;

import java.util.List;

/**
 * Values that a script function takes together, such as the weights of a layer: {@code
 * Tuple[Tensor, …]} there, a record here, whose components are in the order in which the function
 * unpacks them.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface ScriptTuple {

  /** The values, each of a type that {@link TorchScript} takes. */
  List<?> values();
}
