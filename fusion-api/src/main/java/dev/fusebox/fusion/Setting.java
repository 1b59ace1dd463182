package dev.fusebox.fusion;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Tells people what a key of a fusion's settings is for. Its default stands in {@code
 * reference.conf}; what an enum allows is read from the enum.
 *
 * @since 0.1
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Setting {

  /** What it does, in one sentence without a full stop. */
  String value();

  /** What is allowed, for instance {@code "a divisor of the model's width"}; empty for enums. */
  String range() default "";

  /**
   * What the data must offer for the key to have any effect. Where they do not, a value other than
   * the default is refused when a config is read, so that nobody compares what cannot differ.
   */
  Need[] needs() default {};
}
