package dev.fusebox.fusion.crossattn;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.fusion.testkit.FusionContract;
import java.util.List;

final class CrossAttentionFusionTest extends FusionContract<CrossAttentionFusionConfig> {

  private static final ResamplerConfig RESAMPLER = new ResamplerConfig(3, 2, 2, 5);

  @Override
  protected FusionProvider<CrossAttentionFusionConfig> provider() {
    return new CrossAttentionFusionProvider();
  }

  @Override
  protected List<CrossAttentionFusionConfig> configs() {
    return List.of(
        flamingo(Place.BEFORE_DECODER, 1, Connector.RESAMPLER, Frames.PICTURES, 0, Sees.LATEST),
        flamingo(Place.BEFORE_BOTH, 2, Connector.MLP, Frames.FILM, 2, Sees.LATEST),
        flamingo(Place.BEFORE_ENCODER, 1, Connector.RESAMPLER, Frames.FILM, 2, Sees.ALL),
        imageGrounded());
  }

  private static CrossAttentionFusionConfig flamingo(
      Place place, int everyNth, Connector connector, Frames frames, int embeddings, Sees sees) {
    boolean frozen = place == Place.BEFORE_DECODER;
    return new CrossAttentionFusionConfig(
        place,
        everyNth,
        2,
        6,
        Gate.TANH,
        2,
        connector,
        10,
        RESAMPLER,
        frames,
        embeddings,
        sees,
        BlindText.NOTHING,
        frozen);
  }

  private static CrossAttentionFusionConfig imageGrounded() {
    return new CrossAttentionFusionConfig(
        Place.INSIDE_ENCODER,
        1,
        4,
        4,
        Gate.NONE,
        0,
        Connector.NONE,
        0,
        RESAMPLER,
        Frames.PICTURES,
        0,
        Sees.ALL,
        BlindText.NOTHING,
        false);
  }

  @Override
  protected boolean beginsAsTextModel(CrossAttentionFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @Override
  protected boolean readsAloneWithoutPicture(CrossAttentionFusionConfig config) {
    return config.feedForward() == 0;
  }
}
