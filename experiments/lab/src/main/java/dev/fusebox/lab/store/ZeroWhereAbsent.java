package dev.fusebox.lab.store;

import com.fasterxml.jackson.annotation.JacksonAnnotationsInside;
import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * A whole number that a file holds only where it is not 0. So a component can join a record while
 * the files that were written before it stay readable, and those without it stay as they are.
 */
@JacksonAnnotationsInside
@JacksonInject(value = Absent.NUMBER, useInput = OptBoolean.TRUE)
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.PARAMETER})
@interface ZeroWhereAbsent {}
