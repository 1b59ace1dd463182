package dev.fusebox.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.NativeRows;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What a checkpoint brought, array by array, each in the form in which the model holds it. */
final class LoadedArrays {

  private static final int UNIT_BYTES = 4; // behind the bytes of a row

  private final NDManager manager;
  private final boolean shapesAlone;
  private final Map<String, NDArray> arrays = new LinkedHashMap<>();
  private Predicate<String> brainFloats = name -> false;
  private Predicate<String> rowBytes = name -> false;
  private Ops ops;

  /**
   * None yet.
   *
   * @param manager owns them
   * @param shapesAlone whether they have no numbers
   */
  LoadedArrays(NDManager manager, boolean shapesAlone) {
    this.manager = manager;
    this.shapesAlone = shapesAlone;
  }

  boolean shapesAlone() {
    return shapesAlone;
  }

  /** See {@link Parameters#holdAsBrainFloats}. */
  void holdAsBrainFloats(Predicate<String> names, Ops maths) {
    brainFloats = names;
    ops = maths;
  }

  /** See {@link Parameters#holdAsRowBytes}. */
  void holdAsRowBytes(Predicate<String> names, Ops maths) {
    rowBytes = names;
    ops = maths;
  }

  boolean holdsAsBrainFloats(String name) {
    return brainFloats.test(name);
  }

  /** As fp32: itself where it is, else a copy. */
  NDArray floats(NDArray array) {
    return array.getDataType() == DataType.FLOAT32 ? array : ops.floats(array);
  }

  /** See {@link Parameters#load(String, Shape)}. */
  NDArray add(String name, Shape shape) {
    return register(name, shapesAlone ? outline(shape) : manager.create(shape, DataType.FLOAT32));
  }

  /** See {@link Parameters#load(String, Shape, Parameters.Numbers)}. */
  <E extends Exception> void add(String name, Shape shape, Parameters.Numbers<E> numbers) throws E {
    if (!manager.getDevice().isGpu() && !rowBytes.test(name)) {
      fill(add(name, shape), numbers);
      return;
    }
    try (NDManager host =
            NDManager.newBaseManager(Device.cpu(), manager.getEngine().getEngineName());
        NDManager rounding = manager.newSubManager()) {
      NDArray array = host.create(shape, DataType.FLOAT32);
      fill(array, numbers);
      NDArray there =
          manager.getDevice().isGpu() ? array.toDevice(manager.getDevice(), false) : array;
      there.attach(rounding);
      NDArray kept = rowBytes.test(name) ? ops.rowBytes(there) : there;
      kept.attach(manager);
      register(name, kept);
    }
  }

  /** See {@link Parameters#loadBrainFloats}. */
  <E extends Exception> void addBrainFloats(String name, Shape shape, Parameters.Bytes<E> numbers)
      throws E {
    try (NDManager host =
            NDManager.newBaseManager(Device.cpu(), manager.getEngine().getEngineName());
        NDArray here = manager.create(0f);
        NDArray there = host.create(0f)) {
      NDArray array = ops.brainFloats(here, shape);
      NDArray filled = manager.getDevice().isGpu() ? ops.brainFloats(there, shape) : array;
      NativeRows.forEach(filled, Short.BYTES, numbers::write);
      if (filled != array) {
        ops.copyInto(array, filled).close();
      }
      register(name, array);
    }
  }

  private static <E extends Exception> void fill(NDArray array, Parameters.Numbers<E> numbers)
      throws E {
    NativeRows.forEach(
        array, Float.BYTES, (rows, bytes) -> numbers.write(rows, bytes.asFloatBuffer()));
  }

  private NDArray register(String name, NDArray array) {
    NDArray before = arrays.put(name, array);
    if (before != null) {
      throw new IllegalArgumentException("the checkpoint holds " + name + " twice");
    }
    return array;
  }

  /** One zero, seen as often as the shape says. */
  NDArray outline(Shape shape) {
    try (NDArray zero = manager.zeros(new Shape(1), DataType.FLOAT32)) {
      return zero.broadcast(shape);
    }
  }

  /** What its numbers have. */
  static Shape shapeOf(NDArray array) {
    Shape shape = array.getShape();
    return array.getDataType() == DataType.INT8
        ? new Shape(shape.get(0), shape.get(1) - UNIT_BYTES)
        : shape;
  }

  /** The array of that name; null if the checkpoint has none. */
  NDArray get(String name) {
    return arrays.get(name);
  }

  boolean holds(String name) {
    return arrays.containsKey(name);
  }

  Set<String> names() {
    return Collections.unmodifiableSet(arrays.keySet());
  }

  /** Frees what is not used, and forgets all. */
  void dropAllBut(Set<NDArray> used) {
    arrays.values().stream().filter(array -> !used.contains(array)).forEach(NDArray::close);
    arrays.clear();
  }
}
