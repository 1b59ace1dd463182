package dev.fusebox.lab.plan;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** A T5 of 64 words in a folder, with its tokenizer, which may be given other weights. */
record SmallCheckpoint(Path folder) {

  static final T5Config CONFIG = T5Config.small(64, 16, 4).withDepths(2, 2);

  /** Written into the folder {@code checkpoint} of a directory. */
  static SmallCheckpoint in(Path directory) throws IOException {
    SmallCheckpoint checkpoint = new SmallCheckpoint(directory.resolve("checkpoint"));
    checkpoint.save(weights -> {});
    WordTokenizer.learn(Stream.of("a b c"), 1).save(checkpoint.folder());
    return checkpoint;
  }

  /** Writes fresh weights and the config, replacing those that are there. */
  void save(Consumer<Map<String, NDArray>> change) throws IOException {
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 1)) {
      T5Model.textOnly(CONFIG, parameters, Ops.load(root, Precision.FLOAT32));
      Map<String, NDArray> kept = new LinkedHashMap<>(parameters.all());
      change.accept(kept);
      Checkpoint.save(folder, kept, CONFIG.toJson());
    }
  }
}
