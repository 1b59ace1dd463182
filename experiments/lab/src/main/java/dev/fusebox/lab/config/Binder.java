package dev.fusebox.lab.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.TypeName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Turns a resolved tree into records. Keys are component names; every component is required unless
 * it is an {@link Optional}, which is empty when the key is absent, {@code null} or {@code none}; a
 * key that is no component is a problem. A record of a sealed interface is chosen by its
 * {@linkplain TypeName name}.
 *
 * <p>A binder goes on after a problem, to find the next one.
 */
public final class Binder {

  private final BindingProblems problems;
  private final Map<Class<?>, Reader<?>> readers;
  private IdentityHashMap<ConfigValue, Map<Class<?>, Object>> read = new IdentityHashMap<>();
  private IdentityHashMap<ConfigValue, Map<Class<?>, Object>> before = new IdentityHashMap<>();

  /** A binder that adds to {@code problems} and leaves some types to {@code readers}. */
  public Binder(Problems problems, Map<Class<?>, Reader<?>> readers) {
    this.problems = new BindingProblems(problems);
    this.readers = Map.copyOf(readers);
  }

  /** A binder for plain records. */
  public Binder(Problems problems) {
    this(problems, Map.of());
  }

  /** Notes a problem with {@code value}. */
  public void problem(ConfigValue value, String key, String message) {
    problems.add(value, key, message);
  }

  /** Notes that {@code name} is none of the {@code known} keys of the block {@code key}. */
  public void unknownKey(ConfigOrigin origin, String key, String name, Collection<String> known) {
    problems.unknownKey(origin, key, name, known);
  }

  /**
   * Notes a rule that a record states as {@code key must ..., found value}, at that key; {@code
   * tune.method must ...} at one further in.
   *
   * @param object the block whose record complained
   */
  public void brokenRule(String message, ConfigObject object, String key) {
    problems.brokenRule(message, object, key);
  }

  /**
   * The record that {@code tree} describes, or empty if there is a problem with it.
   *
   * @param key the full key of {@code tree}; empty at the root
   */
  public <T> Optional<T> bind(ConfigValue tree, String key, Class<T> type) {
    return value(type, tree, key).map(type::cast);
  }

  private Optional<Object> value(Type type, ConfigValue value, String key) {
    if (type instanceof ParameterizedType generic) {
      return container(generic, value, key);
    }
    Class<?> plain = (Class<?>) type;
    Reader<?> reader = readers.get(plain);
    if (reader != null) {
      return reader.read(value, key, this).map(Object.class::cast);
    }
    if (RecordShape.isSealed(plain)) {
      return sealed(plain, value, key);
    }
    return plain.isRecord() ? remembered(plain, value, key) : scalar(plain, value, key);
  }

  /** Variants share most of their blocks, as the same objects: each is read once. */
  private Optional<Object> remembered(Class<?> type, ConfigValue value, String key) {
    Map<Class<?>, Object> known =
        read.computeIfAbsent(
            value, any -> Objects.requireNonNullElseGet(before.get(any), HashMap::new));
    Object same = known.get(type);
    if (same != null) {
      return Optional.of(same);
    }
    boolean soFar = problems.none();
    Optional<Object> result = record(type, value, key);
    if (soFar && problems.none()) {
      result.ifPresent(made -> known.put(type, made));
    }
    return result;
  }

  /**
   * Remembers only what was read or asked for since this was called last: after each of many
   * variants what they share is left, and not every block of each.
   */
  public void forgetFormer() {
    before = read;
    read = new IdentityHashMap<>();
  }

  private Optional<Object> scalar(Class<?> type, ConfigValue value, String key) {
    try {
      return Optional.of(Scalars.read(type, value));
    } catch (IllegalArgumentException e) {
      problems.add(value, key, e.getMessage());
      return Optional.empty();
    }
  }

  private Optional<Object> container(ParameterizedType type, ConfigValue value, String key) {
    Type[] arguments = type.getActualTypeArguments();
    if (type.getRawType() == Optional.class) {
      return absent(value)
          ? Optional.of(Optional.empty())
          : value(arguments[0], value, key).map(Optional::of);
    }
    if (type.getRawType() == List.class && value.valueType() == ConfigValueType.LIST) {
      return list(arguments[0], (Collection<?>) value, key);
    }
    if (type.getRawType() == Map.class && value instanceof ConfigObject object) {
      return map(arguments[1], object, key);
    }
    problems.add(value, key, "expected a " + (type.getRawType() == List.class ? "list" : "block"));
    return Optional.empty();
  }

  private Optional<Object> list(Type element, Collection<?> values, String key) {
    List<Object> result = new ArrayList<>();
    int index = 0;
    for (Object each : values) {
      value(element, (ConfigValue) each, key + "[" + index++ + "]").ifPresent(result::add);
    }
    return result.size() == values.size() ? Optional.of(List.copyOf(result)) : Optional.empty();
  }

  private Optional<Object> map(Type element, ConfigObject object, String key) {
    Map<String, Object> result = new LinkedHashMap<>();
    List<String> names = KeyOrder.of(object);
    for (String name : names) {
      value(element, object.get(name), ConfigKeys.join(key, name))
          .ifPresent(v -> result.put(name, v));
    }
    return result.size() == names.size() ? Optional.of(result) : Optional.empty();
  }

  private Optional<Object> sealed(Class<?> type, ConfigValue value, String key) {
    Optional<SealedChoice> choice = SealedChoice.of(type, value, key, problems);
    Optional<Object> result = choice.flatMap(each -> record(each.type(), each.block(), key));
    return choice.filter(SealedChoice::alone).isPresent() ? result : Optional.empty();
  }

  private Optional<Object> record(Class<?> type, ConfigValue value, String key) {
    if (!(value instanceof ConfigObject object)) {
      problems.noBlock(
          value,
          key,
          "expected a block with " + BindingProblems.words(RecordShape.of(type).names()));
      return Optional.empty();
    }
    RecordShape shape = RecordShape.of(type);
    unknownKeys(shape.names(), object, key);
    Object[] values = new Object[shape.components().size()];
    boolean complete = true;
    for (int i = 0; i < values.length; i++) {
      values[i] = component(shape.components().get(i), object, key).orElse(null);
      complete &= values[i] != null;
    }
    return complete ? build(shape, values, object, key) : Optional.empty();
  }

  private Optional<Object> component(RecordComponent component, ConfigObject parent, String key) {
    String name = component.getName();
    ConfigValue value = parent.get(name);
    if (value != null && value.valueType() != ConfigValueType.NULL) {
      String full = key.isEmpty() ? name : key + "." + name; // a word: it needs no quotes
      return value(component.getGenericType(), value, full);
    }
    if (component.getType() == Optional.class) {
      return Optional.of(Optional.empty());
    }
    problems.missing(parent, key, name, Scalars.expected(component.getType()));
    return Optional.empty();
  }

  private void unknownKeys(List<String> known, ConfigObject object, String key) {
    if (known.containsAll(object.keySet())) {
      return;
    }
    for (String name : KeyOrder.of(object)) {
      if (!known.contains(name)) {
        problems.unknownKey(object.get(name).origin(), key, name, known);
      }
    }
  }

  private Optional<Object> build(
      RecordShape shape, Object[] values, ConfigObject object, String key) {
    try {
      return Optional.of(shape.build(values));
    } catch (IllegalArgumentException rule) {
      problems.brokenRule(rule.getMessage(), object, key);
      return Optional.empty();
    }
  }

  private static boolean absent(ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL || "none".equals(value.unwrapped());
  }
}
