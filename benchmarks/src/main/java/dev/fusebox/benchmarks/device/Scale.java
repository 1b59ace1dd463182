package dev.fusebox.benchmarks.device;

import dev.fusebox.training.recipe.ModelShape;

/**
 * How large the work is.
 *
 * @param words of the vocabulary
 * @param batch questions in a step
 * @param source tokens that are read
 * @param target tokens that are written
 * @param patches vectors of a picture
 * @param steps of training that are timed
 * @param written questions that are answered at once
 * @param side of the square matrices whose product is timed
 */
record Scale(
    String name,
    ModelShape shape,
    int words,
    int batch,
    int source,
    int target,
    int patches,
    int steps,
    int written,
    int side) {

  /** A second's work on any processor. */
  static final Scale TINY =
      new Scale("tiny", new ModelShape(64, 16, 4, 128, 2, 2, false), 200, 4, 32, 8, 10, 3, 4, 256);

  /** What is killed on a GPU: large enough for its own kernels, small enough to be saved often. */
  static final Scale MIDDLE =
      new Scale(
          "middle",
          new ModelShape(256, 64, 4, 1024, 4, 4, false),
          8000,
          8,
          128,
          32,
          100,
          6,
          8,
          1024);

  /** T5-base and its usual lengths. */
  static final Scale BASE =
      new Scale(
          "base",
          new ModelShape(768, 64, 12, 3072, 12, 12, false),
          32_000,
          16,
          512,
          64,
          100,
          12,
          32,
          8192);

  static Scale of(String name) {
    return switch (name) {
      case "tiny" -> TINY;
      case "middle" -> MIDDLE;
      case "base" -> BASE;
      default ->
          throw new IllegalArgumentException("size must be tiny, middle or base, found " + name);
    };
  }

  @Override
  public String toString() {
    return "%s, %d x (%d -> %d)".formatted(name, batch, source, target);
  }
}
