package dev.fusebox.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.jni.JniUtils;
import dev.fusebox.array.Rows;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The weights of a model: Hugging Face name to fp32 array, all in one manager. What does not learn
 * may be bfloat16, or bytes.
 *
 * <p>A checkpoint is {@linkplain #load loaded} first, array by array; then the modules {@linkplain
 * #declare declare} what they need and get the loaded array, or a fresh one. {@link #report} tells
 * afterwards how the two fitted. Fresh arrays depend on the seed and their own name only, so that
 * two models that share a parameter begin with the same values.
 *
 * <p>Modules hold on to the arrays they were given: values change in place, arrays are never
 * replaced.
 *
 * @since 0.1
 */
public final class Parameters implements AutoCloseable {

  private final NDManager manager;
  private final long seed;
  private final String prefix; // of names that are declared here
  private final LoadedArrays loaded;
  private final DeclaredArrays declared;

  /** Parameters that live in a manager of their own below {@code parent}, on its device. */
  public Parameters(NDManager parent, long seed) {
    this(parent, seed, false);
  }

  private Parameters(NDManager parent, long seed, boolean shapesAlone) {
    this.manager = parent.newSubManager();
    this.seed = seed;
    prefix = "";
    loaded = new LoadedArrays(manager, shapesAlone);
    declared = new DeclaredArrays(loaded);
  }

  private Parameters(Parameters whole, String prefix) {
    manager = whole.manager;
    seed = whole.seed;
    this.prefix = prefix;
    loaded = whole.loaded;
    declared = whole.declared;
  }

  /**
   * Parameters that have shapes and no memory: each is one zero, seen as often as its shape says.
   * For counting what a model holds, and for seeing whether a checkpoint fits it: what is loaded
   * has no numbers either.
   */
  public static Parameters shapesAlone(NDManager parent) {
    return new Parameters(parent, 0, true);
  }

  /**
   * The same parameters, where a part of a model declares its own: {@code weight} is {@code
   * part.weight} of the whole, and begins as {@code weight} would in a model of its own. What the
   * part has not declared is found by its name in the whole.
   */
  public Parameters under(String part) {
    return new Parameters(this, prefix + part + ".");
  }

  /** The device that holds them. */
  public Device device() {
    return manager.getDevice();
  }

  /** Owns every parameter; for arrays that live as long as they do. */
  public NDManager manager() {
    return manager;
  }

  /**
   * A torch-owned, uninitialised fp32 array for {@code name}, to be filled by a reader before any
   * {@link #declare}; where there are shapes alone, nothing can be filled in.
   */
  public NDArray load(String name, Shape shape) {
    return loaded.add(name, shape);
  }

  /**
   * Loads {@code name} on any device.
   *
   * @param numbers writes all numbers, row-major, into the array's own memory where that is the
   *     processor's, else into memory that is copied over
   */
  public <E extends Exception> void load(String name, Shape shape, Numbers<E> numbers) throws E {
    loaded.add(name, shape, numbers);
  }

  /**
   * Lets the parameters of these names be bfloat16, half the memory: those of a model that stays as
   * it is. Said before anything is loaded.
   */
  public void holdAsBrainFloats(Predicate<String> names, Ops maths) {
    loaded.holdAsBrainFloats(names, maths);
  }

  /**
   * Lets the matrices of these names be bytes, each row with a unit of its own, a quarter of the
   * memory: those of a model that stays as it is. Said before anything is loaded.
   */
  public void holdAsRowBytes(Predicate<String> names, Ops maths) {
    loaded.holdAsRowBytes(names, maths);
  }

  /** Whether a parameter is bfloat16. */
  public boolean holdsAsBrainFloats(String name) {
    return loaded.holdsAsBrainFloats(name);
  }

  /** A parameter as fp32: itself where it is, else a copy. */
  public NDArray floats(NDArray parameter) {
    return loaded.floats(parameter);
  }

  /**
   * Loads {@code name} as bfloat16 on any device.
   *
   * @param numbers writes all numbers, row-major and in the machine's byte order
   */
  public <E extends Exception> void loadBrainFloats(String name, Shape shape, Bytes<E> numbers)
      throws E {
    loaded.addBrainFloats(name, shape, numbers);
  }

  /** Writes the bytes of an array. */
  @FunctionalInterface
  public interface Bytes<E extends Exception> {

    /** Fills {@code into}, which has exactly the room, with some rows; the next come next. */
    void write(Rows rows, ByteBuffer into) throws E;
  }

  /** Writes the numbers of an array. */
  @FunctionalInterface
  public interface Numbers<E extends Exception> {

    /** Fills {@code into}, which has exactly the room, with some rows; the next come next. */
    void write(Rows rows, FloatBuffer into) throws E;
  }

  /**
   * The parameter {@code own}: as loaded, or initialised if the checkpoint does not hold it in this
   * shape.
   */
  public NDArray declare(String own, Shape shape, Initializer initializer) {
    return declared.add(prefix + own, shape, () -> fresh(own, shape, initializer));
  }

  private NDArray fresh(String name, Shape shape, Initializer initializer) {
    return loaded.shapesAlone()
        ? loaded.outline(shape)
        : RandomNumbers.from(
            seed * 1_000_003 + name.hashCode(), () -> initializer.create(manager, shape));
  }

  /**
   * Lets {@code ownAlias} be another name of the parameter {@code own}: checkpoints may hold
   * either, or both. Said before the parameter is declared where a checkpoint may hold the alias
   * alone.
   */
  public void tie(String ownAlias, String own) {
    declared.tie(prefix + ownAlias, prefix + own);
  }

  /** The tied names: alias to name. */
  public Map<String, String> ties() {
    return declared.ties();
  }

  /** What did not fit. */
  public LoadReport report() {
    return declared.report();
  }

  /** Whether the checkpoint holds both names and other numbers, or another shape, under each. */
  public boolean loadedApart(String name, String other) {
    return DeclaredArrays.differ(loaded.get(name), loaded.get(other));
  }

  /** Frees what was loaded and not asked for. */
  public void dropUnexpected() {
    Set<NDArray> used = Collections.newSetFromMap(new IdentityHashMap<>());
    used.addAll(declared.all().values());
    loaded.dropAllBut(used);
  }

  /**
   * The parameter of that name or alias.
   *
   * @throws IllegalArgumentException if the model has none
   */
  public NDArray get(String name) {
    NDArray array = declared.find(prefix + name);
    if (array == null && !prefix.isEmpty()) {
      array = declared.find(name);
    }
    if (array == null) {
      throw new IllegalArgumentException("no parameter " + name);
    }
    return array;
  }

  /** Every parameter once, in the order of declaration. */
  public Map<String, NDArray> all() {
    return declared.all();
  }

  /** Whether a checkpoint that was loaded so far holds that name. */
  public boolean holds(String name) {
    return loaded.holds(name);
  }

  /** Decides which parameters learn; the others get no gradient and no buffer for one. */
  public void train(Predicate<String> learns) {
    declared.all().forEach((name, array) -> array.setRequiresGradient(learns.test(name)));
  }

  /** The parameters that learn, in the order of declaration. */
  public Map<String, NDArray> trainable() {
    Map<String, NDArray> result = new LinkedHashMap<>(declared.all());
    result.values().removeIf(array -> !JniUtils.requiresGrad((PtNDArray) array));
    return result;
  }

  /** How many numbers {@code arrays} hold. */
  public static long count(Collection<NDArray> arrays) {
    return arrays.stream().mapToLong(NDArray::size).sum();
  }

  /** Sets the gradient of every parameter that learns to zero. */
  public void zeroGradients() {
    trainable().values().forEach(array -> JniUtils.zeroGrad((PtNDArray) array));
  }

  @Override
  public void close() {
    manager.close();
  }
}
