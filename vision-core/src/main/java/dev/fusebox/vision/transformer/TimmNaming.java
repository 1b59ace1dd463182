package dev.fusebox.vision.transformer;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;
import java.util.stream.IntStream;

/** timm's {@code VisionTransformer}; what it gives is {@code forward_features}. */
final class TimmNaming implements Naming {

  @Override
  public String landmark() {
    return "cls_token";
  }

  @Override
  public boolean isBeside(String name) {
    return name.matches("(head|pre_logits)\\..*");
  }

  @Override
  public VisionTransformer declare(TransformerShape shape, Parameters parameters, String prefix) {
    return new VisionTransformer(
        shape,
        embedding(shape, parameters, prefix),
        Optional.empty(),
        IntStream.range(0, shape.depth())
            .mapToObj(i -> layer(shape, parameters, prefix + "blocks." + i + "."))
            .toList(),
        Normalization.declare(parameters, prefix + "norm", shape.width()),
        true);
  }

  private static PatchEmbedding embedding(
      TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    return new PatchEmbedding(
        PatchEmbedding.weight(parameters, prefix + "patch_embed.proj.weight", shape),
        PatchEmbedding.parameter(parameters, prefix + "patch_embed.proj.bias", new Shape(width)),
        PatchEmbedding.parameter(parameters, prefix + "cls_token", new Shape(1, 1, width)),
        PatchEmbedding.parameter(
            parameters, prefix + "pos_embed", new Shape(1, 1 + shape.patches(), width)));
  }

  private static TransformerLayer layer(
      TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    return new TransformerLayer(
        Normalization.declare(parameters, prefix + "norm1", width),
        new Projections.Joint(
            Linear.declare(parameters, prefix + "attn.qkv", width, 3L * width),
            Linear.declare(parameters, prefix + "attn.proj", width, width)),
        Normalization.declare(parameters, prefix + "norm2", width),
        Linear.declare(parameters, prefix + "mlp.fc1", width, shape.feedForwardWidth()),
        Linear.declare(parameters, prefix + "mlp.fc2", shape.feedForwardWidth(), width));
  }
}
