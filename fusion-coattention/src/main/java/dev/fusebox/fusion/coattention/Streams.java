package dev.fusebox.fusion.coattention;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.block.Normalization;
import dev.fusebox.fusion.block.PostNormAttention;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Directions;
import dev.fusebox.fusion.coattention.CoattentionScript.LayerWeights;
import dev.fusebox.tensor.Parameters;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * LXMERT's layers over two streams, with Hugging Face's names:
 *
 * <pre>
 * p = norm(W · features + b)
 * t, p = norm(t + attention(t to p)), norm(p + attention(p to t))     at once, with the same weights
 * t = norm(t + attention(t to t))                                     each with its own from here on
 * t = norm(t + down(gelu(up(t))))                                     and p likewise
 * </pre>
 *
 * Where a stream sees nothing it gets zeros from there. Layers begin as torch's.
 */
final class Streams {

  private static final String NAME = "lxmert.encoder.";

  private final CoattentionFusionConfig config;
  private final CoattentionScript script;
  private final double dropout;
  private final Linear projection; // (D, V)
  private final Optional<Normalization> norm; // (D)
  private final List<LayerWeights> layers;

  /**
   * Declares {@code lxmert.encoder.*}.
   *
   * @param pictureIsRead whether the last layer makes the picture's stream too
   */
  Streams(
      CoattentionFusionConfig config,
      FusionContext context,
      CoattentionScript script,
      boolean pictureIsRead) {
    this.config = config;
    this.script = script;
    dropout = context.dropout();
    String picture = NAME + "visn_fc.";
    Parameters parameters = context.parameters();
    projection =
        Linear.declare(parameters, picture + "visn_fc", context.visionWidth(), context.width());
    norm =
        config.pictureNorm()
            ? Optional.of(
                Normalization.declare(parameters, picture + "visn_layer_norm", context.width()))
            : Optional.empty();
    int last = config.layers() - 1;
    layers =
        IntStream.range(0, config.layers())
            .mapToObj(i -> layer(NAME + "x_layers." + i, pictureIsRead || i < last, context))
            .toList();
  }

  private LayerWeights layer(String name, boolean pictureIsRead, FusionContext context) {
    Parameters parameters = context.parameters();
    long width = context.width();
    long inner = config.feedForward() * width;
    PostNormAttention looks = towards(parameters, name + ".visual_attention", width);
    boolean own = config.directions() == Directions.OWN && pictureIsRead;
    return new LayerWeights(
        looks,
        own ? towards(parameters, name + ".language_attention", width) : looks,
        StreamWeights.declare(parameters, name + ".lang", width, inner),
        pictureIsRead
            ? Optional.of(StreamWeights.declare(parameters, name + ".visn", width, inner))
            : Optional.empty());
  }

  /** Of one stream to the other. */
  private static PostNormAttention towards(Parameters parameters, String name, long width) {
    return PostNormAttention.declare(parameters, name + ".att", name + ".output", width, width);
  }

  /** The picture's stream (B, P, D) before the first layer. */
  NDArray picture(VisionFeatures vision, Mode mode) {
    return script.picture(vision.features(), projection, norm, mode.dropout(dropout));
  }

  /**
   * Lets them attend to each other.
   *
   * @param picture (B, P, D)
   * @param mask (B, P)
   * @return the text's stream (B, T, D); with the picture's behind it, (B, N, D), where that is
   *     read
   */
  NDArray meet(TextStates text, NDArray picture, NDArray mask, Mode mode) {
    NDArray streams = text.hidden().concat(picture, 1);
    for (LayerWeights layer : layers) {
      streams = step(streams, text.mask(), mask, layer, mode);
    }
    return streams;
  }

  private NDArray step(
      NDArray streams, NDArray textMask, NDArray mask, LayerWeights layer, Mode mode) {
    return script.layer(streams, textMask, mask, layer, config.heads(), mode.dropout(dropout));
  }

  /** For each layer the weights (B, T, P) with which the text looks at the picture. */
  Map<String, NDArray> weights(TextStates text, NDArray picture, NDArray mask) {
    Map<String, NDArray> maps = new TreeMap<>();
    NDArray streams = text.hidden().concat(picture, 1);
    for (LayerWeights layer : layers) {
      NDArray map = script.weights(streams, text.mask(), mask, layer.textLooks(), config.heads());
      maps.put("layer." + maps.size(), map);
      streams = step(streams, text.mask(), mask, layer, Mode.INFERENCE);
    }
    return maps;
  }
}
