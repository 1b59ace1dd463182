package dev.fusebox.fusion.crossattn;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.fusion.TextShape;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CrossAttentionFusionConfigTest {

  private static final TextShape TEXT = new TextShape(64, 2, 3);

  private static CrossAttentionFusionConfig with(
      Place place,
      int everyNth,
      int heads,
      int headWidth,
      int feedForward,
      Connector connector,
      int pictureWidth,
      int frames) {
    return new CrossAttentionFusionConfig(
        place,
        everyNth,
        heads,
        headWidth,
        Gate.TANH,
        feedForward,
        connector,
        pictureWidth,
        new ResamplerConfig(1, 1, 1, 1),
        Frames.PICTURES,
        frames,
        Sees.ALL,
        BlindText.NOTHING,
        false);
  }

  private static CrossAttentionFusionConfig film(Connector connector, Sees sees) {
    return new CrossAttentionFusionConfig(
        Place.BEFORE_BOTH,
        1,
        1,
        1,
        Gate.TANH,
        0,
        connector,
        0,
        new ResamplerConfig(1, 1, 1, 1),
        Frames.FILM,
        0,
        sees,
        BlindText.NOTHING,
        false);
  }

  /** Which of the frames a vector is of is read by the resampler, or by what text sees of them. */
  @Test
  void aFilmIsResampledOrSeenFrameByFrame() {
    assertThatCode(() -> film(Connector.RESAMPLER, Sees.ALL)).doesNotThrowAnyException();
    assertThatCode(() -> film(Connector.NONE, Sees.LATEST)).doesNotThrowAnyException();
    assertThatThrownBy(() -> film(Connector.MLP, Sees.ALL))
        .hasMessage(
            "frames must be pictures where connector = mlp and sees = all, since nothing tells frames apart then, found film");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0| 1| 1|  0|  0|  0| everyNthLayer must be at least 1, found 0",
        "1| 0| 1|  0|  0|  0| heads must be at least 1, found 0",
        "1| 1| 0|  0|  0|  0| headWidth must be at least 1, found 0",
        "1| 1| 1| -1|  0|  0| feedForward must be at least 0, found -1",
        "1| 1| 1|  0| -1|  0| pictureWidth must be at least 0, found -1",
        "1| 1| 1|  0|  0| -1| frameEmbeddings must be at least 0, found -1"
      })
  void numbersAreInRange(
      int everyNth,
      int heads,
      int headWidth,
      int feedForward,
      int pictureWidth,
      int frames,
      String rule) {
    assertThatThrownBy(
            () ->
                with(
                    Place.BEFORE_BOTH,
                    everyNth,
                    heads,
                    headWidth,
                    feedForward,
                    Connector.MLP,
                    pictureWidth,
                    frames))
        .hasMessage(rule);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0| 1| 1| 1| latents must be at least 1, found 0",
        "1| 0| 1| 1| layers must be at least 1, found 0",
        "1| 1| 0| 1| heads must be at least 1, found 0",
        "1| 1| 1| 0| headWidth must be at least 1, found 0"
      })
  void numbersOfTheResamplerAreInRange(
      int latents, int layers, int heads, int headWidth, String rule) {
    assertThatThrownBy(() -> new ResamplerConfig(latents, layers, heads, headWidth))
        .hasMessage(rule);
  }

  @Test
  void whatIsNotMadeHasNoWidth() {
    assertThatThrownBy(() -> with(Place.BEFORE_BOTH, 1, 1, 1, 0, Connector.NONE, 8, 0))
        .hasMessage("pictureWidth must be 0 where connector = none, found 8");
  }

  @ParameterizedTest
  @CsvSource({"BEFORE_ENCODER, 2", "INSIDE_ENCODER, 2", "BEFORE_DECODER, 3", "BEFORE_BOTH, 3"})
  void theStackHasSoManyLayers(Place place, int depth) {
    CrossAttentionFusionProvider provider = new CrossAttentionFusionProvider();
    assertThatCode(() -> provider.check(everyNth(place, depth), TEXT)).doesNotThrowAnyException();
    assertThatThrownBy(() -> provider.check(everyNth(place, depth + 1), TEXT))
        .hasMessage(
            "everyNthLayer must be at most %d, the depth of the stack, found %d"
                .formatted(depth, depth + 1));
  }

  private static CrossAttentionFusionConfig everyNth(Place place, int everyNth) {
    return with(place, everyNth, 1, 1, 0, Connector.MLP, 0, 0);
  }
}
