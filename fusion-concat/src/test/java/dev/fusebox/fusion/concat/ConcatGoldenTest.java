package dev.fusebox.fusion.concat;

import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Place;
import dev.fusebox.fusion.concat.ConcatFusionConfig.PositionBias;
import dev.fusebox.fusion.concat.ConcatFusionConfig.Tokens;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.fusion.testkit.ReferenceModel;
import dev.fusebox.fusion.testkit.ReferenceModel.Pictures;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's T5 on joined embeddings. */
final class ConcatGoldenTest {

  static List<Path> cases() {
    return Goldens.cases("concat", "expected.safetensors", "model.safetensors");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void joinsAsTheOriginal(Path directory) throws IOException {
    try (ReferenceModel reference = open(directory);
        Step step = Step.training(reference.model().root())) {
      FusedOutput output = reference.run(step, Mode.TRAINING);
      reference.assertValue(output.encoded().hidden(), "encoder_last_hidden_state");
      reference.assertValue(output.logits(), "logits");
      reference.assertLearns(step, output.logits());
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

  private static ReferenceModel open(Path directory) throws IOException {
    ConcatFusionConfig config = config(directory.getFileName().toString());
    return ReferenceModel.open(
        directory,
        parameters -> load(directory.resolve("model.safetensors"), parameters),
        new Pictures("features", "feature_mask"),
        ConcatGoldenTest::ours,
        context -> new ConcatFusion(config, context));
  }

  private static void load(Path path, Parameters parameters) throws IOException {
    SafetensorsFile file = SafetensorsFile.open(path);
    for (String name : file.names()) {
      float[] numbers = file.floats(name);
      parameters.load(ours(name), file.shape(name), (rows, into) -> into.put(numbers));
    }
  }
}
