package dev.fusebox.lab.config;

import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.TypeName;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Turns a resolved tree into records. Keys are component names; every component is required unless
 * it is an {@link Optional}, which is empty when the key is absent, {@code null} or {@code none}; a
 * key that is no component is a problem. A record of a sealed interface is chosen by its
 * {@linkplain TypeName name}.
 *
 * <p>A binder goes on after a problem, to find the next one.
 */
public final class Binder {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}\\p{M}\\p{N}_-]+(\\[])?");

  private final Problems problems;
  private final Map<Class<?>, Reader<?>> readers;
  private IdentityHashMap<ConfigValue, Map<Class<?>, Object>> read = new IdentityHashMap<>();
  private IdentityHashMap<ConfigValue, Map<Class<?>, Object>> before = new IdentityHashMap<>();

  /** A binder that adds to {@code problems} and leaves some types to {@code readers}. */
  public Binder(Problems problems, Map<Class<?>, Reader<?>> readers) {
    this.problems = problems;
    this.readers = Map.copyOf(readers);
  }

  /** A binder for plain records. */
  public Binder(Problems problems) {
    this(problems, Map.of());
  }

  /** Notes a problem with {@code value}. */
  public void problem(ConfigValue value, String key, String message) {
    problems.add(value.origin(), shown(value, key) + Scalars.found(value), message);
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
      problem(value, key, e.getMessage());
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
    problem(value, key, "expected a " + (type.getRawType() == List.class ? "list" : "block"));
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
      value(element, object.get(name), join(key, name)).ifPresent(v -> result.put(name, v));
    }
    return result.size() == names.size() ? Optional.of(result) : Optional.empty();
  }

  private Optional<Object> sealed(Class<?> type, ConfigValue value, String key) {
    String by = TypeName.key(type);
    if (!(value instanceof ConfigObject object)) {
      noBlock(value, key, "expected a block with a " + by);
      return Optional.empty();
    }
    Map<String, Class<?>> known = TypeName.all(type);
    ConfigValue chosen = object.get(by);
    if (chosen == null) {
      problems.add(object.origin(), join(key, by), "missing; one of " + words(known.keySet()));
      return Optional.empty();
    }
    String name = String.valueOf(chosen.unwrapped());
    Class<?> found = known.get(name);
    if (found == null) {
      String hint = Spelling.hint(name, known.keySet());
      problem(chosen, join(key, by), "no such " + by + hint + "; known: " + words(known.keySet()));
      return Optional.empty();
    }
    ConfigObject own = withoutNulls(object.withoutKey(by), RecordShape.of(found).names());
    return chosen(name, found, foreign(found, known.values(), own), own, key);
  }

  /** The record of a type; arguments that belong to others only are named, and left out. */
  private Optional<Object> chosen(
      String name, Class<?> found, List<String> foreign, ConfigObject object, String key) {
    ConfigObject own = object;
    for (String each : foreign) {
      problems.add(
          object.get(each).origin(),
          join(key, each),
          name + " has no " + each + argumentsOf(found));
      own = own.withoutKey(each);
    }
    Optional<Object> result = record(found, own, key);
    return foreign.isEmpty() ? result : Optional.empty();
  }

  /** Without the keys that a {@code null} takes back from another choice. */
  private static ConfigObject withoutNulls(ConfigObject block, List<String> known) {
    ConfigObject left = block;
    for (String key : block.keySet()) {
      boolean taken = block.get(key).valueType() == ConfigValueType.NULL && !known.contains(key);
      left = taken ? left.withoutKey(key) : left;
    }
    return left;
  }

  private static String argumentsOf(Class<?> type) {
    List<String> names = RecordShape.of(type).names();
    return names.isEmpty() ? ", nor anything else to set" : "; it has " + words(names);
  }

  /** The keys of a block that are no components of its own record, but of another of its kind. */
  private static List<String> foreign(
      Class<?> type, Collection<Class<?>> types, ConfigObject block) {
    List<String> own = RecordShape.of(type).names();
    if (own.containsAll(block.keySet())) {
      return List.of();
    }
    return KeyOrder.of(block).stream()
        .filter(name -> !own.contains(name))
        .filter(name -> types.stream().anyMatch(t -> RecordShape.of(t).names().contains(name)))
        .toList();
  }

  /** Notes a value that stands where a block belongs. */
  private void noBlock(ConfigValue value, String key, String expected) {
    problem(value, key, MovedKeys.message(key, value).orElse(expected));
  }

  private Optional<Object> record(Class<?> type, ConfigValue value, String key) {
    if (!(value instanceof ConfigObject object)) {
      noBlock(value, key, "expected a block with " + words(RecordShape.of(type).names()));
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
    problems.add(
        parent.origin(), join(key, name), "missing; " + Scalars.expected(component.getType()));
    return Optional.empty();
  }

  private void unknownKeys(List<String> known, ConfigObject object, String key) {
    if (known.containsAll(object.keySet())) {
      return;
    }
    for (String name : KeyOrder.of(object)) {
      if (!known.contains(name)) {
        unknownKey(object.get(name).origin(), key, name, known);
      }
    }
  }

  /** Notes that {@code name} is none of the {@code known} keys of the block {@code key}. */
  public void unknownKey(ConfigOrigin origin, String key, String name, Collection<String> known) {
    String full = join(key, name);
    problems.add(
        origin, full, MovedKeys.message(full).orElseGet(() -> unknownKey(key, name, known)));
  }

  private static String unknownKey(String key, String name, Collection<String> known) {
    return "unknown key"
        + Spelling.nearest(name, known)
            .map(word -> "; did you mean " + join(key, word) + "?")
            .orElse("; known: " + words(known));
  }

  private Optional<Object> build(
      RecordShape shape, Object[] values, ConfigObject object, String key) {
    try {
      return Optional.of(shape.build(values));
    } catch (IllegalArgumentException rule) {
      brokenRule(rule.getMessage(), object, key);
      return Optional.empty();
    }
  }

  /**
   * Notes a rule that a record states as {@code key must ..., found value}, at that key; {@code
   * tune.method must ...} at one further in.
   *
   * @param object the block whose record complained
   */
  public void brokenRule(String message, ConfigObject object, String key) {
    String[] words = message.split(" ", 2);
    ConfigValue culprit = within(object, words[0]);
    boolean unwritten = // a default of a block further in: the block is what was written
        culprit != null
            && words[0].contains(".")
            && ConfigOrigins.file(culprit.origin()).equals(ConfigOrigins.DEFAULTS);
    if (culprit == null || unwritten || words.length < 2) {
      problems.add(object.origin(), key.isEmpty() ? "(root)" : key, message);
      return;
    }
    String found = ", found " + culprit.unwrapped();
    String rule =
        words[1].endsWith(found)
            ? words[1].substring(0, words[1].length() - found.length())
            : words[1];
    String place = key;
    for (String name : words[0].split("\\.", -1)) {
      place = join(place, name);
    }
    problem(culprit, place, rule);
  }

  private static ConfigValue within(ConfigObject object, String path) {
    ConfigValue value = object;
    for (String name : path.split("\\.", -1)) {
      value = value instanceof ConfigObject block ? block.get(name) : null;
    }
    return value;
  }

  private static boolean absent(ConfigValue value) {
    return value.valueType() == ConfigValueType.NULL || "none".equals(value.unwrapped());
  }

  /** The key as the person wrote it: a short form stands at its parent's. */
  private static String shown(ConfigValue value, String key) {
    int dot = key.lastIndexOf('.'); // a short form's own name is a component's: it has no dot
    return ConfigOrigins.isShortForm(value) && dot > 0 ? key.substring(0, dot) : key;
  }

  /** {@code key.name}, or {@code name} at the root; a name stands in quotes where it needs them. */
  public static String join(String key, String name) {
    String part = PLAIN.matcher(name).matches() ? name : ConfigUtil.quoteString(name);
    return key.isEmpty() ? part : key + "." + part;
  }

  private static String words(Collection<String> words) {
    Set<String> known = words instanceof List ? new LinkedHashSet<>(words) : new TreeSet<>(words);
    return Spelling.list(known);
  }
}
