package dev.fusebox.file;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A setting that changes no bit of any result, only time, memory or what is kept meanwhile. It is
 * in no {@linkplain Canonical description} and so in no key; a test computes with and without each.
 *
 * @since 0.1
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface ChangesNoResult {}
