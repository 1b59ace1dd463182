package dev.fusebox.experiments.demo;

/**
 * {@code data.demo}: the demo data to generate.
 *
 * @param questions how many, over all splits
 * @param seed same seed, same files
 */
public record DemoSettings(int questions, long seed) {

  public DemoSettings {
    if (questions < 10) {
      throw new IllegalArgumentException("questions must be at least 10, found " + questions);
    }
  }
}
