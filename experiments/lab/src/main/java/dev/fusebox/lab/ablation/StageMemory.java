package dev.fusebox.lab.ablation;

import ai.djl.Device;
import java.util.Locale;
import java.util.stream.Stream;

/** What one stage takes of a device's memory, and what less it could take. */
sealed interface StageMemory permits TrainingMemory, WritingMemory {

  /** Bytes at the height, of all that shares this device's memory. */
  long total(Device there);

  /** What it consists of, for people. */
  String words(Device there);

  /** What else is to be said where everything is listed; may be empty. */
  default String besides(Device there) {
    return "";
  }

  /** Other settings, those that change no result before those that do. */
  Stream<Alternative> alternatives();

  /**
   * Other settings of the same stage.
   *
   * @param settings as a config says them
   * @param memory what the stage takes then
   */
  record Alternative(String settings, StageMemory memory) {}

  /** Bytes for people: {@code 2.4 GB}. */
  static String size(long bytes) {
    return String.format(Locale.ROOT, "%.1f GB", bytes / 1e9);
  }
}
