package dev.fusebox.fusion.@name@;

import dev.fusebox.fusion.Setting;

/** Settings of {@link @Name@Fusion}. */
public record @Name@FusionConfig(
    @Setting(value = "Initial value of the gate; 0 is the unchanged text model", range = "any number")
        double gateInit) {

  public @Name@FusionConfig {
    if (!Double.isFinite(gateInit)) {
      throw new IllegalArgumentException("gateInit must be finite, found " + gateInit);
    }
  }
}
