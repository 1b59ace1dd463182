package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tune.Adapter;
import dev.fusebox.t5.tune.Tuning;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Where a model is kept, so that {@link ModelWeights#stored} finds it.
 *
 * @param weights where its numbers came from
 * @param names of all its parameters
 * @param backbone one that is a part of it
 */
record ModelDirectory(
    ModelWeights weights, T5Config config, List<String> names, Optional<LearntBackbone> backbone) {

  /**
   * Writes it.
   *
   * @param later where the directory will be moved to
   * @param values of what is kept
   */
  void save(Path directory, Path later, Map<String, NDArray> values) throws IOException {
    Map<String, NDArray> own = new LinkedHashMap<>(values);
    Map<String, NDArray> seeing = new LinkedHashMap<>(values);
    own.keySet().removeIf(name -> name.startsWith(LearntBackbone.PREFIX));
    seeing.keySet().removeAll(own.keySet());
    if (backbone.isPresent()) {
      backbone.get().save(directory, seeing);
    }
    if (weights.base().isEmpty()) {
      Checkpoint.save(directory, own, config.toJson());
      return;
    }
    weights.base().orElseThrow().write(directory, later);
    JsonFiles.text(directory.resolve(Checkpoint.CONFIG), config.toJson().toPrettyString() + "\n");
    writeLearnt(directory, later, own);
  }

  private void writeLearnt(Path directory, Path later, Map<String, NDArray> kept)
      throws IOException {
    Tuning tuning = weights.tuning();
    Map<String, NDArray> added = new LinkedHashMap<>(kept);
    added.keySet().removeIf(name -> !tuning.adds(name));
    if (!added.isEmpty()) {
      Adapter.write(
          directory, tuning, added, names, config, weights.base().orElseThrow().from(later));
    }
    Map<String, NDArray> fusion = new LinkedHashMap<>(kept);
    fusion.keySet().removeAll(added.keySet());
    if (!fusion.isEmpty()) {
      new SafetensorsWriter()
          .addAll(fusion, ElementType.F32)
          .write(directory.resolve(Checkpoint.WEIGHTS));
    }
  }
}
