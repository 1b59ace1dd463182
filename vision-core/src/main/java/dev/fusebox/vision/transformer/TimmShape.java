package dev.fusebox.vision.transformer;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The shape of a timm model: by its name, {@code {"architecture": "vit_large_patch32_384"}} as in
 * the directories that timm writes, or by the arguments of timm's {@code VisionTransformer}.
 */
final class TimmShape {

  private static final Pattern NAME =
      Pattern.compile(
          "vit_(tiny|small|base|large|huge)_patch(\\d+)_(\\d+)(_in21k|_dino)?(\\.\\w+)?");
  private static final Set<String> OF_A_NAME =
      Set.of(
          "architecture",
          "num_classes",
          "num_features",
          "global_pool",
          "label_names",
          "label_descriptions",
          "pretrained_cfg");
  private static final Set<String> ARGUMENTS =
      Set.of(
          "img_size",
          "patch_size",
          "embed_dim",
          "depth",
          "num_heads",
          "mlp_ratio",
          "norm_eps",
          "num_classes");

  /** Width, depth and heads of the sizes that have a name. */
  private record Size(int width, int depth, int heads) {}

  private static final Map<String, Size> SIZES =
      Map.of(
          "tiny", new Size(192, 12, 3),
          "small", new Size(384, 12, 6),
          "base", new Size(768, 12, 12),
          "large", new Size(1024, 24, 16),
          "huge", new Size(1280, 32, 16));

  private TimmShape() {}

  /** Whether a config is timm's, of a ViT. */
  static boolean isIn(JsonNode json) {
    return json.path("architecture").asText().startsWith("vit_")
        || (json.has("embed_dim") && json.has("num_heads"));
  }

  /**
   * The shape that a config tells.
   *
   * @throws IllegalArgumentException naming the key, if it is another network
   */
  static TransformerShape of(JsonNode json) {
    ShapeJson reader = new ShapeJson(json);
    if (json.has("architecture")) {
      reader.onlyKnows(OF_A_NAME);
      return named(json.get("architecture").asText());
    }
    reader.onlyKnows(ARGUMENTS);
    int width = reader.atLeastOne("embed_dim");
    return new TransformerShape(
        reader.atLeastOne("img_size", 224),
        reader.atLeastOne("patch_size", 16),
        width,
        reader.atLeastOne("depth"),
        reader.atLeastOne("num_heads"),
        (int) (width * reader.positive("mlp_ratio", 4)),
        NonLinearity.GELU,
        reader.positive("norm_eps", 1e-6),
        true);
  }

  private static TransformerShape named(String architecture) {
    Matcher name = NAME.matcher(architecture);
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "architecture must be vit_(tiny, small, base, large or huge)_patchN_N, found "
              + architecture);
    }
    Size size = SIZES.get(name.group(1));
    return new TransformerShape(
        Integer.parseInt(name.group(3)),
        Integer.parseInt(name.group(2)),
        size.width(),
        size.depth(),
        size.heads(),
        4 * size.width(),
        NonLinearity.GELU,
        1e-6,
        true);
  }
}
