package dev.fusebox.vision.transformer;

import com.fasterxml.jackson.databind.JsonNode;

/** The shape that a {@code config.json} of Hugging Face tells. */
final class HuggingFaceShape {

  private HuggingFaceShape() {}

  /**
   * Of a ViT.
   *
   * @throws IllegalArgumentException naming the key, if it describes none
   */
  static TransformerShape vit(JsonNode json) {
    return of(new ShapeJson(json), "gelu", 16, 1e-12);
  }

  /** Of CLIP's vision tower, from its own config or from that of both towers. */
  static TransformerShape clip(JsonNode json) {
    return of(
        new ShapeJson(json.path("vision_config").isObject() ? json.get("vision_config") : json),
        "quick_gelu",
        32,
        1e-5);
  }

  private static TransformerShape of(ShapeJson json, String activation, int patch, double epsilon) {
    json.mustBe("num_channels", "3");
    int width = json.atLeastOne("hidden_size", 768);
    return new TransformerShape(
        json.atLeastOne("image_size", 224),
        json.atLeastOne("patch_size", patch),
        width,
        json.atLeastOne("num_hidden_layers", 12),
        json.atLeastOne("num_attention_heads", 12),
        json.atLeastOne("intermediate_size", 3072),
        NonLinearity.named(json.text("hidden_act", activation)),
        json.positive("layer_norm_eps", epsilon),
        json.flag("qkv_bias", true));
  }
}
