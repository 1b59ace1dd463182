package dev.fusebox.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

final class CheckpointGoldenTest {

  @Test
  void loadsEveryTensorUnderItsName() throws IOException {
    for (Path directory : Goldens.cases("t5")) {
      SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"));
      assertHolds(Checkpoint.open(directory), file);
    }
    for (Path directory : Goldens.cases("mmcot")) {
      SafetensorsFile file = SafetensorsFile.open(directory.resolve("model.safetensors"));
      assertThat(file.names())
          .contains("encoder.image_dense.weight", "encoder.mha_layer.in_proj_weight");
      assertHolds(Checkpoint.open(directory), file);
    }
  }

  @Test
  void loadsShards() throws IOException {
    Checkpoint sharded = Checkpoint.open(Goldens.directory().resolve("files/sharded"));
    assertThat(sharded.files()).hasSize(3);
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1)) {
      sharded.into(parameters);
      for (String name : sharded.names()) {
        parameters.declare(name, sharded.tensor(name).shape(), Initializer.zeros());
        assertThat(parameters.get(name).sum().getFloat()).as(name).isNotZero();
      }
      assertThat(parameters.report().complete()).isTrue();
    }
  }

  private static void assertHolds(Checkpoint checkpoint, SafetensorsFile expected)
      throws IOException {
    assertThat(checkpoint.names()).containsExactlyInAnyOrderElementsOf(expected.names());
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1)) {
      checkpoint.into(parameters);
      for (String name : expected.names()) {
        if (name.endsWith("embed_tokens.weight")) {
          parameters.tie(name, "shared.weight");
        } else {
          parameters.declare(name, expected.shape(name), Initializer.zeros());
        }
      }
      for (String name : expected.names()) {
        float[] found = parameters.get(name).toFloatArray();
        assertThat(Arrays.equals(found, expected.floats(name))).as(name).isTrue();
      }
      assertThat(parameters.report()).hasToString("every parameter found");
    }
  }
}
