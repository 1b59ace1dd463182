package dev.fusebox.lab.plan;

import static dev.fusebox.lab.plan.SmallCheckpoint.CONFIG;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StageFitTest {

  @TempDir private Path directory;
  private SmallCheckpoint small;
  private Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    small = SmallCheckpoint.in(directory);
    checkpoint = small.folder();
  }

  private void check() throws IOException {
    check(false);
  }

  private void check(boolean sees) throws IOException {
    ModelShape shape = new ModelShape(16, 4, 4, 64, 2, 2, false);
    ModelSettings model =
        new ModelSettings(
            Optional.of(checkpoint), shape, Optional.empty(), VocabularyChoice.ALL, List.of());
    DataPlace place = new DataPlace(Optional.of(directory), Optional.empty(), "");
    new StageFit(
            new OpenedFiles(directory, new FileHashes(directory.resolve(".hashes"), false)),
            new FusionCatalogue(List.of()))
        .check(model, sees, place);
  }

  private void config(ObjectNode config) throws IOException {
    Files.writeString(checkpoint.resolve("config.json"), config.toString());
  }

  @Test
  void whatBelongsTogetherPasses() {
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  @Test
  void aTokenizerOfAnotherModelIsNamed() throws IOException {
    String words = String.join(" ", Stream.iterate("x", word -> word + "x").limit(70).toList());
    WordTokenizer.learn(Stream.of(words), 1).save(checkpoint);
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageMatching(
            "\\Q%s\\E has \\d+ tokens, but the model in \\Q%s\\E knows 64 \\(vocab_size\\): the tokenizer belongs to another model"
                .formatted(checkpoint.resolve("words.json"), checkpoint));
  }

  @Test
  void weightsOfAnotherShapeAreNamed() throws IOException {
    config(CONFIG.toJson().put("num_layers", 3));
    assertThatThrownBy(this::check)
        .hasMessage(
            checkpoint
                + " does not fit its config.json: the weights have 2 + 2 layers, config.json 3 + 2");
    config(CONFIG.toJson().put("vocab_size", 2_000_000_000));
    assertThatThrownBy(this::check)
        .hasMessage(
            checkpoint
                + " does not fit its config.json: shared.weight is (64, 16) in the weights, (2000000000, 16) by config.json");
    config(CONFIG.toJson().put("d_ff", 65));
    assertThatThrownBy(this::check)
        .hasMessageContaining("wi.weight is (64, 16) in the weights, (65, 16)");
  }

  @Test
  void weightsThatAreMissingAreNamedBeforeAnythingIsComputed() throws IOException {
    String bias = "decoder.block.0.layer.0.SelfAttention.relative_attention_bias.weight";
    saveWithout(name -> name.equals(bias));
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessage(checkpoint + " does not fit its config.json: missing weights (1): " + bias);
    saveWithout(name -> name.contains("decoder.block.1.") && name.contains("Attention"));
    assertThatThrownBy(this::check)
        .hasMessageContaining("does not fit its config.json: missing weights (8): ")
        .hasMessageEndingWith(
            "decoder.block.1.layer.0.SelfAttention.q.weight,"
                + " decoder.block.1.layer.0.SelfAttention.k.weight,"
                + " decoder.block.1.layer.0.SelfAttention.v.weight, ...");
  }

  @Test
  void weightsThatT5DoesNotHaveAreNamed() throws IOException {
    small.save(
        weights -> {
          NDArray norm = weights.get("encoder.final_layer_norm.weight");
          weights.put("decoder.block.1.layer.3.adapter.down.weight", norm);
          weights.put("encoder.block.1.layer.0.SelfAttention.q.bias", norm);
          weights.put("encoder.final_layer_norm.bias", norm);
          weights.put("decoder.block.1.layer.3.adapter.up.weight", norm);
        });
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            checkpoint + " does not fit its config.json: unexpected weights (4): ")
        .hasMessageContaining("decoder.block.1.layer.3.adapter.down.weight")
        .hasMessageEndingWith(", ...");
  }

  @Test
  void aFeedForwardOfTheOtherKindIsNamedWithBothItsSides() throws IOException {
    config(CONFIG.toJson().put("feed_forward_proj", "gated-gelu"));
    assertThatThrownBy(this::check)
        .hasMessageContaining(
            "missing weights (8): encoder.block.0.layer.1.DenseReluDense.wi_0.weight")
        .hasMessageContaining(
            "; unexpected weights (4): encoder.block.0.layer.1.DenseReluDense.wi.weight,");
  }

  @Test
  void aHeadOrAnEmbeddingThatIsMissingIsNamed() throws IOException {
    config(CONFIG.toJson().put("tie_word_embeddings", false));
    assertThatThrownBy(this::check).hasMessageEndingWith("missing weights (1): lm_head.weight");
    saveWithout("shared.weight"::equals);
    assertThatThrownBy(this::check)
        .hasMessageEndingWith(
            "the embedding is missing, shared.weight or encoder.embed_tokens.weight or"
                + " decoder.embed_tokens.weight");
  }

  @Test
  void weightsOfAFusionAreRefusedWhereThereIsNone() throws IOException {
    small.save(
        weights ->
            weights.put(
                "encoder.gate_dense.weight", weights.get("encoder.final_layer_norm.weight")));
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessage(
            checkpoint
                + " has weights that are not of a T5 (1): encoder.gate_dense.weight. If they are a"
                + " fusion's, set fusion and features; a model without pictures has no place for"
                + " them");
    assertThatCode(() -> check(true)).doesNotThrowAnyException();
  }

  @Test
  void whatAModelWasWrappedInIsNamed() throws IOException {
    small.save(
        weights -> {
          Map<String, NDArray> wrapped = new TreeMap<>();
          weights.forEach((name, array) -> wrapped.put("module." + name, array));
          weights.clear();
          weights.putAll(wrapped);
        });
    assertThatThrownBy(this::check)
        .hasMessage(
            checkpoint
                + " does not fit its config.json: module.encoder.final_layer_norm.weight is in the"
                + " weights, encoder.final_layer_norm.weight expected: the model was saved inside a wrapper; save only the model, or remove 'module.' from the names");
  }

  @Test
  void aSecondTableOfOtherNumbersIsNamed() throws IOException {
    small.save(weights -> weights.put("lm_head.weight", weights.get("shared.weight").add(1)));
    assertThatThrownBy(this::check)
        .hasMessageEndingWith(
            "lm_head.weight differs from shared.weight, and tie_word_embeddings = true in"
                + " config.json says that they are one");
    config(CONFIG.toJson().put("tie_word_embeddings", false));
    assertThatCode(this::check).doesNotThrowAnyException();
    small.save(
        weights -> weights.put("encoder.embed_tokens.weight", weights.get("shared.weight").add(1)));
    assertThatThrownBy(this::check)
        .hasMessageEndingWith(
            "encoder.embed_tokens.weight differs from shared.weight; T5 has one embedding for both");
  }

  @Test
  void wholeNumbersAreNamed() throws IOException {
    Path file = checkpoint.resolve("model.safetensors");
    String text = Files.readString(file, StandardCharsets.ISO_8859_1);
    String name = "decoder.block.1.layer.2.DenseReluDense.wo.weight";
    int type = text.indexOf("F32", text.indexOf(name));
    Files.writeString(
        file,
        text.substring(0, type) + "I32" + text.substring(type + 3),
        StandardCharsets.ISO_8859_1);
    assertThatThrownBy(this::check).hasMessageEndingWith(name + " holds whole numbers (I32)");
  }

  @Test
  void whatIsNoFolderIsNamed() throws IOException {
    Path folder = checkpoint;
    checkpoint = folder.resolve("model.safetensors");
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessage(
            "model.checkpoint: %s is a file; the folder is expected where it lies with config.json and a tokenizer"
                .formatted(checkpoint));
    checkpoint = folder.resolve("google/flan-t5-base");
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            "model.checkpoint: there is no folder %s. Nothing is downloaded: "
                .formatted(checkpoint));
  }

  @Test
  void theEmbeddingMayLieUnderAnotherOfItsNames() throws IOException {
    small.save(
        weights -> weights.put("encoder.embed_tokens.weight", weights.remove("shared.weight")));
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  private void saveWithout(Predicate<String> left) throws IOException {
    small.save(weights -> weights.keySet().removeIf(left));
  }

  @Test
  void otherIdsOfPaddingAndEndAreNamed() throws IOException {
    config(CONFIG.toJson().put("eos_token_id", 5));
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            checkpoint.resolve("config.json") + ": pad_token_id and eos_token_id must be 0 and 1");
  }

  @Test
  void aConfigThatIsNotReadIsAUsersError() throws IOException {
    config(CONFIG.toJson().put("model_type", "umt5"));
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model_type must be one of");
  }

  @Test
  void matricesThatAreToBeTunedAreThere() throws IOException {
    Path data = directory.resolve("data");
    DemoData.write(DemoSettings.of(12, 1), data);
    assertThatCode(() -> tuned("[q, v]")).doesNotThrowAnyException();
    assertThatThrownBy(() -> tuned("[wi_0, q]"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "model.tune.targets: wi_0 is none of the matrices in %s. A T5 v1.0 has wi, v1.1 and FLAN wi_0 and wi_1 in its place"
                .formatted(checkpoint));
  }

  private void tuned(String targets) throws IOException {
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    Path config =
        Files.writeString(
            directory.resolve("mine.conf"),
            "model { checkpoint = \"%s\", tune { method = lora, targets = %s } }\npipeline.answer.format = QCM-A"
                .formatted(checkpoint, targets));
    ModelSettings model =
        new ExperimentReader(fusions, getClass().getClassLoader())
            .read(config, List.of())
            .variants()
            .get(0)
            .recipe()
            .pipeline()
            .get("answer")
            .model();
    fit().check(model, false, new DataPlace(Optional.of(directory), Optional.empty(), ""));
  }

  private StageFit fit() {
    return new StageFit(
        new OpenedFiles(directory, new FileHashes(directory.resolve(".hashes"), false)),
        new FusionCatalogue(List.of()));
  }

  @Test
  void manyWeightsThatAreLeftOverAreCountedAndThreeShown() throws IOException {
    small.save(
        weights -> {
          for (String name : List.of("a", "b", "c", "d")) {
            weights.put("qformer." + name, weights.get("encoder.final_layer_norm.weight"));
          }
        });
    assertThatThrownBy(this::check)
        .hasMessageContaining(
            "not of a T5 (4): qformer.a, qformer.b, qformer.c, .... If they are a fusion's");
    small.save(
        weights -> {
          for (String name : List.of("a", "b", "c")) {
            weights.put("qformer." + name, weights.get("encoder.final_layer_norm.weight"));
          }
        });
    assertThatThrownBy(this::check)
        .hasMessageContaining("not of a T5 (3): qformer.a, qformer.b, qformer.c. If they are");
  }

  @Test
  void theCheckpointsOwnTokenizerIsCheckedBeforeTheDataAreMade() throws IOException {
    ModelShape shape = new ModelShape(16, 4, 4, 64, 2, 2, false);
    DataPlace generated = new DataPlace(Optional.empty(), Optional.empty(), "");
    ModelSettings model =
        new ModelSettings(
            Optional.of(checkpoint), shape, Optional.empty(), VocabularyChoice.ALL, List.of());
    assertThatCode(() -> fit().check(model, false, generated)).doesNotThrowAnyException();
    String words = String.join(" ", Stream.iterate("x", word -> word + "x").limit(70).toList());
    WordTokenizer.learn(Stream.of(words), 1).save(checkpoint);
    assertThatThrownBy(() -> fit().check(model, false, generated))
        .hasMessageContaining("the tokenizer belongs to another model");
    ModelSettings fresh =
        new ModelSettings(
            Optional.empty(), shape, Optional.empty(), VocabularyChoice.ALL, List.of());
    assertThatCode(() -> fit().check(fresh, false, generated)).doesNotThrowAnyException();
  }

  @Test
  void aCheckpointWithoutItsFilesIsAUsersError() throws IOException {
    Path weights = checkpoint.resolve("model.safetensors");
    Files.writeString(weights, "no tensors");
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("model.safetensors");
    Files.delete(weights);
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining(checkpoint.toString());
    Files.delete(checkpoint.resolve("config.json"));
    assertThatThrownBy(this::check)
        .isInstanceOf(UserError.class)
        .hasMessageContaining("config.json");
  }

  /** Many variants share one checkpoint, and reading it takes seconds. */
  @Test
  void eachPairOfFilesIsCheckedOnce() throws IOException {
    StageFit fit = fit();
    ModelSettings model =
        new ModelSettings(
            Optional.of(checkpoint),
            new ModelShape(16, 4, 4, 64, 2, 2, false),
            Optional.empty(),
            VocabularyChoice.ALL,
            List.of());
    DataPlace place = new DataPlace(Optional.of(directory), Optional.empty(), "");
    fit.check(model, false, place);
    Files.writeString(checkpoint.resolve("model.safetensors"), "no tensors");
    assertThatCode(() -> fit.check(model, false, place)).doesNotThrowAnyException();
    assertThatThrownBy(() -> fit.check(model, true, place)).isInstanceOf(UserError.class);
  }
}
