package dev.fusebox.fusion.coattention;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Directions;
import dev.fusebox.fusion.coattention.CoattentionFusionConfig.Gate;
import dev.fusebox.fusion.testkit.ReferencePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's LXMERT layers behind a linear projection of the picture. */
final class CoattentionGoldenTest {

  static List<Path> files() {
    return Goldens.list(Goldens.directory().resolve("coattention")).stream()
        .filter(path -> path.getFileName().toString().endsWith(".safetensors"))
        .toList();
  }

  /** Of the text alone, so that those of the picture's stream in the last layer are 0. */
  @ParameterizedTest
  @MethodSource("files")
  void bothStreamsAreThoseOfTheOriginal(Path file) throws IOException {
    try (ReferencePart reference = ReferencePart.open(file, CoattentionGoldenTest::published)) {
      NDArray words = reference.leaf("text");
      NDArray both = meet(file, reference, words, true);
      assertThat(reference.parameters().report().complete())
          .as(reference.parameters().report().toString())
          .isTrue();
      NDArray text = both.get(":, :" + words.getShape().get(1));
      reference.assertValue(text, "text_output");
      reference.assertValue(both.get(":, " + words.getShape().get(1) + ":"), "picture_output");
      reference.assertGradients(text);
    }
  }

  /** What nobody reads is not computed, and not declared. */
  @ParameterizedTest
  @MethodSource("files")
  void theTextsStreamNeedsNoMoreOfThePictureThanItReads(Path file) throws IOException {
    try (ReferencePart reference = ReferencePart.open(file, CoattentionGoldenTest::published)) {
      NDArray text = meet(file, reference, reference.leaf("text"), false);
      assertThat(reference.parameters().report().missing()).isEmpty();
      assertThat(reference.parameters().report().unexpected())
          .hasSize(16)
          .allMatch(name -> name.contains("x_layers.1.visn_"));
      reference.assertValue(text, "text_output");
      reference.assertGradients(text);
    }
  }

  private static NDArray meet(
      Path file, ReferencePart reference, NDArray words, boolean pictureIsRead) throws IOException {
    NDArray features = reference.leaf("features");
    FusionContext context =
        reference.context((int) words.getShape().get(2), (int) features.getShape().get(2));
    CoattentionScript script = new CoattentionScript(reference.ops());
    Streams streams = new Streams(config(file), context, script, pictureIsRead);
    reference.parameters().train(name -> true);
    VisionFeatures vision = VisionFeatures.ofOnePicture(features, reference.mask("features_mask"));
    TextStates text = new TextStates(words, reference.mask("text_mask"));
    return streams.meet(text, streams.picture(vision, Mode.TRAINING), vision.mask(), Mode.TRAINING);
  }

  /** The settings that Hugging Face wrote. */
  private static CoattentionFusionConfig config(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".safetensors", ".json");
    JsonNode published = new ObjectMapper().readTree(file.resolveSibling(name).toFile());
    return new CoattentionFusionConfig(
        published.get("layers").asInt(),
        published.get("num_attention_heads").asInt(),
        published.get("intermediate_size").asInt() / published.get("hidden_size").asInt(),
        Directions.SHARED,
        false,
        Gate.NONE,
        false);
  }

  /** As the whole model calls what the reference calls {@code param.layers.0…}. */
  private static String published(String name) {
    return name.replaceFirst("^layers\\.", "lxmert.encoder.x_layers.")
        .replaceFirst("^visn_fc\\.", "lxmert.encoder.visn_fc.visn_fc.");
  }
}
