package dev.fusebox.fusion.crossattn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A T5 with open_flamingo's blocks before its decoder blocks. */
final class FlamingoGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

  static List<Path> cases() {
    return Goldens.cases("flamingo", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void looksAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    boolean frozen = directory.getFileName().toString().endsWith("frozen_lm");
    try (FusedModel model = load(directory, expected);
        Step step = Step.training(model.root())) {
      FusedOutput output = model.run(input(step.manager(), expected), Mode.TRAINING);
      Goldens.assertClose(output.logits(), expected, "logits", VALUES);
      NDArray loss = model.loss(output.logits(), expected.longs("labels"));
      float reference = expected.floats("loss")[0];
      assertThat(loss.getFloat()).isCloseTo(reference, within((float) (VALUES * reference)));
      step.backward(loss);
      List<String> names =
          expected.names().stream().filter(name -> name.startsWith("grad.")).toList();
      assertThat(names).hasSameSizeAs(model.parameters().trainable().keySet());
      assertThat(names).allMatch(name -> !frozen || name.startsWith("grad.fusion."));
      for (String name : names) {
        NDArray gradient = model.parameters().get(name.substring(5)).getGradient();
        Goldens.assertClose(gradient, expected, name, GRADIENTS);
      }
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

  private static FusedModel load(Path directory, SafetensorsFile expected) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    CrossAttentionFusionConfig config = config(directory, SafetensorsFile.open(weights));
    FusedModel model =
        FusedModel.build(
            T5Config.read(directory.resolve("config.json")),
            (int) expected.shape("features").get(2),
            0,
            Checkpoint.open(weights)::into,
            context -> new CrossAttentionFusion(config, context));
    assertThat(model.parameters().report().complete())
        .as(model.parameters().report().toString())
        .isTrue();
    return model;
  }

  private static FusedInput input(NDManager manager, SafetensorsFile expected) throws IOException {
    NDArray features = Goldens.array(manager, expected, "features");
    Shape shape = expected.shape("labels");
    long[] targets = FusedModel.shiftedRight(expected.longs("labels"), shape.get(1));
    return new FusedInput(
        Goldens.array(manager, expected, "input_ids"),
        Goldens.array(manager, expected, "attention_mask").toType(DataType.FLOAT32, false),
        VisionFeatures.ofOnePicture(features, manager.ones(features.getShape().slice(0, 2))),
        manager.create(targets, shape));
  }
}
