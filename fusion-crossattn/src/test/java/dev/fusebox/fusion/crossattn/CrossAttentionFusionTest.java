package dev.fusebox.fusion.crossattn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.tensor.Step;
import java.lang.reflect.Method;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

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

  @ParameterizedTest
  @MethodSource("configs")
  void takesTheHooksThatItNeeds(CrossAttentionFusionConfig config)
      throws ReflectiveOperationException {
    try (FusedModel fused =
            TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
        Step step = Step.inference(fused.root())) {
      FusionPass pass =
          fused.model().see(FusedInputs.create(step.manager()).vision(), Mode.INFERENCE);
      Class<?> type = pass.getClass();
      boolean decoder = config.place().decoder();
      assertThat(takes(type.getMethod("beforeDecoderBlock", int.class, NDArray.class)))
          .isEqualTo(decoder);
      assertThat(takes(type.getMethod("select", NDArray.class))).isEqualTo(decoder);
      assertThat(takes(type.getMethod("beforeEncoderBlock", int.class, TextStates.class)))
          .isEqualTo(config.place().encoder());
    }
  }

  /** The decoder asks a pass that overrides a hook, and leaves out the question otherwise. */
  private static boolean takes(Method hook) {
    return hook.getDeclaringClass() != FusionPass.class;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void equalVectorsCostOneRowAndCountAsMany(CrossAttentionFusionConfig config) {
    try (FusedModel fused =
            TinyFusedModel.build(7, weights -> {}, context -> provider().create(config, context));
        Step step = Step.inference(fused.root())) {
      TinyFusedModel.move(fused.parameters());
      FusedOutput apart = read(fused, step, 1, 2, 1, 2, 1, 1);
      FusedOutput merged = read(fused, step, 1, 1, 1, 1, 2, 2);
      FusedOutput blank = read(fused, step, 0, 0, 0, 0, 0, 0);
      assertThat(merged.logits().sub(apart.logits()).abs().max().getFloat()).isLessThan(2e-5f);
      assertThat(blank.logits().sub(apart.logits()).abs().max().getFloat()).isGreaterThan(1e-3f);
      int latents = RESAMPLER.latents();
      boolean resampled = config.connector() == Connector.RESAMPLER;
      assertThat(vectors(apart)).isEqualTo(resampled ? latents : 5);
      assertThat(vectors(merged)).isEqualTo(resampled ? latents : 2);
      assertThat(vectors(blank)).isEqualTo(resampled ? latents : 1);
    }
  }

  private static FusedOutput read(FusedModel fused, Step step, int... vectors) {
    return fused.run(FusedInputs.ofVectors(step.manager(), vectors), Mode.INFERENCE);
  }

  private static long vectors(FusedOutput output) {
    if (output.pass() instanceof BothPasses both) {
      return both.reading().vectors();
    }
    return output.pass() instanceof EncoderPass reading
        ? reading.vectors()
        : ((DecoderPass) output.pass()).vectors();
  }

  @Override
  protected boolean beginsAsTextModel(CrossAttentionFusionConfig config) {
    return config.gate() == Gate.TANH;
  }

  @Override
  protected boolean readsAloneWithoutPicture(CrossAttentionFusionConfig config) {
    return config.feedForward() == 0;
  }

  @ParameterizedTest
  @MethodSource("configs")
  void gradientsAreTheSameWhereSubLayersAreComputedAgain(CrossAttentionFusionConfig config) {
    assertTheSameComputedAgain(config);
  }
}
