package dev.fusebox.lab.config;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;

/**
 * The components and the constructor of a record, looked up once.
 *
 * @param components of a record
 * @param names of the components
 * @param constructor that takes them all
 */
record RecordShape(
    List<RecordComponent> components, List<String> names, Constructor<?> constructor) {

  private static final ClassValue<RecordShape> KNOWN =
      new ClassValue<>() {
        @Override
        protected RecordShape computeValue(Class<?> type) {
          return read(type);
        }
      };

  private static final ClassValue<Boolean> SEALED =
      new ClassValue<>() {
        @Override
        protected Boolean computeValue(Class<?> type) {
          return type.isSealed() && !type.isEnum();
        }
      };

  static RecordShape of(Class<?> type) {
    return KNOWN.get(type);
  }

  static boolean isSealed(Class<?> type) {
    return SEALED.get(type);
  }

  private static RecordShape read(Class<?> type) {
    List<RecordComponent> components = List.of(type.getRecordComponents());
    Class<?>[] types = components.stream().map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(types);
      constructor.setAccessible(true);
      return new RecordShape(
          components, components.stream().map(RecordComponent::getName).toList(), constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(type + " cannot be built", e);
    }
  }

  /**
   * The record of these values.
   *
   * @throws IllegalArgumentException if they break one of its rules
   */
  Object build(Object... values) {
    try {
      return constructor.newInstance(values);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof IllegalArgumentException rule) {
        throw rule;
      }
      throw new IllegalStateException(
          constructor.getDeclaringClass() + " fails to build", e.getCause());
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException(
          constructor.getDeclaringClass() + " cannot be built, of " + Arrays.toString(values), e);
    }
  }
}
