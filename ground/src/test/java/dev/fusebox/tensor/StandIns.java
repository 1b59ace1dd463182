package dev.fusebox.tensor;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import java.lang.reflect.Constructor;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Arguments that remember what they are called: arrays by their own name, numbers by a value that
 * no other has, records by the paths of their components, such as {@code weights.norm}.
 */
final class StandIns {

  private final NDManager manager;
  private final Map<Class<?>, Function<NDArray, Object>> others;
  private final boolean present; // of what is optional, and of flags
  private final Map<Number, String> numbers = new HashMap<>();
  private final IdentityHashMap<List<?>, String> lists = new IdentityHashMap<>();

  StandIns(NDManager manager, Map<Class<?>, Function<NDArray, Object>> others, boolean present) {
    this.manager = manager;
    this.others = others;
    this.present = present;
  }

  /** An argument of that type. */
  Object of(Type type, String path) throws ReflectiveOperationException {
    if (type instanceof ParameterizedType generic) {
      Type inner = generic.getActualTypeArguments()[0];
      return generic.getRawType() == Optional.class
          ? present ? Optional.of(of(inner, path)) : Optional.empty()
          : list(inner, path);
    }
    Class<?> plain = (Class<?>) type;
    if (plain == NDArray.class) {
      return array(path);
    }
    if (others.containsKey(plain)) {
      return others.get(plain).apply(array(path));
    }
    if (plain == ScriptObject.class) {
      return new ScriptObject(null);
    }
    if (plain == boolean.class) {
      return present;
    }
    if (plain == int.class || plain == long.class || plain == double.class) {
      return number(plain, path);
    }
    if (plain == Shape.class) {
      return new Shape(1);
    }
    if (plain.isEnum()) {
      return plain.getEnumConstants()[0];
    }
    if (plain.isRecord()) {
      return record(plain, path);
    }
    throw new AssertionError("no stand-in for " + plain.getName() + " " + path);
  }

  private List<Object> list(Type inner, String path) throws ReflectiveOperationException {
    List<Object> list = List.of(of(inner, path));
    lists.put(list, path);
    return list;
  }

  private NDArray array(String path) {
    NDArray array = manager.create(0f);
    array.setName(path);
    return array;
  }

  private Object number(Class<?> type, String path) {
    int next = 1000 + numbers.size();
    Number number = type == double.class ? (Number) (1d / next) : (Number) (long) next;
    numbers.put(number, path);
    return type == int.class ? (Object) next : number;
  }

  private Object record(Class<?> type, String path) throws ReflectiveOperationException {
    RecordComponent[] components = type.getRecordComponents();
    Object[] values = new Object[components.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = of(components[i].getGenericType(), path + "." + components[i].getName());
    }
    Constructor<?> constructor =
        type.getDeclaredConstructor(
            Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new));
    constructor.setAccessible(true);
    return constructor.newInstance(values);
  }

  /** What an argument is called; nothing: it is none of these. */
  Optional<String> path(Object argument) {
    if (argument instanceof List<?> list) {
      return Optional.ofNullable(lists.get(list));
    }
    if (argument instanceof Optional<?> optional) {
      return optional.flatMap(this::path);
    }
    if (argument instanceof NDArray array) {
      return Optional.ofNullable(array.getName());
    }
    if (argument instanceof Number number) {
      return Optional.ofNullable(
          numbers.get(number instanceof Integer ? (Number) number.longValue() : number));
    }
    return Optional.empty();
  }
}
