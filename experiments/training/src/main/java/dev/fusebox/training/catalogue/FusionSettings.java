package dev.fusebox.training.catalogue;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * {@code fusion}: a fusion by name with its own settings, or several.
 *
 * @param name the provider's, or {@code none}; of several {@code first+second}
 * @param settings the provider's record; {@link None} for {@code none}, {@link Several} for several
 */
public record FusionSettings(String name, Record settings) {

  /** What {@code none} has to set. */
  public record None() {}

  /**
   * Fusions in one model.
   *
   * @param parts in the order in which they act; each another fusion, none of them {@code none}
   */
  public record Several(List<FusionSettings> parts) {

    public Several {
      parts = List.copyOf(parts);
      if (parts.size() < 2) {
        throw new IllegalArgumentException(
            "a list of fusions must hold two or more, found " + parts.size());
      }
      Set<String> names = new LinkedHashSet<>();
      for (FusionSettings part : parts) {
        if (part.isNone()) {
          throw new IllegalArgumentException(
              "none must be the only entry, found it next to a fusion");
        }
        if (!names.add(part.name())) {
          throw new IllegalArgumentException(
              "each fusion must be listed once, found twice: " + part.name());
        }
      }
    }
  }

  /** Text only. */
  public static final FusionSettings NONE = new FusionSettings("none", new None());

  /** Those, in the order in which they act. */
  public static FusionSettings several(List<FusionSettings> parts) {
    String name = parts.stream().map(FusionSettings::name).collect(Collectors.joining("+"));
    return new FusionSettings(name, new Several(parts));
  }

  /** Whether no fusion is used. */
  public boolean isNone() {
    return settings instanceof None;
  }

  /** Each fusion of them, or this one alone; nothing for {@code none}. */
  public List<FusionSettings> parts() {
    if (settings instanceof Several several) {
      return several.parts();
    }
    return isNone() ? List.of() : List.of(this);
  }
}
