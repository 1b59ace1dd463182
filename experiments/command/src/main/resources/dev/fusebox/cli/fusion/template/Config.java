package dev.fusebox.fusion.@name@;

import dev.fusebox.fusion.Setting;

/** Settings of {@link @Name@Fusion}. */
public record @Name@FusionConfig(
    @Setting(value = "Where the gate starts; 0 is the text model as it was", range = "any number")
        double gateInit) {

  public @Name@FusionConfig {
    if (!Double.isFinite(gateInit)) {
      throw new IllegalArgumentException("gateInit must be finite, found " + gateInit);
    }
  }
}
