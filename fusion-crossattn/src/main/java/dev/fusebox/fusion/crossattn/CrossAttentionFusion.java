package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.DistinctPatches;
import dev.fusebox.fusion.block.PatchMerger;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * Blocks between the text model's own that let the text attend to the picture:
 *
 * <pre>
 * y = x + tanh(α) · attention(query = x, key = value = picture)
 * z = y + tanh(β) · feedForward(y)          before block 0, n, 2n, … of the decoder or the encoder
 * </pre>
 *
 * Flamingo (Alayrac et al. 2022, arXiv 2204.14198, sections 2.1 to 2.3): α = β = 0 at first, so
 * that the text model begins as it was; a Perceiver resampler makes few vectors of many; text sees
 * the latest picture before it. Between self-attention and feed-forward of encoder blocks, without
 * gate and feed-forward, it is BLIP's image-grounded text encoder (Li et al. 2022, arXiv
 * 2201.12086), the strategy of the paper's own table of fusions.
 */
final class CrossAttentionFusion implements Fusion {

  private final CrossAttentionFusionConfig config;
  private final Ops ops;
  private final CrossAttentionScript script;
  private final PatchMerger merger;
  private final PictureConnector connector;
  private final Optional<NDArray> frameTable; // (frames, V)
  private final Map<Integer, InsertedBlock> encoder;
  private final Map<Integer, InsertedBlock> decoder;

  CrossAttentionFusion(CrossAttentionFusionConfig config, FusionContext context) {
    this.config = config;
    ops = context.ops();
    script = new CrossAttentionScript(ops);
    merger = new PatchMerger(ops);
    connector = connector(config, context, script);
    frameTable = frameTable(config, context);
    Place place = config.place();
    encoder =
        blocks("fusion.encoder_block.", place.encoder() ? context.encoderDepth() : 0, context);
    decoder = blocks("fusion.block.", place.decoder() ? context.decoderDepth() : 0, context);
  }

  private static Optional<NDArray> frameTable(
      CrossAttentionFusionConfig config, FusionContext context) {
    Shape shape = new Shape(config.frameEmbeddings(), context.visionWidth());
    return config.frameEmbeddings() > 0
        ? Optional.of(
            context.parameters().declare("fusion.frames.weight", shape, Initializer.normal(0.02)))
        : Optional.empty();
  }

  private static PictureConnector connector(
      CrossAttentionFusionConfig config, FusionContext context, CrossAttentionScript script) {
    int width = config.pictureWidth() == 0 ? context.width() : config.pictureWidth();
    boolean film = config.frames() == Frames.FILM;
    return switch (config.connector()) {
      case RESAMPLER -> new Resampler(width, film, config.resampler(), context, script);
      case MLP -> new TwoLayers(width, context, script);
      case NONE -> new Direct(context.visionWidth());
    };
  }

  private Map<Integer, InsertedBlock> blocks(String name, int depth, FusionContext context) {
    Map<Integer, InsertedBlock> result = new TreeMap<>();
    for (int i = 0; i < depth; i += config.everyNthLayer()) {
      result.put(i, new InsertedBlock(name + i, connector.width(), config, context, script));
    }
    return result;
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel() || parameter.startsWith("fusion.");
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    DistinctPatches patches = merger.merge(vision);
    VisionFeatures seen = withFrames(patches.vision());
    VisionFeatures media = connector.connect(seen);
    Visibility visibility =
        new Visibility(media, config.frames() == Frames.FILM, config.sees(), script, ops);
    UnaryOperator<NDArray> toPatches = weights -> patches.spread(connector.traced(weights, seen));
    return pass(
        new Attended("encoder.block.", encoder, media.features(), toPatches),
        new Attended("decoder.block.", decoder, media.features(), toPatches),
        visibility);
  }

  /** Overrides no hook that has nothing to do: overriding the decoder's makes generation slower. */
  private FusionPass pass(Attended inEncoder, Attended inDecoder, Visibility visibility) {
    boolean inside = config.place() == Place.INSIDE_ENCODER;
    EncoderPass reading = new EncoderPass(inEncoder, visibility, inside);
    DecoderPass writing = new DecoderPass(inDecoder, visibility);
    return switch (config.place()) {
      case BEFORE_DECODER -> writing;
      case BEFORE_ENCODER, INSIDE_ENCODER -> reading;
      case BEFORE_BOTH -> new BothPasses(reading, writing);
    };
  }

  private VisionFeatures withFrames(VisionFeatures vision) {
    return frameTable
        .map(table -> script.addFrames(vision.features(), vision.frames(), table))
        .map(vision::withFeatures)
        .orElse(vision);
  }
}
