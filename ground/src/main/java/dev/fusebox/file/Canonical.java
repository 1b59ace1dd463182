package dev.fusebox.file;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Records as JSON in one fixed form, so that equal settings have equal hashes.
 *
 * @since 0.1
 */
public final class Canonical {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int KEY_LENGTH = 16;

  /** Of a record, the components that can change a result: reflection makes them anew each time. */
  private static final ClassValue<List<RecordComponent>> COMPONENTS =
      new ClassValue<>() {
        @Override
        protected List<RecordComponent> computeValue(Class<?> type) {
          return Arrays.stream(type.getRecordComponents())
              .filter(component -> !component.isAnnotationPresent(ChangesNoResult.class))
              .toList();
        }
      };

  private Canonical() {}

  /**
   * Records become objects, without what {@linkplain ChangesNoResult changes no result} and with
   * their {@linkplain TypeName type} where they are one of a sealed interface's; enums their config
   * names, empty optionals null, paths their text.
   *
   * @throws IllegalArgumentException for any other type
   */
  public static JsonNode of(Object value) {
    if (value instanceof Optional<?> optional) {
      return optional.map(Canonical::of).orElse(JSON.nullNode());
    }
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof Record settings) {
      return record(settings);
    }
    if (value instanceof Map<?, ?> map) {
      ObjectNode object = JSON.objectNode();
      new TreeMap<>(map).forEach((key, each) -> object.set(String.valueOf(key), of(each)));
      return object;
    }
    if (value instanceof List<?> list) {
      ArrayNode array = JSON.arrayNode();
      list.forEach(each -> array.add(of(each)));
      return array;
    }
    return scalar(value);
  }

  private static JsonNode scalar(Object value) {
    if (value instanceof Enum<?> constant) {
      return JSON.textNode(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'));
    }
    if (value instanceof String || value instanceof Path) {
      return JSON.textNode(value.toString());
    }
    if (value instanceof Boolean flag) {
      return JSON.booleanNode(flag);
    }
    if (value instanceof Integer || value instanceof Long) {
      return JSON.numberNode(((Number) value).longValue());
    }
    if (value instanceof Double number) {
      return JSON.numberNode(number);
    }
    throw new IllegalArgumentException("no canonical form for " + value.getClass().getName());
  }

  private static ObjectNode record(Record settings) {
    ObjectNode object = JSON.objectNode();
    TypeName.of(settings.getClass()).ifPresent(type -> object.put("type", type));
    for (RecordComponent component : COMPONENTS.get(settings.getClass())) {
      object.set(component.getName(), of(read(settings, component)));
    }
    return object;
  }

  private static Object read(Record settings, RecordComponent component) {
    try {
      component.getAccessor().setAccessible(true);
      return component.getAccessor().invoke(settings);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(component + " cannot be read", e);
    }
  }

  /** A short hash of a canonical description. */
  public static String key(JsonNode description) {
    return new Fingerprint().add(description.toString()).hex().substring(0, KEY_LENGTH);
  }
}
