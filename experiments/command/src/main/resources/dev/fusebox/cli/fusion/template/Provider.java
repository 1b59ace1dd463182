package dev.fusebox.fusion.@name@;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;

/** Makes {@link @Name@Fusion}. */
public final class @Name@FusionProvider implements FusionProvider<@Name@FusionConfig> {

  @Override
  public String name() {
    return "@name@";
  }

  @Override
  public FusionCard card() {
    return new FusionCard(
        "The mean of the picture's vectors is added to the encoded text, through a gate.",
        "where it was published");
  }

  @Override
  public Class<@Name@FusionConfig> configType() {
    return @Name@FusionConfig.class;
  }

  @Override
  public Fusion create(@Name@FusionConfig config, FusionContext context) {
    return new @Name@Fusion(config, context);
  }
}
