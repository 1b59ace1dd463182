package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.VocabularyChoice;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StageFitTest {

  private static final T5Config CONFIG = T5Config.small(64, 16, 4).withDepths(2, 2);

  @TempDir private Path directory;
  private Path checkpoint;

  @BeforeEach
  void write() throws IOException {
    checkpoint = directory.resolve("checkpoint");
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 1)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model.textOnly(CONFIG, parameters, ops);
      Checkpoint.save(checkpoint, parameters.all(), CONFIG.toJson());
    }
    WordTokenizer.learn(Stream.of("a b c"), 1).save(checkpoint);
  }

  private void check() throws IOException {
    ModelShape shape = new ModelShape(16, 4, 4, 64, 2, 2, false);
    ModelSettings model =
        new ModelSettings(
            Optional.of(checkpoint), shape, Optional.empty(), VocabularyChoice.ALL, List.of());
    DataPlace place = new DataPlace(Optional.of(directory), Optional.empty(), "");
    new StageFit(new OpenedFiles(directory, new FileHashes(directory.resolve(".hashes"), false)))
        .check(model, place);
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
                + " does not fit its config.json: 2 + 2 layers are in the weights, 3 + 2 in config.json");
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
        .hasMessage(checkpoint + " does not fit its config.json: weights are missing (1): " + bias);
    saveWithout(name -> name.contains("decoder.block.1.") && name.contains("Attention"));
    assertThatThrownBy(this::check)
        .hasMessageContaining("does not fit its config.json: weights are missing (8): ")
        .hasMessageEndingWith(
            "decoder.block.1.layer.0.SelfAttention.q.weight,"
                + " decoder.block.1.layer.0.SelfAttention.k.weight,"
                + " decoder.block.1.layer.0.SelfAttention.v.weight, ...");
  }

  @Test
  void theEmbeddingMayLieUnderAnotherOfItsNames() throws IOException {
    save(weights -> weights.put("encoder.embed_tokens.weight", weights.remove("shared.weight")));
    assertThatCode(this::check).doesNotThrowAnyException();
  }

  private void saveWithout(Predicate<String> left) throws IOException {
    save(weights -> weights.keySet().removeIf(left));
  }

  private void save(Consumer<Map<String, NDArray>> change) throws IOException {
    Files.delete(checkpoint.resolve("model.safetensors"));
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 1)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model.textOnly(CONFIG, parameters, ops);
      Map<String, NDArray> kept = new TreeMap<>(parameters.all());
      change.accept(kept);
      Checkpoint.save(checkpoint, kept, CONFIG.toJson());
    }
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
}
