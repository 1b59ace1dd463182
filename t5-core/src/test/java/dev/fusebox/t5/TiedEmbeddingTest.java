package dev.fusebox.t5;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A checkpoint may hold the shared embedding under any one of its four names. */
class TiedEmbeddingTest {

  private static final String SHARED = "shared.weight";
  private static final T5Config CONFIG = T5Config.small(50, 16, 4).withFeedForwardWidth(24);

  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        SHARED,
        "lm_head.weight",
        "encoder.embed_tokens.weight",
        "decoder.embed_tokens.weight"
      })
  void anyNameWillDo(String name) throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters saved = new Parameters(root, 1);
        Parameters read = new Parameters(root, 2)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Model.textOnly(CONFIG, saved, ops);
      Map<String, NDArray> arrays = new LinkedHashMap<>(saved.all());
      NDArray embedding = arrays.remove(SHARED);
      arrays.put(name, embedding);
      Path file = directory.resolve("model.safetensors");
      new SafetensorsWriter().addAll(arrays, ElementType.F32).write(file);

      Checkpoint.open(file).into(read);
      T5Model.textOnly(CONFIG, read, ops);

      assertThat(read.report().complete()).as(read.report().toString()).isTrue();
      assertThat(read.all().get(SHARED).toFloatArray()).isEqualTo(embedding.toFloatArray());
    }
  }
}
