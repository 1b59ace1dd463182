/**
 * From HOCON text to records, strictly: every key must be known, every value of the right type and
 * within its rule, and all problems are reported at once, with file and line.
 *
 * <ul>
 *   <li>{@link dev.fusebox.lab.config.ConfigSource} reads files, includes and overrides;
 *   <li>{@link dev.fusebox.lab.config.Binder} turns a tree into a record;
 *   <li>{@link dev.fusebox.lab.config.Problems} collects what is wrong;
 *   <li>{@link dev.fusebox.file.UserError} is anything a person can put right.
 * </ul>
 *
 * <p>Records know nothing of this package: they hold plain values, and their compact constructors
 * state the rules as {@code key must ..., found value}. Defaults stand in {@code reference.conf},
 * nowhere else.
 */
package dev.fusebox.lab.config;
