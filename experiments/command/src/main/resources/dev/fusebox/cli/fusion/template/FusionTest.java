package dev.fusebox.fusion.@name@;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.testkit.FusionContract;
import java.util.List;

final class @Name@FusionTest extends FusionContract<@Name@FusionConfig> {

  @Override
  protected FusionProvider<@Name@FusionConfig> provider() {
    return new @Name@FusionProvider();
  }

  @Override
  protected List<@Name@FusionConfig> configs() {
    return List.of(new @Name@FusionConfig(0), new @Name@FusionConfig(0.5));
  }

  @Override
  protected boolean beginsAsTextModel(@Name@FusionConfig config) {
    return config.gateInit() == 0;
  }

  @Override
  protected boolean readsAloneWithoutPicture(@Name@FusionConfig config) {
    return true;
  }
}
