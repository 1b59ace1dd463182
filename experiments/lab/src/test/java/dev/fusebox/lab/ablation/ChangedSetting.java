package dev.fusebox.lab.ablation;

import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.picture.FeatureSource;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/**
 * A tree of settings in which one setting is another.
 *
 * @param path to it, such as {@code pipeline.answer.training.batches.size}
 * @param owner the record it stands in
 * @param record the whole tree
 */
record ChangedSetting(String path, Class<?> owner, Record record) {

  /** The same setting wherever it stands: {@code BatchSettings.size}. */
  String kind() {
    return kind(owner, path);
  }

  /**
   * Every setting below a record.
   *
   * @param changes one setting changed in each
   * @param untried settings, by kind, that have no other value here that the rules allow
   */
  record Walk(List<ChangedSetting> changes, Set<String> untried) {

    private Walk() {
      this(new ArrayList<>(), new TreeSet<>());
    }
  }

  /** Every setting below a record changed, one at a time. */
  static Walk walk(Record root) {
    Walk walk = new Walk();
    walk("", root, changed -> changed, root.getClass(), walk);
    return walk;
  }

  /** The changes alone. */
  static List<ChangedSetting> all(Record root) {
    return walk(root).changes();
  }

  private static String kind(Class<?> owner, String path) {
    return owner.getSimpleName() + "." + path.substring(path.lastIndexOf('.') + 1);
  }

  private static void walk(
      String path, Object value, UnaryOperator<Object> whole, Class<?> owner, Walk into) {
    if (value instanceof Record record) {
      for (RecordComponent component : record.getClass().getRecordComponents()) {
        Object inner = read(record, component);
        String name = path.isEmpty() ? component.getName() : path + "." + component.getName();
        UnaryOperator<Object> around =
            other -> whole.apply(with(record, component.getName(), other));
        if (inner instanceof Optional<?> optional) {
          optional(name, optional, component, around, into);
        } else {
          walk(name, inner, around, record.getClass(), into);
          if (component.getType().isSealed()) {
            first(name, ofOtherTypes(component.getType(), inner), around, record.getClass(), into);
          }
        }
      }
    } else if (value instanceof Map<?, ?> map) {
      map.forEach(
          (key, inner) ->
              walk(
                  path + "." + key,
                  inner,
                  other -> whole.apply(put(map, key, other)),
                  owner,
                  into));
    } else {
      first(
          path,
          value instanceof List<?> ? otherLists(kind(owner, path)) : others(value, owner),
          whole,
          owner,
          into);
    }
  }

  private static void optional(
      String path,
      Optional<?> value,
      RecordComponent component,
      UnaryOperator<Object> whole,
      Walk into) {
    Class<?> owner = component.getDeclaringRecord();
    Type content = ((ParameterizedType) component.getGenericType()).getActualTypeArguments()[0];
    if (value.isPresent() && content != Path.class) {
      walk(path, value.get(), other -> whole.apply(Optional.of(other)), owner, into);
      first(path, List.of(Optional.empty()), whole, owner, into);
    } else {
      first(path, some((Class<?>) content), whole, owner, into);
    }
  }

  private static List<?> some(Class<?> content) {
    if (content.isEnum()) {
      return Arrays.stream(content.getEnumConstants()).map(Optional::of).toList();
    }
    return content == Integer.class
        ? List.of(Optional.of(1))
        : content == Long.class
            ? List.of(Optional.of(1L))
            : content == Double.class ? List.of(Optional.of(0.5)) : List.of();
  }

  /** Other records of a sealed interface, with the arguments that this one has, too. */
  private static List<?> ofOtherTypes(Class<?> type, Object value) {
    if (!type.isSealed() || !(value instanceof Record record)) {
      return List.of();
    }
    Map<String, Object> arguments = arguments(record);
    return Arrays.stream(type.getPermittedSubclasses())
        .filter(other -> other != record.getClass())
        .filter(other -> arguments.keySet().containsAll(names(other)))
        .map(other -> build(other, arguments))
        .toList();
  }

  private static List<String> names(Class<?> type) {
    return Arrays.stream(type.getRecordComponents()).map(RecordComponent::getName).toList();
  }

  /** The first of the values that the rules allow. */
  private static void first(
      String path, List<?> values, UnaryOperator<Object> whole, Class<?> owner, Walk into) {
    for (Object value : values) {
      try {
        into.changes().add(new ChangedSetting(path, owner, (Record) whole.apply(value)));
        return;
      } catch (IllegalArgumentException e) {
        // a rule forbids it; another value may do
      }
    }
    into.untried().add(kind(owner, path));
  }

  private static List<?> others(Object value, Class<?> owner) {
    if (value instanceof Path) {
      return List.of(); // contents count
    }
    if (value instanceof Integer number) {
      return List.of(number + 1, number - 1, number * 2, 2);
    }
    if (value instanceof Long number) {
      return List.of(number + 1);
    }
    if (value instanceof Double number) {
      return List.of(number / 2 + 0.125, number + 0.25);
    }
    if (value instanceof Boolean flag) {
      return List.of(!flag);
    }
    if (value instanceof Enum<?> constant) {
      return Arrays.stream(constant.getDeclaringClass().getEnumConstants())
          .filter(other -> other != constant)
          .toList();
    }
    if (value instanceof String text) {
      return texts(owner.getSimpleName()).stream().filter(other -> !other.equals(text)).toList();
    }
    throw new AssertionError("no other value of " + value.getClass());
  }

  private static List<?> otherLists(String kind) {
    return switch (kind) {
      case "TestSettings.every" -> List.of(List.of(EveryVersion.SENTENCE));
      case "TestSettings.change" -> List.of(List.of(QuestionChange.PARAPHRASE));
      case "FeatureSettings.beside" -> List.of(List.of(FeatureSource.CLIP));
      case "FeatureSettings.file", "FeatureSettings.names" -> List.of(); // contents count
      case "ModelSettings.frozen" -> List.of(List.of("shared.weight"));
      default -> List.of(List.of("o"));
    };
  }

  /** A name is not made up: the other fusion would have other settings. */
  private static List<String> texts(String owner) {
    return switch (owner) {
      case "SplitNames" -> List.of("train", "val");
      case "StageSettings" -> List.of("QCM-A", "QCMG-EA", "QCM-LE");
      case "FusionSettings" -> List.of();
      default -> throw new AssertionError("no other text of a " + owner);
    };
  }

  private static Object read(Record record, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(record);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Map<Object, Object> put(Map<?, ?> map, Object key, Object value) {
    Map<Object, Object> other = new LinkedHashMap<>(map);
    other.put(key, value);
    return other;
  }

  private static Record with(Record record, String name, Object value) {
    Map<String, Object> arguments = arguments(record);
    arguments.put(name, value);
    return build(record.getClass(), arguments);
  }

  private static Map<String, Object> arguments(Record record) {
    Map<String, Object> arguments = new LinkedHashMap<>();
    for (RecordComponent component : record.getClass().getRecordComponents()) {
      arguments.put(component.getName(), read(record, component));
    }
    return arguments;
  }

  private static Record build(Class<?> type, Map<String, Object> arguments) {
    RecordComponent[] components = type.getRecordComponents();
    Class<?>[] types =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    Object[] values =
        Arrays.stream(components).map(each -> arguments.get(each.getName())).toArray();
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return (Record) constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        throw rule;
      }
      throw new AssertionError(e);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
