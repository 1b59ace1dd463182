package dev.fusebox.fusion.qformer;

import static dev.fusebox.fusion.qformer.QFormerFusionConfig.RelatedPositions.JOINT;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.array.StoredTensor;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.block.Linear;
import dev.fusebox.fusion.testkit.FusedOutput;
import dev.fusebox.fusion.testkit.ReferenceModel;
import dev.fusebox.fusion.testkit.ReferenceModel.Pictures;
import dev.fusebox.fusion.testkit.ReferencePart;
import dev.fusebox.t5.T5Config;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Hugging Face's Q-Formers, alone and in front of a T5. */
final class QFormerGoldenTest {

  private static final String WORDS = "qformer.embeddings.word_embeddings.weight";

  static List<Path> blocks() {
    return Goldens.list(Goldens.directory().resolve("qformer")).stream()
        .filter(path -> path.getFileName().toString().endsWith("_block.safetensors"))
        .toList();
  }

  /** InstructBLIP's words are looked up here: the fusion has T5's embeddings in their place. */
  @ParameterizedTest
  @MethodSource("blocks")
  void readsThePictureAsTheOriginal(Path file) throws IOException {
    try (ReferencePart reference = ReferencePart.open(file, name -> name)) {
      QFormerFusionConfig config =
          config(besides(file), reference.shape("param.query_tokens"), false);
      NDArray features = reference.leaf("features");
      FusionContext context = reference.context(64, (int) features.getShape().get(2));
      QFormer qformer = new QFormer(config, context, new QFormerScript(reference.ops()));
      Optional<NDArray> words = declared(reference, WORDS);
      Optional<Linear> projection =
          reference.holds("param.language_projection.weight")
              ? Optional.of(projection(reference, config.width()))
              : Optional.empty();
      reference.parameters().train(name -> true);
      Optional<TextEmbeddings> question =
          words.isPresent() ? Optional.of(question(reference, words.get())) : Optional.empty();

      NDArray read = qformer.read(vision(reference, features), question, Mode.TRAINING);
      NDArray output = projection.map(linear -> linear.apply(reference.ops(), read)).orElse(read);

      if (reference.holds("queries")) {
        reference.assertValue(read, "queries");
      }
      reference.assertValue(output, "output");
      reference.assertGradients(output);
      assertAllUsed(reference, config);
    }
  }

  /** But for what the text's feed-forward of the last layer would make for nobody. */
  private static void assertAllUsed(ReferencePart reference, QFormerFusionConfig config) {
    LoadReport report = reference.parameters().report();
    assertThat(report.missing()).isEmpty();
    assertThat(report.misshaped()).isEmpty();
    String last = "qformer.encoder.layer." + (config.layers() - 1);
    assertThat(report.unexpected())
        .hasSize(config.readsQuestion() ? 6 : 0)
        .allMatch(name -> name.matches(last + "\\.(intermediate|output)\\..*"));
  }

  private static Optional<NDArray> declared(ReferencePart reference, String name) {
    return reference.holds("param." + name)
        ? Optional.of(
            reference
                .parameters()
                .declare(name, reference.shape("param." + name), Initializer.zeros()))
        : Optional.empty();
  }

  private static Linear projection(ReferencePart reference, int width) {
    return Linear.declare(
        reference.parameters(), "language_projection", width, reference.shape("output").get(2));
  }

  private static TextEmbeddings question(ReferencePart reference, NDArray table)
      throws IOException {
    NDArray ids = reference.array("text_ids");
    return new TextEmbeddings(reference.ops().embedding(ids, table), reference.mask("text_mask"));
  }

  private static VisionFeatures vision(ReferencePart reference, NDArray features)
      throws IOException {
    return VisionFeatures.ofOnePicture(
        features,
        reference.holds("mask")
            ? reference.mask("mask")
            : reference.manager().ones(features.getShape().slice(0, 2)));
  }

  /** The settings that Hugging Face wrote. */
  private static JsonNode besides(Path file) throws IOException {
    String name = file.getFileName().toString().replace(".safetensors", ".json");
    return new ObjectMapper().readTree(file.resolveSibling(name).toFile());
  }

  private static QFormerFusionConfig config(JsonNode published, Shape queries, boolean frozen) {
    int width = published.get("hidden_size").asInt();
    return new QFormerFusionConfig(
        (int) queries.get(1),
        width,
        published.get("num_hidden_layers").asInt(),
        published.get("num_attention_heads").asInt(),
        published.get("intermediate_size").asInt() / width,
        published.get("cross_attention_frequency").asInt(),
        published.get("model_type").asText().equals("instructblip_qformer"),
        published.get("max_position_embeddings").asInt(),
        JOINT,
        frozen);
  }

