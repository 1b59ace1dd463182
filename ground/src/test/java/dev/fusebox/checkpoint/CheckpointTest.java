package dev.fusebox.checkpoint;

import static dev.fusebox.array.TorchArchives.pickle;
import static dev.fusebox.array.TorchArchives.tensor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.Goldens;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.array.TorchArchives;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckpointTest {

  private static final String SHARED = "shared.weight";
  private static final String ENCODER = "encoder.embed_tokens.weight";

  private final NDManager manager = NDManager.newBaseManager();
  @TempDir private Path directory;

  @AfterEach
  void close() {
    manager.close();
  }

  private void write(String name, Map<String, float[]> tensors) throws IOException {
    Map<String, NDArray> arrays = new LinkedHashMap<>();
    tensors.forEach((key, numbers) -> arrays.put(key, manager.create(numbers)));
    new SafetensorsWriter().addAll(arrays, ElementType.F32).write(directory.resolve(name));
  }

  private Parameters load() throws IOException {
    Parameters parameters = new Parameters(manager, 1);
    Checkpoint.open(directory).into(parameters);
    return parameters;
  }

  /** Hugging Face's InstructBLIP: a T5 within, BERT's words, and a vision transformer. */
  @Test
  void ofABlip2TheTextModelAndTheQueriesAreRead() throws IOException {
    Map<String, float[]> tensors = new LinkedHashMap<>();
    List<String> read =
        List.of(
            "query_tokens",
            "qformer.embeddings.position_embeddings.weight",
            "qformer.encoder.layer.0.intermediate.dense.bias",
            "qformer.encoder.layer.1.output_query.dense.bias",
            "language_projection.bias");
    List<String> passedOver =
        List.of(
            "vision_model.encoder.layers.0.self_attn.qkv.bias",
            "qformer.embeddings.word_embeddings.weight",
            "qformer.embeddings.position_ids",
            "qformer.encoder.layer.1.intermediate.dense.bias",
            "qformer.encoder.layer.1.output.dense.bias");
    read.forEach(name -> tensors.put(name, new float[] {1}));
    passedOver.forEach(name -> tensors.put(name, new float[] {2}));
    tensors.put("language_model.shared.weight", new float[] {3});
    tensors.put("language_model." + ENCODER, new float[] {3});
    tensors.put("language_model.encoder.block.0.layer.0.layer_norm.weight", new float[] {4});
    write("model.safetensors", tensors);
    Checkpoint checkpoint = Checkpoint.open(directory);
    assertThat(checkpoint.passedOver()).containsExactlyInAnyOrderElementsOf(passedOver);
    try (Parameters parameters = load()) {
      for (String name : read) {
        assertThat(parameters.declare(name, new Shape(1), Initializer.zeros()).toFloatArray())
            .containsExactly(1);
      }
      assertThat(parameters.declare(SHARED, new Shape(1), Initializer.zeros()).toFloatArray())
          .containsExactly(3);
      parameters.declare(
          "encoder.block.0.layer.0.layer_norm.weight", new Shape(1), Initializer.zeros());
      assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
    }
  }

  /** Other wrappers are not guessed at. */
  @Test
  void withoutQueriesNamesStayAsTheyAre() throws IOException {
    write(
        "model.safetensors",
        Map.of("language_model.encoder.block.0.layer.0.layer_norm.weight", new float[] {1}));
    assertThat(Checkpoint.open(directory).names())
        .containsExactly("language_model.encoder.block.0.layer.0.layer_norm.weight");
  }

  @Test
  void saysWhereItLooked() {
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessage(
            directory
                + " holds no weights; looked for model.safetensors, model.safetensors.index.json,"
                + " pytorch_model.bin, pytorch_model.bin.index.json");
    assertThatThrownBy(() -> Checkpoint.open(directory.resolve("nowhere")))
        .hasMessage(directory.resolve("nowhere") + ": no such file or directory");
  }

  @Test
  void weightsOfAnotherNameOrFormAreNamed() throws IOException {
    for (String name : List.of("last.ckpt", "model.fp16.safetensors", "tf_model.h5", "README.md")) {
      Files.writeString(directory.resolve(name), "x");
    }
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .isInstanceOf(NoSuchFileException.class)
        .hasMessageEndingWith(
            "pytorch_model.bin.index.json. There is last.ckpt, model.fp16.safetensors, tf_model.h5: give"
                + " safetensors or a file of torch.save one of these names, and let transformers save"
                + " what TensorFlow or Flax wrote (from_tf, from_flax)");
  }

  @Test
  void aMissingShardIsNamed() throws IOException {
    copyShards();
    Files.delete(directory.resolve("model-00002-of-00003.safetensors"));
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessage(
            directory.resolve("model.safetensors.index.json")
                + " names the part model-00002-of-00003.safetensors, which is not there; download it too");
  }

  @Test
  void aTruncatedShardIsNamed() throws IOException {
    copyShards();
    Path shard = directory.resolve("model-00003-of-00003.safetensors");
    byte[] whole = Files.readAllBytes(shard);
    Files.write(shard, Arrays.copyOf(whole, whole.length - 1));
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessageStartingWith(shard + ": truncated: ");
  }

  private void copyShards() throws IOException {
    try (Stream<Path> files = Files.list(Goldens.directory().resolve("files/sharded"))) {
      for (Path file : files.toList()) {
        Path copy = directory.resolve(file.getFileName().toString());
        Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  @Test
  void anIndexAndItsShardsMustAgree() throws IOException {
    write("a.safetensors", Map.of("x", new float[] {1}));
    write("b.safetensors", Map.of("x", new float[] {1}));
    Path index = directory.resolve("model.safetensors.index.json");
    Files.writeString(index, "{\"weight_map\": {\"y\": \"a.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessage(
            directory.resolve("a.safetensors")
                + ": holds no y, which model.safetensors.index.json looks for here");
    Files.writeString(index, "{\"weight_map\": {\"x\": \"../a.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessage(index + ": '../a.safetensors' is not the name of a file beside it");
    Files.writeString(index, "{}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessage(index + ": has no weight_map from tensor to file");
    write("c.safetensors", Map.of("x", new float[] {1}, "z", new float[] {1}));
    Files.writeString(
        index, "{\"weight_map\": {\"x\": \"a.safetensors\", \"z\": \"c.safetensors\"}}");
    assertThatThrownBy(() -> Checkpoint.open(directory))
        .hasMessage(directory.resolve("c.safetensors") + ": x is in a.safetensors too");
  }

  @Test
  void copiesOfTheEmbeddingAreReadOnceAndMustAgree() throws IOException {
    write("model.safetensors", Map.of(SHARED, new float[] {1, 2}, ENCODER, new float[] {1, 2}));
    try (Parameters parameters = load()) {
      parameters.declare(SHARED, new Shape(2), Initializer.zeros());
      assertThat(parameters.report()).hasToString("every parameter found");
      assertThat(parameters.get(SHARED).toFloatArray()).containsExactly(1, 2);
    }
    write("model.safetensors", Map.of(SHARED, new float[] {1, 2}, ENCODER, new float[] {1, 3}));
    assertThatThrownBy(this::load)
        .hasMessage(
            directory.resolve("model.safetensors")
                + ": "
                + ENCODER
                + " differs from shared.weight; T5 has one embedding for both");
  }

  @Test
  void aCopyAloneIsTheSharedEmbedding() throws IOException {
    write("model.safetensors", Map.of(ENCODER, new float[] {1, 2}));
    try (Parameters parameters = load()) {
      assertThat(parameters.declare(SHARED, new Shape(2), Initializer.zeros()).toFloatArray())
          .containsExactly(1, 2);
    }
  }

  @Test
  void weightsInsideATrainersStateAreFound() throws IOException {
    String program =
        "}(U\\x0astate_dict}U\\x01a"
            + tensor(0, "K\\x04\\x85", "K\\x01\\x85")
            + "sU\\x05stepsK\\x03U\\x09optimizer]"
            + tensor(0, "K\\x02\\x85", "K\\x01\\x85")
            + "au.";
    TorchArchives.write(directory.resolve("pytorch_model.bin"), pickle(program));
    assertThat(Checkpoint.open(directory).names()).containsExactly("a");
  }

  @Test
  void wholeNumbersAreNotParameters() {
    Path file = Goldens.directory().resolve("files/dtypes.safetensors");
    try (Parameters parameters = new Parameters(manager, 1)) {
      assertThatThrownBy(() -> Checkpoint.open(file).into(parameters))
          .hasMessageStartingWith(file + ": ")
          .hasMessageContaining(" holds whole numbers (");
    }
  }

  @Test
  void whatIsSavedIsLoadedAgainBitByBit() throws IOException {
    Path source = Goldens.cases("t5").get(0);
    SafetensorsFile original = SafetensorsFile.open(source.resolve("model.safetensors"));
    ObjectNode config =
        (ObjectNode) new ObjectMapper().readTree(source.resolve("config.json").toFile());
    try (Parameters parameters = new Parameters(manager, 1)) {
      Checkpoint.open(source).into(parameters);
      for (String name : original.names()) {
        parameters.declare(name, original.shape(name), Initializer.zeros());
      }
      Checkpoint.save(directory.resolve("saved"), parameters.all(), config);
    }
    SafetensorsFile saved = SafetensorsFile.open(directory.resolve("saved/model.safetensors"));
    assertThat(saved.names()).containsExactlyElementsOf(original.names());
    for (String name : original.names()) {
      assertThat(saved.digest(name)).as(name).isEqualTo(original.digest(name));
    }
    assertThat(new ObjectMapper().readTree(directory.resolve("saved/config.json").toFile()))
        .isEqualTo(config);
  }
}
