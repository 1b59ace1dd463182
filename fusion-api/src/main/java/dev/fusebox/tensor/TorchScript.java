package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import ai.djl.pytorch.jni.ScriptDoor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A set of TorchScript functions, compiled from a text resource when the program starts. One call
 * runs a whole sub-layer inside libtorch, with gradients.
 *
 * <p>The resource holds methods as they stand in a serialized archive: {@code def scale(self, x:
 * Tensor, by: float) -> Tensor:}. Through {@code self} they reach each other, and those of {@code
 * ops.py}.
 *
 * <p>Arguments may be {@link NDArray}, a {@link List} of arrays ({@code List[Tensor]}), {@code
 * Integer}, {@code Long}, {@code long[]} ({@code List[int]}), {@code Double} or {@code Boolean}.
 */
public final class TorchScript implements AutoCloseable {

  private final String name;
  private final PtSymbolBlock module;

  private TorchScript(String name, PtSymbolBlock module) {
    this.name = name;
    this.module = module;
  }

  /**
   * Compiles text resources, looked up beside {@code owner}, into one set of functions.
   *
   * @param manager decides the device; does not own the result
   * @throws IllegalArgumentException if there is no such resource or libtorch refuses its text
   */
  public static TorchScript compile(NDManager manager, Class<?> owner, String... resources) {
    StringBuilder source = new StringBuilder(owner == Ops.class ? "" : text(Ops.class, "ops.py"));
    for (String resource : resources) {
      source.append(text(owner, resource));
    }
    return compile(manager, String.join(", ", resources), source.toString());
  }

  private static String text(Class<?> owner, String resource) {
    try (InputStream stream = owner.getResourceAsStream(resource)) {
      if (stream == null) {
        throw new IllegalArgumentException(
            "no resource " + resource + " beside " + owner.getName());
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8) + "\n";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TorchScript compile(NDManager manager, String name, String source) {
    JniUtils.setGraphExecutorOptimize(false);
    try (InputStream archive = ScriptArchive.of(source)) {
      PtSymbolBlock module = JniUtils.loadModule((PtNDManager) manager, archive, true, false);
      return new TorchScript(name, module);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (RuntimeException e) {
      throw new IllegalArgumentException(name + " does not compile: " + e.getMessage(), e);
    }
  }

  /**
   * Runs a function that returns one tensor.
   *
   * @param owner whose manager owns the result: an activation, never a parameter
   */
  public NDArray call(String method, NDArray owner, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return result.toTensor((PtNDManager) owner.getManager());
    }
  }

  /**
   * Runs a function as a segment of the model: as {@link #call}, but a step may forget what happens
   * inside and do it again in its backward pass. All that it depends on must be among the
   * arguments.
   */
  public NDArray segment(String method, NDArray owner, Object... arguments) {
    Recomputation recomputation = Step.recomputation();
    return recomputation == null
        ? call(method, owner, arguments)
        : recomputation.run(this, method, owner, arguments);
  }

  /** Runs a function that returns {@code List[Tensor]}; see {@link #call}. */
  public NDList callForList(String method, NDArray owner, Object... arguments) {
    try (IValue result = run(method, arguments)) {
      return new NDList(result.toTensorArray((PtNDManager) owner.getManager()));
    }
  }

  private IValue run(String method, Object... arguments) {
    IValue[] values = new IValue[arguments.length];
    try {
      for (int i = 0; i < values.length; i++) {
        values[i] = value(arguments[i]);
      }
      return ScriptDoor.run(module, method, values);
    } catch (RuntimeException e) {
      throw new IllegalStateException(name + ", " + method + ": " + e.getMessage(), e);
    } finally {
      for (IValue value : values) {
        if (value != null) {
          value.close();
        }
      }
    }
  }

  private static IValue value(Object argument) {
    if (argument instanceof PtNDArray array) {
      return IValue.from(array);
    }
    if (argument instanceof List<?> list) {
      return IValue.listFrom(list.toArray(PtNDArray[]::new));
    }
    if (argument instanceof Double number) {
      return IValue.from(number.doubleValue());
    }
    if (argument instanceof Integer || argument instanceof Long) {
      return IValue.from(((Number) argument).longValue());
    }
    if (argument instanceof long[] numbers) {
      return IValue.listFrom(numbers);
    }
    if (argument instanceof Boolean flag) {
      return IValue.from(flag.booleanValue());
    }
    throw new IllegalArgumentException(
        "a TorchScript argument must be an array, a list of arrays, Integer, Long, long[], Double or Boolean, found "
            + (argument == null ? "null" : argument.getClass().getName()));
  }

  @Override
  public void close() {
    module.close();
  }
}
