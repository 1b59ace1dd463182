package dev.fusebox.vision;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** A ViT of two layers for pictures of 8 × 8 pixels, in Hugging Face's files. */
public final class TinyVit {

  /** P: the class token and four patches. */
  public static final int PATCHES = 5;

  /** V. */
  public static final int WIDTH = 8;

  /** Pixels down and across. */
  public static final int SIDE = 8;

  private static final int PATCH = 4;
  private static final int INNER = 16;
  private static final List<String> ATTENTION =
      List.of(
          "attention.attention.query",
          "attention.attention.key",
          "attention.attention.value",
          "attention.output.dense");

  private final Random random;
  private final Map<String, NDArray> weights = new LinkedHashMap<>();
  private final NDManager manager;

  private TinyVit(NDManager manager, long seed) {
    this.manager = manager;
    this.random = new Random(seed);
  }

  /** Writes one with random weights. */
  public static Path write(Path directory, long seed) throws IOException {
    Files.createDirectories(directory);
    Files.writeString(
        directory.resolve("config.json"),
        """
        {"model_type": "vit", "image_size": 8, "patch_size": 4, "hidden_size": 8, "num_hidden_layers": 2,
         "num_attention_heads": 2, "intermediate_size": 16, "num_channels": 3}
        """);
    Files.writeString(
        directory.resolve("preprocessor_config.json"),
        """
        {"do_resize": true, "size": {"height": 8, "width": 8}, "resample": 2, "do_rescale": true, "rescale_factor": 0.00392156862745098,
         "do_normalize": true, "image_mean": [0.5, 0.5, 0.5], "image_std": [0.5, 0.5, 0.5]}
        """);
    try (NDManager manager = NDManager.newBaseManager(Device.cpu())) {
      TinyVit vit = new TinyVit(manager, seed);
      vit.draw();
      new SafetensorsWriter()
          .addAll(vit.weights, ElementType.F32)
          .write(directory.resolve("model.safetensors"));
    }
    return directory;
  }

  private void draw() {
    normal("embeddings.cls_token", 0, 1, 1, WIDTH);
    normal("embeddings.position_embeddings", 0, 1, PATCHES, WIDTH);
    normal("embeddings.patch_embeddings.projection.weight", 0, WIDTH, 3, PATCH, PATCH);
    normal("embeddings.patch_embeddings.projection.bias", 0, WIDTH);
    for (String layer : List.of("encoder.layer.0.", "encoder.layer.1.")) {
      norm(layer + "layernorm_before");
      ATTENTION.forEach(name -> linear(layer + name, WIDTH, WIDTH));
      norm(layer + "layernorm_after");
      linear(layer + "intermediate.dense", WIDTH, INNER);
      linear(layer + "output.dense", INNER, WIDTH);
    }
    norm("layernorm");
  }

  private void norm(String name) {
    normal(name + ".weight", 1, WIDTH);
    normal(name + ".bias", 0, WIDTH);
  }

  private void linear(String name, int in, int out) {
    normal(name + ".weight", 0, out, in);
    normal(name + ".bias", 0, out);
  }

  private void normal(String name, float mean, long... shape) {
    FloatBuffer numbers = FloatBuffer.allocate((int) new Shape(shape).size());
    while (numbers.hasRemaining()) {
      numbers.put((float) (mean + 0.3 * random.nextGaussian()));
    }
    weights.put(name, manager.create(numbers.array(), new Shape(shape)));
  }
}
