package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.t5.tune.Tuning;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.recipe.FrozenWeights;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A folder as Hugging Face publishes a BLIP-2, as {@code model.checkpoint}. */
final class PublishedQFormerTest {

  private static final T5Config CONFIG = T5Config.small(64, 16, 4);
  private static final String RIGHT =
      "{ name = qformer, queries = 3, width = 8, layers = 2, heads = 2, feedForward = 2 }";
  private static final FusionCatalogue FUSIONS =
      FusionCatalogue.of(PublishedQFormerTest.class.getClassLoader());

  @TempDir private Path directory;
  private Path data;
  private Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    data = directory.resolve("data");
    DemoData.write(DemoSettings.of(12, 1), data);
    checkpoint = directory.resolve("blip2");
    StageSettings stage = stage(RIGHT);
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 1)) {
      T5Model.withFusion(
          CONFIG,
          pictures(stage).width(),
          parameters,
          Ops.load(root, Precision.FLOAT32),
          context -> FUSIONS.create(stage.fusion(), context));
      Map<String, NDArray> published = new LinkedHashMap<>();
      parameters.all().forEach((name, array) -> published.put(published(name), array));
      published.put("vision_model.post_layernorm.bias", root.ones(new Shape(5)));
      Checkpoint.save(checkpoint, published, config());
    }
    WordTokenizer.learn(Stream.of("a b c"), 1).save(checkpoint);
  }

  private static String published(String name) {
    boolean own = name.matches("(query_tokens|qformer|language_projection).*");
    return own ? name : "language_model." + name;
  }

  private static ObjectNode config() {
    ObjectNode config = new ObjectMapper().createObjectNode().put("model_type", "blip-2");
    config.put("num_query_tokens", 3).set("text_config", CONFIG.toJson());
    config
        .putObject("qformer_config")
        .put("hidden_size", 8)
        .put("num_hidden_layers", 2)
        .put("num_attention_heads", 2)
        .put("intermediate_size", 16)
        .put("cross_attention_frequency", 2);
    return config;
  }

  private StageSettings stage(String fusion) throws IOException {
    Path config =
        Files.writeString(
            directory.resolve("mine.conf"),
            """
            features = detr
            fusion = %s
            model.checkpoint = "%s"
            pipeline.answer.format = QCM-A
            """
                .formatted(fusion, checkpoint));
    return new ExperimentReader(FUSIONS, getClass().getClassLoader())
        .read(config, List.of())
        .variants()
        .get(0)
        .recipe()
        .pipeline()
        .get("answer");
  }

  private PictureFeatures pictures(StageSettings stage) throws IOException {
    return Pictures.open(data, stage.features(), Control.NONE, 1, directory.resolve("cache"));
  }

  private void check(StageSettings stage) throws IOException {
    StageFit fit =
        new StageFit(
            new OpenedFiles(directory, new FileHashes(directory.resolve(".hashes"), false)),
            FUSIONS);
    fit.check(stage.model(), true, new DataPlace(Optional.of(data), Optional.empty(), ""));
    fit.check(stage, data);
  }

  @Test
  void isLoadedWithEveryWeightOfTextAndQueries() throws IOException {
    StageSettings stage = stage(RIGHT);
    assertThatCode(() -> check(stage)).doesNotThrowAnyException();
    try (LoadedModel loaded =
        LoadedModel.open(
            T5Config.read(checkpoint.resolve(Checkpoint.CONFIG)),
            ModelWeights.start(
                Optional.of(checkpoint),
                new Tuning.All(),
                FrozenWeights.FLOAT32,
                new FileHashes(checkpoint.resolve(".hashes"), false)),
            stage.fusion(),
            Optional.of(pictures(stage)),
            FUSIONS,
            Device.cpu(),
            Precision.FLOAT32,
            7)) {
      assertThatCode(() -> loaded.checkFit(true)).doesNotThrowAnyException();
    }
  }

  @Test
  void settingsOfAnotherQFormerAreToldBeforeAnythingIsComputed() throws IOException {
    StageSettings stage = stage(RIGHT.replace("heads = 2", "heads = 4"));
    assertThatThrownBy(() -> check(stage))
        .isInstanceOf(UserError.class)
        .hasMessage(
            checkpoint
                + " has a fusion with other settings than fusion = qformer\n"
                + "  heads must be 2, as qformer_config.num_attention_heads says, found 4");
  }

  /** Which looks at the picture through another door. */
  @Test
  void anotherFusionDoesNotTakeIts() throws IOException {
    assertThatThrownBy(() -> check(stage("gated")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            checkpoint + " has weights that are not those of fusion = gated\nunexpected (");
  }
}
