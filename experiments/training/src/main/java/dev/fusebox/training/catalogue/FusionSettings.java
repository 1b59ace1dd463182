package dev.fusebox.training.catalogue;

/**
 * {@code fusion}: a fusion by name with its own settings.
 *
 * @param name the provider's, or {@code none}
 * @param settings the provider's record; {@link None} for {@code none}
 */
public record FusionSettings(String name, Record settings) {

  /** What {@code none} has to set. */
  public record None() {}

  /** Text only. */
  public static final FusionSettings NONE = new FusionSettings("none", new None());

  /** Whether no fusion is used. */
  public boolean isNone() {
    return settings instanceof None;
  }
}
