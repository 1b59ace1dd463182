package dev.fusebox.fusion.concat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Place;
import dev.fusebox.fusion.concat.ConcatFusionConfig.PositionBias;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Tokens;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's T5 on joined embeddings. */
final class ConcatGoldenTest {

  private static final double VALUES = 1e-5;
  private static final double GRADIENTS = 5e-5;

  static List<Path> cases() {
    return Goldens.cases("concat", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void joinsAsTheOriginal(Path directory) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory);
    try (FusedModel model = load(directory, expected);
        Step step = Step.training(model.root())) {
      FusedOutput output = model.run(input(step.manager(), expected), Mode.TRAINING);
      NDArray encoded = output.encoded().hidden();
      Goldens.assertClose(encoded, expected, "encoder_last_hidden_state", VALUES);
      Goldens.assertClose(output.logits(), expected, "logits", VALUES);
      NDArray loss = model.loss(output.logits(), expected.longs("labels"));
      float reference = expected.floats("loss")[0];
      assertThat(loss.getFloat()).isCloseTo(reference, within((float) (VALUES * reference)));
      step.backward(loss);
      List<String> names =
          expected.names().stream().filter(name -> name.startsWith("grad.")).toList();
      assertThat(names).hasSameSizeAs(model.parameters().all().keySet());
      for (String name : names) {
        NDArray gradient = model.parameters().get(ours(name.substring(5))).getGradient();
        Goldens.assertClose(gradient, expected, name, GRADIENTS);
      }
    }
  }

  /** How the case of that name joins, as its directory says. */
  private static ConcatFusionConfig config(String name) {
    return new ConcatFusionConfig(
        Tokens.PATCHES,
        1,
        name.startsWith("before") ? Place.BEFORE : Place.AFTER,
        name.endsWith("no_cross_bias") ? PositionBias.TEXT : PositionBias.JOINT,
        false,
        false,
        0,
        0,
        false);
  }

  private static String ours(String name) {
    return name.replaceFirst("^proj\\.", "fusion.projection.");
  }

  private static FusedModel load(Path directory, SafetensorsFile expected) throws IOException {
    ConcatFusionConfig config = config(directory.getFileName().toString());
    FusedModel model =
        FusedModel.build(
            T5Config.read(directory.resolve("config.json")),
            (int) expected.shape("features").get(2),
            0,
            parameters -> load(directory.resolve("model.safetensors"), parameters),
            context -> new ConcatFusion(config, context));
    assertThat(model.parameters().report().complete())
        .as(model.parameters().report().toString())
        .isTrue();
    return model;
  }

  private static void load(Path path, Parameters parameters) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(path);
    for (String name : file.names()) {
      float[] numbers = file.floats(name);
      parameters.load(ours(name), file.shape(name), into -> into.put(numbers));
    }
  }

  private static FusedInput input(NDManager manager, SafetensorsFile expected) throws IOException {
    Shape shape = expected.shape("labels");
    long[] targets = FusedModel.shiftedRight(expected.longs("labels"), shape.get(1));
    return new FusedInput(
        Goldens.array(manager, expected, "input_ids"),
        mask(manager, expected, "attention_mask"),
        VisionFeatures.ofOnePicture(
            Goldens.array(manager, expected, "features"), mask(manager, expected, "feature_mask")),
        manager.create(targets, shape));
  }

  private static NDArray mask(NDManager manager, SafetensorsFile expected, String name)
      throws IOException {
    return Goldens.array(manager, expected, name).toType(DataType.FLOAT32, false);
  }
}
