package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** What a model's modules asked for, in that order, and how it fits what was loaded. */
final class DeclaredArrays {

  private final LoadedArrays loaded;
  private final Map<String, NDArray> declared = new LinkedHashMap<>();
  private final Map<String, String> aliases = new TreeMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> misshaped = new ArrayList<>();

  /** None yet. */
  DeclaredArrays(LoadedArrays loaded) {
    this.loaded = loaded;
  }

  /** The array as loaded, or a fresh one if none was loaded in this shape. */
  NDArray add(String name, Shape shape, Supplier<NDArray> fresh) {
    if (declared.containsKey(name)) {
      throw new IllegalArgumentException("the parameter " + name + " is declared twice");
    }
    NDArray array = loaded(name);
    if (array == null) {
      missing.add(name);
    } else if (!LoadedArrays.shapeOf(array).equals(shape)) {
      misshaped.add(name + ": found " + LoadedArrays.shapeOf(array) + ", the model wants " + shape);
      array = null;
    }
    NDArray result = array == null ? fresh.get() : array;
    declared.put(name, result);
    return result;
  }

  private NDArray loaded(String name) {
    NDArray array = loaded.get(name);
    return array != null
        ? array
        : aliases.keySet().stream()
            .filter(alias -> aliases.get(alias).equals(name) && loaded.holds(alias))
            .findFirst()
            .map(loaded::get)
            .orElse(null);
  }

  /** See {@link Parameters#tie}. */
  void tie(String alias, String name) {
    if (missing.contains(name) && loaded.holds(alias)) {
      throw new IllegalArgumentException(
          "the checkpoint holds " + name + " as " + alias + " only: tie them before declaring it");
    }
    aliases.put(alias, name);
  }

  /** Alias to name. */
  Map<String, String> ties() {
    return Collections.unmodifiableMap(aliases);
  }

  /** What did not fit. */
  LoadReport report() {
    List<String> unexpected =
        loaded.names().stream()
            .filter(name -> !declared.containsKey(name) && !aliases.containsKey(name))
            .toList();
    List<String> misfits = new ArrayList<>(misshaped);
    aliases.forEach(
        (alias, name) -> {
          if (differ(loaded.get(alias), declared.get(name))) {
            misfits.add(alias + ": differs from " + name + ", which the model has in its place");
          }
        });
    return new LoadReport(missing, unexpected, misfits);
  }

  /** Whether both are there, with other numbers or in another shape. */
  static boolean differ(NDArray found, NDArray used) {
    return found != null && used != null && found != used && !found.contentEquals(used);
  }

  /** That of a name or alias; null if nobody declared it. */
  NDArray find(String name) {
    return declared.get(aliases.getOrDefault(name, name));
  }

  /** Every one once. */
  Map<String, NDArray> all() {
    return Collections.unmodifiableMap(declared);
  }
}
