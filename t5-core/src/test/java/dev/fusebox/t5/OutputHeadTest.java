package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.tensor.Activation;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a config and a checkpoint say about the head, as versions 4 and 5 of transformers mean it.
 */
final class OutputHeadTest {

  private static final int WIDTH = 16;
  private static final double SCALE = 4; // √D
  private static final T5Config CONFIG =
      new T5Config(
          40,
          WIDTH,
          4,
          32,
          2,
          2,
          2,
          32,
          128,
          0.1,
          1e-6,
          Activation.GELU_NEW,
          true,
          OutputHead.TIED,
          0,
          1,
          0);

  private final NDManager root = NDManager.newBaseManager();
  private final Ops ops = Ops.load(root, Precision.FLOAT32);
  @TempDir private Path directory;

  @AfterEach
  void close() {
    root.close();
  }

  @Test
  void version5SaysTheScaleApart() throws IOException {
    save(false, CONFIG.toJson());
    float[] scaled = logits(directory);
    save(false, CONFIG.toJson().put("scale_decoder_outputs", false));
    float[] plain = logits(directory);
    save(false, CONFIG.toJson().put("scale_decoder_outputs", true));
    assertThat(logits(directory)).isEqualTo(scaled);
    for (int i = 0; i < plain.length; i++) {
      assertThat((double) plain[i]).isEqualTo(scaled[i] * SCALE); // a power of two: exactly
    }
  }

  @Test
  void anotherMatrixInTheCheckpointIsTheHead() throws IOException {
    save(true, CONFIG.toJson().put("tie_word_embeddings", false));
    float[] own = logits(directory);
    save(
        true,
        CONFIG.toJson().put("scale_decoder_outputs", false)); // tie_word_embeddings stays true
    assertThat(logits(directory)).isEqualTo(own);
    save(false, CONFIG.toJson().put("scale_decoder_outputs", false));
    assertThat(logits(directory)).isNotEqualTo(own);
  }

  @Test
  void version4TiesWhateverElseThereIsAndThatIsTold() throws IOException {
    save(true, CONFIG.toJson());
    try (Parameters parameters = new Parameters(root, 1)) {
      Checkpoint.open(directory).into(parameters);
      T5Model.textOnly(T5Config.read(directory.resolve("config.json")), parameters, ops);
      assertThat(parameters.report().toString()).contains("lm_head.weight: differs from shared");
    }
  }

  @Test
  void whatIsReadIsWritten() throws IOException {
    for (boolean tied : new boolean[] {true, false}) {
      for (String key : new String[] {"scale_decoder_outputs", "none"}) {
        ObjectNode json = CONFIG.toJson().put("tie_word_embeddings", tied).put(key, !tied);
        save(false, json);
        T5Config read = T5Config.read(directory.resolve("config.json"));
        save(false, read.toJson());
        assertThat(T5Config.read(directory.resolve("config.json"))).isEqualTo(read);
      }
    }
  }

  @Test
  void numbersOfTransformers5() throws IOException {
    Path cases = Path.of(System.getProperty("fusebox.shared", "none"), "cases", "transformers5");
    Assumptions.assumeTrue(Files.isDirectory(cases), "no files of transformers 5 at " + cases);
    assertThat((double) logits(cases.resolve("v11-fresh"))[0]).isCloseTo(9.7179222, within(2e-5));
    logits(cases.resolve("resaved-v11"));
  }

  private void save(boolean ownHead, ObjectNode config) throws IOException {
    try (Parameters parameters = new Parameters(root, 1)) {
      T5Model.textOnly(CONFIG, parameters, ops);
      Map<String, NDArray> arrays = new LinkedHashMap<>(parameters.all());
      if (ownHead) {
        arrays.put(
            "lm_head.weight",
            parameters.declare("other", new Shape(40, WIDTH), Initializer.normal(1)));
      }
      Checkpoint.save(directory, arrays, config);
    }
  }

  private float[] logits(Path from) throws IOException {
    try (Parameters parameters = new Parameters(root, 1);
        Step step = Step.inference(root)) {
      Checkpoint.open(from).into(parameters);
      T5Model model = T5Model.textOnly(T5Config.read(from.resolve("config.json")), parameters, ops);
      assertThat(parameters.report().complete()).as(parameters.report().toString()).isTrue();
      NDArray ids = step.manager().create(new long[] {5, 6, 7, 8, 1}).reshape(1, 5);
      NDArray targets = step.manager().create(new long[] {0, 9, 10}).reshape(1, 3);
      TextStates encoded =
          model.encode(
              ids, step.manager().ones(new Shape(1, 5)), FusionPass.IDENTITY, Mode.INFERENCE);
      NDArray hidden = model.decode(targets, encoded, FusionPass.IDENTITY, Mode.INFERENCE);
      return model.logits(hidden, FusionPass.IDENTITY).toFloatArray();
    }
  }
}
