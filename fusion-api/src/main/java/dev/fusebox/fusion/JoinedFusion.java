package dev.fusebox.fusion;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Several fusions in one model. Each hook calls the parts in order, each on the output of the one
 * before. Parameter names are prefixed with the part's name.
 *
 * <p>The language model is trained unless a part freezes it.
 *
 * @since 0.1
 */
public final class JoinedFusion implements Fusion {

  private final Map<String, Fusion> parts;

  private JoinedFusion(Map<String, Fusion> parts) {
    this.parts = parts;
  }

  /**
   * Makes each part and declares its parameters.
   *
   * @param makers of the parts by name, in the order in which they act
   */
  public static JoinedFusion of(
      Map<String, Function<FusionContext, Fusion>> makers, FusionContext context) {
    Map<String, Fusion> parts = new LinkedHashMap<>();
    makers.forEach((name, maker) -> parts.put(name, maker.apply(context.under(name))));
    return new JoinedFusion(parts);
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    Map<String, FusionPass> passes = new LinkedHashMap<>();
    parts.forEach((name, fusion) -> passes.put(name, fusion.begin(vision, mode)));
    return new JoinedPass(passes);
  }

  /** A part decides only about its own parameters. */
  @Override
  public boolean trains(String parameter) {
    for (Map.Entry<String, Fusion> part : parts.entrySet()) {
      String prefix = part.getKey() + ".";
      if (parameter.startsWith(prefix)) {
        return part.getValue().trains(parameter.substring(prefix.length()));
      }
    }
    return parts.values().stream().allMatch(fusion -> fusion.trains(parameter));
  }
}
