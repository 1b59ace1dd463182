package dev.fusebox.lab.config;

import com.typesafe.config.ConfigValue;
import java.util.Optional;

/** Reads a type that is more than its components, such as a plugin's settings. */
@FunctionalInterface
public interface Reader<T> {

  /**
   * The value, or empty if a problem was noted with {@code binder}.
   *
   * @param key the full key of {@code value}
   */
  Optional<T> read(ConfigValue value, String key, Binder binder);
}