  static List<Path> cases() {
    return Goldens.cases("qformer", "expected.safetensors", "model.safetensors", "qformer.json");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void standsBeforeTheTextAsTheOriginal(Path directory) throws IOException {
    try (ReferenceModel reference = open(directory);
        Step step = Step.training(reference.model().root())) {
      FusedOutput output = reference.run(step, Mode.TRAINING);
      reference.assertValue(output.encoded().hidden(), "encoder_last");
      reference.assertValue(output.logits(), "logits");
      reference.assertLearns(step, output.logits());
    }
  }

  private static ReferenceModel open(Path directory) throws IOException {
    Path weights = directory.resolve("model.safetensors");
    QFormerFusionConfig config =
        config(
            besides(directory.resolve("qformer.safetensors")),
            SafetensorsFile.open(weights).shape("query_tokens"),
            directory.getFileName().toString().endsWith("frozen_lm"));
    return ReferenceModel.open(
        directory,
        Checkpoint.open(weights)::into,
        new Pictures("features", "features_mask"),
        name -> name,
        context -> new QFormerFusion(config, context));
  }

  @TempDir Path folder;

  /** As Hugging Face publishes a BLIP-2: the T5 within, and what sees the picture beside it. */
  private Path published(Path directory) throws IOException {
    SafetensorsFile own = SafetensorsFile.open(directory.resolve("model.safetensors"));
    SafetensorsWriter weights = new SafetensorsWriter();
    for (StoredTensor tensor : own.weights().values()) {
      String name = (isOfQFormer(tensor.name()) ? "" : "language_model.") + tensor.name();
      weights.add(own, tensor.named(name), tensor.type());
    }
    StoredTensor seeing = own.weights().get("query_tokens");
    weights.add(own, seeing.named("vision_model.embeddings.class_embedding"), seeing.type());
    weights.write(folder.resolve("model.safetensors"));
    ObjectNode config = new ObjectMapper().createObjectNode().put("model_type", "blip-2");
    config.put("num_query_tokens", seeing.shape().get(1));
    config.putObject("vision_config").put("hidden_size", 10);
    config.set("qformer_config", besides(directory.resolve("qformer.safetensors")));
    config.set(
        "text_config", new ObjectMapper().readTree(directory.resolve("config.json").toFile()));
    Files.writeString(folder.resolve("config.json"), config.toString());
    Files.copy(directory.resolve("expected.safetensors"), folder.resolve("expected.safetensors"));
    return folder;
  }

  private static boolean isOfQFormer(String name) {
    return name.matches("(query_tokens|qformer|language_projection).*");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void aPublishedBlip2IsLoadedWhole(Path directory) throws IOException {
    Path published = published(directory);
    assertThat(T5Config.read(published.resolve("config.json")))
        .isEqualTo(T5Config.read(directory.resolve("config.json")));
    assertThat(Checkpoint.open(published).passedOver())
        .containsExactly("vision_model.embeddings.class_embedding");
    QFormerFusionConfig config =
        config(
            besides(directory.resolve("qformer.safetensors")),
            Checkpoint.open(published).tensor("query_tokens").shape(),
            true);
    try (ReferenceModel reference =
            ReferenceModel.open(
                published,
                Checkpoint.open(published)::into,
                new Pictures("features", "features_mask"),
                name -> name,
                context -> new QFormerFusion(config, context));
        Step step = Step.inference(reference.model().root())) {
      FusedOutput output = reference.run(step, Mode.INFERENCE);
      reference.assertValue(output.encoded().hidden(), "encoder_last");
      reference.assertValue(output.logits(), "logits");
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void settingsThatContradictItsConfigAreToldByKey(Path directory) throws IOException {
    Path published = published(directory);
    Map<String, Object> json =
        new ObjectMapper()
            .readValue(
                published.resolve("config.json").toFile(),
                new TypeReference<Map<String, Object>>() {});
    QFormerFusionProvider provider = new QFormerFusionProvider();
    QFormerFusionConfig right =
        config(
            besides(directory.resolve("qformer.safetensors")),
            Checkpoint.open(published).tensor("query_tokens").shape(),
            true);
    assertThat(provider.contradictions(right, json)).isEmpty();
    assertThat(provider.contradictions(right, Map.of("model_type", "t5"))).isEmpty();
    QFormerFusionConfig other =
        new QFormerFusionConfig(
            right.queries() + 1,
            right.width() * 2,
            right.layers() + 1,
            right.width(),
            right.feedForward() + 1,
            right.layers() + 1,
            true,
            9,
            JOINT,
            true);
    assertThat(provider.contradictions(other, json))
        .containsExactly(
            "queries must be %d, as num_query_tokens says, found %d"
                .formatted(right.queries(), right.queries() + 1),
            "width must be %d, as qformer_config.hidden_size says, found %d"
                .formatted(right.width(), 2 * right.width()),
            "layers must be %d, as qformer_config.num_hidden_layers says, found %d"
                .formatted(right.layers(), right.layers() + 1),
            "heads must be %d, as qformer_config.num_attention_heads says, found %d"
                .formatted(right.heads(), right.width()),
            "feedForward must be %d, as qformer_config.intermediate_size is %d, found %d"
                .formatted(
                    right.feedForward(),
                    right.feedForward() * right.width(),
                    right.feedForward() + 1),
            "crossAttentionEvery must be %d, as qformer_config.cross_attention_frequency says, found %d"
                .formatted(right.crossAttentionEvery(), right.layers() + 1),
            "readsQuestion must be false, as model_type says, found true");
  }

  /** BLIP-2's own, whose config names little. */
  @Test
  void whatAConfigLeavesOutIsAsTransformersHasIt() {
    QFormerFusionConfig blip2 =
        new QFormerFusionConfig(32, 768, 12, 12, 4, 2, false, 512, JOINT, true);
    Map<String, Object> json =
        Map.of("model_type", "blip-2", "qformer_config", Map.of(), "text_config", Map.of());
    assertThat(new QFormerFusionProvider().contradictions(blip2, json)).isEmpty();
  }
}
