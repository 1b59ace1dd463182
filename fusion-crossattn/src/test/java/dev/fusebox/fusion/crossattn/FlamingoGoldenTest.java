package dev.fusebox.fusion.crossattn;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.fusion.testkit.ReferenceModel;
import dev.fusebox.fusion.testkit.ReferenceModel.Pictures;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A T5 with open_flamingo's blocks before its decoder blocks. */
final class FlamingoGoldenTest {

  static List<Path> cases() {
    return Goldens.cases("flamingo", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void looksAsTheOriginal(Path directory) throws IOException {
    boolean frozen = directory.getFileName().toString().endsWith("frozen_lm");
    try (ReferenceModel reference = open(directory);
        Step step = Step.training(reference.model().root())) {
      NDArray logits = reference.run(step, Mode.TRAINING).logits();
      reference.assertValue(logits, "logits");
      reference.assertLearns(step, logits);
      assertThat(reference.model().parameters().trainable().keySet())
          .isNotEmpty()
          .allMatch(name -> !frozen || name.startsWith("fusion."));
    }
  }

  private static CrossAttentionFusionConfig config(Path directory, SafetensorsFile weights) {
    String name = directory.getFileName().toString();
    return new CrossAttentionFusionConfig(
        Place.BEFORE_DECODER,
        name.contains("every_2nd") ? 2 : 1,
        3,
        8,
        Gate.TANH,
        4,
        Connector.RESAMPLER,
        (int) weights.shape("fusion.projection.weight").get(0),
        new ResamplerConfig((int) weights.shape("fusion.resampler.latents").get(0), 2, 3, 4),
        Frames.PICTURES,
        0,
        Sees.LATEST,
        BlindText.NOTHING,
        name.endsWith("frozen_lm"));
  }

  private static ReferenceModel open(Path directory) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    CrossAttentionFusionConfig config = config(directory, SafetensorsFile.open(weights));
    return ReferenceModel.open(
        directory,
        Checkpoint.open(weights)::into,
        new Pictures("features", ""),
        name -> name,
        context -> new CrossAttentionFusion(config, context));
  }
}
