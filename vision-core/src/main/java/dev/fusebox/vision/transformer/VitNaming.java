package dev.fusebox.vision.transformer;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;
import java.util.stream.IntStream;

/** Hugging Face's {@code ViTModel}, alone or inside a classifier. */
final class VitNaming implements Naming {

  @Override
  public String landmark() {
    return "embeddings.cls_token";
  }

  @Override
  public boolean isBeside(String name) {
    return name.matches("(pooler|classifier|decoder)\\..*|embeddings\\.mask_token");
  }

  @Override
  public VisionTransformer declare(TransformerShape shape, Parameters parameters, String prefix) {
    return new VisionTransformer(
        shape,
        embedding(shape, parameters, prefix + "embeddings."),
        Optional.empty(),
        IntStream.range(0, shape.depth())
            .mapToObj(i -> layer(shape, parameters, prefix + "encoder.layer." + i + "."))
            .toList(),
        Normalization.declare(parameters, prefix + "layernorm", shape.width()),
        true);
  }

  private static PatchEmbedding embedding(
      TransformerShape shape, Parameters parameters, String prefix) {
    String patches = prefix + "patch_embeddings.projection.";
    int width = shape.width();
    return new PatchEmbedding(
        PatchEmbedding.weight(parameters, patches + "weight", shape),
        PatchEmbedding.parameter(parameters, patches + "bias", new Shape(width)),
        PatchEmbedding.parameter(parameters, prefix + "cls_token", new Shape(1, 1, width)),
        PatchEmbedding.parameter(
            parameters, prefix + "position_embeddings", new Shape(1, 1 + shape.patches(), width)));
  }

  private static TransformerLayer layer(
      TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    return new TransformerLayer(
        Normalization.declare(parameters, prefix + "layernorm_before", width),
        new Projections.Separate(
            projection(shape, parameters, prefix + "attention.attention.query"),
            projection(shape, parameters, prefix + "attention.attention.key"),
            projection(shape, parameters, prefix + "attention.attention.value"),
            Linear.declare(parameters, prefix + "attention.output.dense", width, width)),
        Normalization.declare(parameters, prefix + "layernorm_after", width),
        Linear.declare(parameters, prefix + "intermediate.dense", width, shape.feedForwardWidth()),
        Linear.declare(parameters, prefix + "output.dense", shape.feedForwardWidth(), width));
  }

  private static Linear projection(TransformerShape shape, Parameters parameters, String name) {
    int width = shape.width();
    if (shape.projectionBias()) {
      return Linear.declare(parameters, name, width, width);
    }
    NDArray weight = Linear.weight(parameters, name, width, width);
    return new Linear(weight, PatchEmbedding.none(parameters, width));
  }
}
