package dev.fusebox.doctor;

import java.util.Optional;

/**
 * One thing that was checked.
 *
 * @param name of the thing
 * @param found what there is
 * @param advice what to do about what there is not
 * @param sound whether the laboratory works with it; what is merely absent is sound
 */
public record Finding(String name, String found, Optional<String> advice, boolean sound) {

  /** All is well. */
  static Finding of(String name, String found) {
    return new Finding(name, found, Optional.empty(), true);
  }

  /** Something is not there that somebody may want. */
  static Finding lacking(String name, String found, String advice) {
    return new Finding(name, found, Optional.of(advice), true);
  }

  /** Something is wrong. */
  static Finding broken(String name, String found, String advice) {
    return new Finding(name, found, Optional.of(advice), false);
  }
}
