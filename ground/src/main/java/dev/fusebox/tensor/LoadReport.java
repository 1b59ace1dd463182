package dev.fusebox.tensor;

import java.util.List;

/**
 * How a checkpoint and a model fit together.
 *
 * @param missing parameters of the model that the checkpoint does not hold; they were initialised
 * @param unexpected arrays of the checkpoint that the model did not ask for
 * @param misshaped one line each: a name with the shape found and the shape wanted, which was
 *     initialised too; or a second name of a parameter, stored with numbers of its own
 * @since 0.1
 */
public record LoadReport(List<String> missing, List<String> unexpected, List<String> misshaped) {

  public LoadReport {
    missing = List.copyOf(missing);
    unexpected = List.copyOf(unexpected);
    misshaped = List.copyOf(misshaped);
  }

  /** Whether every array found its place. */
  public boolean complete() {
    return missing.isEmpty() && unexpected.isEmpty() && misshaped.isEmpty();
  }

  @Override
  public String toString() {
    return complete()
        ? "every parameter found"
        : section("missing", missing)
            + section("unexpected", unexpected)
            + section("mis-shaped", misshaped);
  }

  private static String section(String title, List<String> lines) {
    return lines.isEmpty()
        ? ""
        : title + " (" + lines.size() + "):\n  " + String.join("\n  ", lines) + "\n";
  }
}
