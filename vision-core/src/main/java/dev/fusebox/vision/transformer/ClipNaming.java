package dev.fusebox.vision.transformer;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.tensor.Parameters;
import java.util.Optional;
import java.util.stream.IntStream;

/** Hugging Face's {@code CLIPVisionModel}, alone or beside the text tower. */
final class ClipNaming implements Naming {

  @Override
  public String landmark() {
    return "embeddings.class_embedding";
  }

  @Override
  public boolean isBeside(String name) {
    return name.equals("embeddings.position_ids");
  }

  @Override
  public VisionTransformer declare(TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    return new VisionTransformer(
        shape,
        embedding(shape, parameters, prefix + "embeddings."),
        // the name is misspelled in every checkpoint
        Optional.of(Normalization.declare(parameters, prefix + "pre_layrnorm", width)),
        IntStream.range(0, shape.depth())
            .mapToObj(i -> layer(shape, parameters, prefix + "encoder.layers." + i + "."))
            .toList(),
        Normalization.declare(parameters, prefix + "post_layernorm", width),
        false);
  }

  private static PatchEmbedding embedding(
      TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    return new PatchEmbedding(
        PatchEmbedding.weight(parameters, prefix + "patch_embedding.weight", shape),
        PatchEmbedding.none(parameters, width),
        PatchEmbedding.parameter(parameters, prefix + "class_embedding", new Shape(width)),
        PatchEmbedding.parameter(
            parameters,
            prefix + "position_embedding.weight",
            new Shape(1 + shape.patches(), width)));
  }

  private static TransformerLayer layer(
      TransformerShape shape, Parameters parameters, String prefix) {
    int width = shape.width();
    String attention = prefix + "self_attn.";
    return new TransformerLayer(
        Normalization.declare(parameters, prefix + "layer_norm1", width),
        new Projections.Separate(
            Linear.declare(parameters, attention + "q_proj", width, width),
            Linear.declare(parameters, attention + "k_proj", width, width),
            Linear.declare(parameters, attention + "v_proj", width, width),
            Linear.declare(parameters, attention + "out_proj", width, width)),
        Normalization.declare(parameters, prefix + "layer_norm2", width),
        Linear.declare(parameters, prefix + "mlp.fc1", width, shape.feedForwardWidth()),
        Linear.declare(parameters, prefix + "mlp.fc2", shape.feedForwardWidth(), width));
  }
}
