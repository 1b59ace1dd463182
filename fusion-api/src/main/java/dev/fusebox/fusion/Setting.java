package dev.fusebox.fusion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Documents a key of a fusion's settings. Its default is in {@code reference.conf}; the values of
 * an enum are read from the enum.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it does, in one sentence without a full stop. */
  String value();

  /** The allowed values, for instance {@code "a divisor of the model's width"}; empty for enums. */
  String range() default "";

  /**
   * What the data must have for the key to have any effect. Otherwise a value other than the
   * default is refused when a config is read, so that nobody compares identical variants.
   */
  Need[] needs() default {};
}
