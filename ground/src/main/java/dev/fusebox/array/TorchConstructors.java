package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** The only names a pickle may mention: what {@code torch.save} writes for a dict of tensors. */
final class TorchConstructors {

  static final String ALLOWED =
      "collections.OrderedDict, torch._utils._rebuild_tensor_v2,"
          + " torch._utils._rebuild_parameter and torch's storage types";

  /** Kinds of things a pickle may name. */
  private enum Constructor {
    ORDERED_DICT,
    TENSOR,
    PARAMETER
  }

  /**
   * Numbers in an entry of the archive.
   *
   * @param key the entry's name below {@code data/}
   * @param count how many numbers it holds
   */
  record Storage(ElementType type, String key, long count) {

    Storage {
      Objects.requireNonNull(key);
    }
  }

  /** A view of a storage; offset and strides count numbers. */
  record Tensor(Storage storage, long offset, List<Long> shape, List<Long> strides) {

    /** As many as torch knows. */
    private static final int MAXIMUM_AXES = 64;

    Tensor {
      Objects.requireNonNull(storage);
      if (shape.size() > MAXIMUM_AXES || strides.size() > MAXIMUM_AXES) {
        throw new IllegalArgumentException("a tensor of too many axes");
      }
    }
  }

  private static final Map<String, Object> BY_NAME = byName();

  private TorchConstructors() {}

  private static Map<String, Object> byName() {
    Map<String, Object> byName = new HashMap<>();
    byName.put("collections.OrderedDict", Constructor.ORDERED_DICT);
    byName.put("torch._utils._rebuild_tensor_v2", Constructor.TENSOR);
    byName.put("torch._utils._rebuild_parameter", Constructor.PARAMETER);
    for (ElementType type : ElementType.values()) {
      byName.put("torch." + type.torchStorage(), type);
    }
    return byName;
  }

  static Object named(Pickle machine, String module, String name) throws FileFormatException {
    Object constructor = BY_NAME.get(module + "." + name);
    if (constructor == null) {
      throw machine.refusal(module + "." + name);
    }
    return constructor;
  }

  /** The result of calling the first of the two values with the second, a tuple. */
  static Object call(Pickle machine, List<Object> callAndArguments) throws FileFormatException {
    List<Object> arguments = Pickle.asList(callAndArguments.get(1));
    if (!(callAndArguments.get(0) instanceof Constructor constructor)) {
      throw machine.refusal("a call of something that is not a function (REDUCE)");
    }
    return switch (constructor) {
      case ORDERED_DICT -> orderedDict(machine, arguments);
      case TENSOR ->
          new Tensor(
              (Storage) arguments.get(0),
              (Long) arguments.get(1),
              wholes(arguments.get(2)),
              wholes(arguments.get(3)));
      case PARAMETER -> (Tensor) arguments.get(0);
    };
  }

  private static Map<Object, Object> orderedDict(Pickle machine, List<Object> arguments)
      throws FileFormatException {
    Map<Object, Object> dict = new LinkedHashMap<>();
    List<Object> pairs = arguments.isEmpty() ? List.of() : Pickle.asList(arguments.get(0));
    for (Object pair : pairs) {
      List<Object> entry = Pickle.asList(pair);
      machine.spend(1 + entry.size());
      Pickle.putAll(dict, entry);
    }
    return dict;
  }

  private static List<Long> wholes(Object tuple) {
    return Pickle.asList(tuple).stream()
        .map(whole -> Objects.requireNonNull((Long) whole))
        .toList();
  }

  /** Never the content of a list: it may hold itself, or more than there is time to print. */
  private static String inWords(Object value) {
    return value instanceof String || value instanceof Number
        ? String.format(Locale.ROOT, "'%.40s'", value)
        : "that has no name";
  }

  /** What stands outside the pickle: {@code ('storage', type, key, device, count)}. */
  static Storage storage(Pickle machine, Object id) throws FileFormatException {
    List<Object> parts = Pickle.asList(id);
    if (!"storage".equals(parts.get(0)) || !(parts.get(1) instanceof ElementType type)) {
      throw machine.refusal("an outside object " + inWords(parts.get(0)));
    }
    return new Storage(type, (String) parts.get(2), (Long) parts.get(4));
  }
}
