package dev.fusebox.fusion.crossattn;

import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;

/** {@code W₂ · gelu(W₁ · v + b₁) + b₂} on each vector. */
final class TwoLayers implements PictureConnector {

  private final CrossAttentionScript script;
  private final int width;
  private final Linear first; // (W, V)
  private final Linear second; // (W, W)

  TwoLayers(int width, FusionContext context, CrossAttentionScript script) {
    this.script = script;
    this.width = width;
    first = Linear.declare(context.parameters(), "fusion.mlp.0", context.visionWidth(), width);
    second = Linear.declare(context.parameters(), "fusion.mlp.2", width, width);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public VisionFeatures connect(VisionFeatures vision) {
    return vision.withFeatures(script.mlp(vision.features(), first, second));
  }
}
