package dev.fusebox.lab.ablation;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.TextShape;

/** A fusion with one setting, whose default the tests' base file plays. */
final class MistProvider implements FusionProvider<MistProvider.MistSettings> {

  record MistSettings(int heads) {}

  @Override
  public String name() {
    return "mist";
  }

  @Override
  public FusionCard card() {
    return new FusionCard("sees mist", "none");
  }

  @Override
  public Class<MistSettings> configType() {
    return MistSettings.class;
  }

  @Override
  public void check(MistSettings config, TextShape text) {
    text.headsOfWidth(config.heads());
  }

  @Override
  public Fusion create(MistSettings config, FusionContext context) {
    return Fusion.NONE;
  }
}
