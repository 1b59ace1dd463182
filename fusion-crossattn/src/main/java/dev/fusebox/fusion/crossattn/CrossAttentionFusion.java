package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.DistinctPatches;
import dev.fusebox.fusion.block.PatchMerger;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.TorchScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
  private final TorchScript script;
  private final PatchMerger merger;
  private final PictureConnector connector;
  private final List<NDArray> frameTable = new ArrayList<>(1); // (frames, V)
  private final Map<Integer, InsertedBlock> encoder;
  private final Map<Integer, InsertedBlock> decoder;

  CrossAttentionFusion(CrossAttentionFusionConfig config, FusionContext context) {
    this.config = config;
    script = context.ops().script(CrossAttentionFusion.class, "crossattn.py");
    merger = new PatchMerger(context.ops());
    connector = connector(config, context, script);
    if (config.frameEmbeddings() > 0) {
      frameTable.add(
          context
              .parameters()
              .declare(
                  "fusion.frames.weight",
                  new Shape(config.frameEmbeddings(), context.visionWidth()),
                  Initializer.normal(0.02)));
    }
    Place place = config.place();
    encoder =
        blocks("fusion.encoder_block.", place.encoder() ? context.encoderDepth() : 0, context);
    decoder = blocks("fusion.block.", place.decoder() ? context.decoderDepth() : 0, context);
  }

  private static PictureConnector connector(
      CrossAttentionFusionConfig config, FusionContext context, TorchScript script) {
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
    return new Pass(
        new Sight(media, config.frames() == Frames.FILM, config.sees(), script),
        new Attended(encoder, media.features()),
        new Attended(decoder, media.features()),
        weights -> patches.spread(connector.traced(weights, seen)));
  }

  private VisionFeatures withFrames(VisionFeatures vision) {
    NDArray x = vision.features();
    return frameTable.isEmpty()
        ? vision
        : vision.withFeatures(script.call("add_frames", x, x, vision.frames(), frameTable.get(0)));
  }

  private final class Pass implements FusionPass {

    private final Sight sight;
    private final Attended inEncoder;
    private final Attended inDecoder;
    private final UnaryOperator<NDArray> toPatches; // attention (B, T, S) to (B, T, P)

    private Pass(
        Sight sight, Attended inEncoder, Attended inDecoder, UnaryOperator<NDArray> toPatches) {
      this.sight = sight;
      this.inEncoder = inEncoder;
      this.inDecoder = inDecoder;
      this.toPatches = toPatches;
    }

    @Override
    public TextStates beforeEncoderBlock(int block, TextStates text) {
      return config.place() == Place.INSIDE_ENCODER ? text : look(block, text);
    }

    @Override
    public TextStates afterSelfAttention(int block, TextStates text) {
      return config.place() == Place.INSIDE_ENCODER ? look(block, text) : text;
    }

    private TextStates look(int block, TextStates text) {
      NDArray hidden = text.hidden();
      return inEncoder.has(block)
          ? text.withHidden(
              inEncoder.look(block, hidden, sight.ofText(hidden.getShape().get(1)), sight.whole()))
          : text;
    }

    @Override
    public NDArray beforeDecoderBlock(int block, NDArray hidden) {
      return inDecoder.has(block)
          ? inDecoder.look(block, hidden, sight.afterAll(), sight.whole())
          : hidden;
    }

    @Override
    public Diagnostics diagnostics() {
      Diagnostics encoder = inEncoder.diagnostics("encoder.block.", toPatches);
      return encoder.and(inDecoder.diagnostics("decoder.block.", toPatches));
    }

    @Override
    public FusionPass select(NDArray rows) {
      return new Pass(
          sight.select(rows), inEncoder.select(rows), inDecoder.select(rows), toPatches);
    }
  }
}
