package dev.fusebox.fusion.late;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.Ops;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Two readers whose scores are mixed at the very end. One is the text model, which never sees a
 * picture. The other looks the question up in the picture, and goes from what the text model has
 * written so far, h, to states of its own, which the same head scores:
 *
 * <pre>
 * m = layer(question, picture)                      once per question
 * r = layer(… layer(h, m) …, m)                     for each word
 * scores = (1 - λ) head(h) + λ head(r)              λ = 1/2, learnt, or read off the question
 * </pre>
 *
 * Late, or decision-level, fusion (Baltrušaitis et al. 2019, arXiv 1705.09406, section 6.1). The
 * head is linear, so that states are mixed in place of scores. What the layers add is 0 at first,
 * and both readers agree. Where there is no picture, λ is 0.
 */
final class LateFusion implements Fusion {

  private final LateFusionConfig config;
  private final Ops ops;
  private final LateScript script;
  private final double dropout;
  private final ReaderLayer question; // of the question at the picture
  private final List<ReaderLayer> layers;
  private final ScoreMix mix;

  LateFusion(LateFusionConfig config, FusionContext context) {
    this.config = config;
    ops = context.ops();
    script = new LateScript(ops);
    dropout = context.dropout();
    question =
        ReaderLayer.declare(
            "late.question", context.visionWidth(), config.feedForward(), false, context);
    layers =
        IntStream.range(0, config.layers())
            .mapToObj(
                i ->
                    ReaderLayer.declare(
                        "late.layer." + i, context.width(), config.feedForward(), true, context))
            .toList();
    mix = ScoreMix.of(config.mix(), context, script);
  }

  @Override
  public boolean trains(String parameter) {
    return !config.freezeLanguageModel() || parameter.startsWith("late.");
  }

  @Override
  public FusionPass begin(VisionFeatures vision, Mode mode) {
    return new Pass(vision, mode.dropout(dropout));
  }

  /**
   * What the picture's reader goes by while a question is answered.
   *
   * @param memory (B, T, D): the question as it was looked up
   * @param mask (B, T)
   * @param share λ (B, 1, 1)
   */
  private record LookedUp(NDArray memory, NDArray mask, NDArray share) {}

  private final class Pass implements FusionPass {

    private final VisionFeatures vision;
    private final double rate;
    private TextStates asked; // what came out of the encoder last
    private LookedUp known; // of that

    private Pass(VisionFeatures vision, double rate) {
      this.vision = vision;
      this.rate = rate;
    }

    /** The text stays as it is. */
    @Override
    public TextStates afterEncoder(TextStates text) {
      asked = text;
      NDArray memory =
          script.layer(
              text.hidden(), vision.features(), vision.mask(), question, config.heads(), rate);
      known = new LookedUp(memory, text.mask(), mix.share(text, vision.mask()));
      return text;
    }

    @Override
    public NDArray afterDecoder(NDArray hidden) {
      NDArray read = hidden;
      for (ReaderLayer layer : layers) {
        read = script.layer(read, known.memory(), known.mask(), layer, config.heads(), rate);
      }
      return script.mix(hidden, read, known.share());
    }

    @Override
    public FusionPass select(NDArray rows) {
      Pass other =
          new Pass(
              new VisionFeatures(
                  ops.selectRows(vision.features(), rows),
                  ops.selectRows(vision.mask(), rows),
                  ops.selectRows(vision.frames(), rows),
                  ops.selectRows(vision.places(), rows)),
              rate);
      if (known != null) {
        other.known =
            new LookedUp(
                ops.selectRows(known.memory(), rows),
                ops.selectRows(known.mask(), rows),
                ops.selectRows(known.share(), rows));
      }
      return other;
    }

    @Override
    public Diagnostics diagnostics() {
      if (asked == null) {
        return Diagnostics.NONE;
      }
      NDArray map =
          script.weights(
              asked.hidden(), vision.features(), vision.mask(), question, config.heads());
      double share = known.share().mean().getFloat();
      return new Diagnostics(Map.of("share", share), Map.of("attention", map));
    }
  }
}
