package dev.fusebox.tensor;

import ai.djl.Device;
import ai.djl.engine.Engine;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Functions that libtorch has compiled. What was compiled once stays for the process: the functions
 * keep nothing between calls, so every model on a device shares them, and the texts are few.
 */
final class CompiledScript implements TorchScript {

  private static final Map<Source, CompiledScript> COMPILED = new ConcurrentHashMap<>();

  private final String name;
  private final PtSymbolBlock module;
  private IValue none; // there is no way to make one but to ask a function for it

  private CompiledScript(String name, PtSymbolBlock module) {
    this.name = name;
    this.module = module;
  }

  static CompiledScript of(NDManager manager, ScriptSource... sources) {
    String name =
        Arrays.stream(sources).map(ScriptSource::resource).collect(Collectors.joining(", "));
    boolean opsAlone = sources.length == 1 && sources[0].equals(Ops.SOURCE);
    String text = ScriptSource.joined(sources);
    return compile(manager, name, opsAlone ? text : Ops.SOURCE.text() + text);
  }

  static CompiledScript compile(NDManager manager, String name, String text) {
    JniUtils.setGraphExecutorOptimize(false); // of this thread
    return COMPILED.computeIfAbsent(
        new Source(manager.getDevice(), text),
        source -> new CompiledScript(name, source.compile(manager.getEngine(), name)));
  }

  @Override
  public NDArray call(String function, Object... arguments) {
    try (IValue result = run(function, arguments)) {
      return result.toTensor(owner(arguments));
    }
  }

  @Override
  public NDArray segment(String function, Object... arguments) {
    Recomputation recomputation = Step.recomputation();
    return recomputation == null
        ? call(function, arguments)
        : recomputation.run(this, function, arguments);
  }

  @Override
  public NDList callForList(String function, Object... arguments) {
    try (IValue result = run(function, arguments)) {
      return new NDList(result.toTensorArray(owner(arguments)));
    }
  }

  @Override
  public ScriptObject callForObject(String function, Object... arguments) {
    return new ScriptObject(run(function, arguments));
  }

  private PtNDManager owner(Object... arguments) {
    Object first = arguments[0];
    while (first instanceof List<?> list) {
      first = list.get(0);
    }
    if (first instanceof NDArray array) {
      return (PtNDManager) array.getManager();
    }
    throw new IllegalArgumentException(
        name + ": the first argument decides who owns the result: an array or a list of arrays");
  }

  private IValue run(String function, Object... arguments) {
    List<IValue> made = new ArrayList<>();
    try {
      IValue[] values = new IValue[arguments.length];
      for (int i = 0; i < values.length; i++) {
        values[i] = value(arguments[i], made);
      }
      return ScriptDoor.run(module, function, values);
    } catch (RuntimeException e) {
      throw new IllegalStateException(name + ", " + function + ": " + e.getMessage(), e);
    } finally {
      made.forEach(IValue::close);
    }
  }

  /**
   * The engine's value of an argument.
   *
   * @param made gets whatever is to be closed after the call
   */
  private IValue value(Object argument, List<IValue> made) {
    if (argument instanceof Optional<?> optional) {
      return optional.isPresent() ? value(optional.get(), made) : none();
    }
    if (argument instanceof ScriptObject object) {
      return object.value();
    }
    IValue value = plain(argument, made);
    made.add(value);
    return value;
  }

  private IValue plain(Object argument, List<IValue> made) {
    if (argument instanceof PtNDArray array) {
      return IValue.from(array);
    }
    if (argument instanceof List<?> list) {
      return list.isEmpty() || list.get(0) instanceof PtNDArray
          ? IValue.listFrom(list.toArray(PtNDArray[]::new))
          : IValue.listFrom(values(list, made));
    }
    if (argument instanceof ScriptTuple tuple) {
      return IValue.tupleFrom(values(tuple.values(), made));
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
        "a TorchScript argument must be an array, a list, a ScriptTuple, a ScriptObject, an Optional, Integer, Long, long[], Double or"
            + " Boolean, found "
            + (argument == null ? "null" : argument.getClass().getName()));
  }

  private IValue[] values(List<?> arguments, List<IValue> made) {
    return arguments.stream().map(each -> value(each, made)).toArray(IValue[]::new);
  }

  private synchronized IValue none() {
    if (none == null) {
      none = ScriptDoor.run(module, "nothing");
    }
    return none;
  }

  private record Source(Device device, String text) {

    PtSymbolBlock compile(Engine engine, String name) {
      PtNDManager owner = (PtNDManager) engine.newBaseManager(device);
      try (InputStream archive = ScriptArchive.of(text)) {
        return JniUtils.loadModule(owner, archive, true, false);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (RuntimeException e) {
        owner.close();
        throw new IllegalArgumentException(name + " does not compile: " + e.getMessage(), e);
      }
    }
  }
}
