package dev.fusebox.fusion.crossattn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.BlindText;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Connector;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Frames;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Gate;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Place;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.ResamplerConfig;
import dev.fusebox.fusion.crossattn.CrossAttentionFusionConfig.Sees;
import dev.fusebox.fusion.testkit.ReferencePart;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** open_flamingo's blocks, one by one; gradients are those of {@code sum(output · upstream)}. */
final class BlockGoldenTest {

  static List<Path> blocks() {
    return Goldens.list(Goldens.directory().resolve("flamingo")).stream()
        .filter(path -> path.getFileName().toString().startsWith("gated_xattn"))
        .toList();
  }

  @ParameterizedTest
  @MethodSource("blocks")
  void insertedBlock(Path file) throws IOException {
    boolean all = file.getFileName().toString().contains("all_previous");
    try (ReferencePart reference = ReferencePart.open(file, name -> "block." + name)) {
      CrossAttentionScript script = new CrossAttentionScript(reference.ops());
      NDArray text = reference.leaf("text"); // (B, T, D)
      NDArray media = reference.leaf("media"); // (B, M, N, W)
      Shape shape = media.getShape();
      CrossAttentionFusionConfig config = config(all ? Sees.ALL : Sees.LATEST);
      FusionContext context = reference.context((int) text.getShape().get(2), (int) shape.get(3));
      InsertedBlock block = new InsertedBlock("block", (int) shape.get(3), config, context, script);
      reference.parameters().train(name -> true);

      NDArray flat = media.reshape(shape.get(0), shape.get(1) * shape.get(2), shape.get(3));
      VisionFeatures vision = vision(reference, flat, shape);
      Visibility visibility = new Visibility(vision, false, config.sees(), script, reference.ops());
      NDArray output =
          block.apply(
              text,
              block.remember(flat),
              visibility.ofText(text.getShape().get(1)),
              visibility.whole());

      reference.assertValue(output, "output");
      reference.assertGradients(output);
    }
  }

  /** Each picture stands where the text says; a text that says nothing comes after all. */
  private static VisionFeatures vision(ReferencePart reference, NDArray flat, Shape media)
      throws IOException {
    long rows = media.get(0);
    int vectors = (int) (media.get(1) * media.get(2));
    long[] pictures = new long[(int) rows * vectors];
    long[] places = new long[pictures.length];
    for (int row = 0; row < rows; row++) {
      long[] positions = locations(reference, row);
      for (int i = 0; i < vectors; i++) {
        int picture = (int) (i / media.get(2));
        pictures[row * vectors + i] = picture;
        places[row * vectors + i] =
            positions.length == 0 ? 0 : picture < positions.length ? positions[picture] : 1_000;
      }
    }
    NDManager manager = reference.manager();
    Shape shape = new Shape(rows, vectors);
    return new VisionFeatures(
        flat, manager.ones(shape), manager.create(pictures, shape), manager.create(places, shape));
  }

  private static long[] locations(ReferencePart reference, int row) throws IOException {
    if (!reference.holds("media_locations")) {
      return new long[0];
    }
    long[] marks = reference.longs("media_locations");
    long length = reference.shape("media_locations").get(1);
    return LongStream.range(0, length).filter(i -> marks[(int) (row * length + i)] == 1).toArray();
  }

  @Test
  void perceiverResampler() throws IOException {
    Path file = Goldens.directory().resolve("flamingo/perceiver_resampler.safetensors");
    try (ReferencePart reference = ReferencePart.open(file, name -> "fusion.resampler." + name)) {
      NDArray features = reference.leaf("features"); // (B, M, F, P, W)
      Shape shape = features.getShape();
      int width = (int) shape.get(4);
      int latents = (int) reference.shape("param.latents").get(0);
      ResamplerConfig config = new ResamplerConfig(latents, 2, 3, 4);
      CrossAttentionScript script = new CrossAttentionScript(reference.ops());
      Resampler resampler =
          new Resampler(width, false, config, reference.context(width, width), script);
      NDArray frames = declared(reference, "frame_embs"); // (frames, W)
      NDArray pictures = declared(reference, "media_time_embs"); // (pictures, 1, W)
      reference.parameters().train(name -> !name.contains("projection"));

      NDArray x =
          features
              .add(frames.get("0:" + shape.get(2)).expandDims(1))
              .add(pictures.get("0:" + shape.get(1)).expandDims(1));
      VisionFeatures media = ofFrames(x);
      NDArray output = resampler.resample(media).features().reshape(reference.shape("output"));

      reference.assertValue(output, "output");
      reference.assertGradients(output);
    }
  }

  /** Vectors (B, M, F, P, W) of M pictures each. */
  private static VisionFeatures ofFrames(NDArray x) {
    Shape shape = x.getShape();
    long each = shape.get(2) * shape.get(3);
    long vectors = shape.get(1) * each;
    long[] numbers =
        LongStream.range(0, shape.get(0) * vectors).map(i -> i % vectors / each).toArray();
    Shape flat = new Shape(shape.get(0), vectors);
    NDManager manager = x.getManager();
    return new VisionFeatures(
        x.reshape(shape.get(0), vectors, shape.get(4)),
        manager.ones(flat),
        manager.create(numbers, flat));
  }

  private static NDArray declared(ReferencePart reference, String name) {
    return reference
        .parameters()
        .declare(
            "fusion.resampler." + name, reference.shape("param." + name), (manager, shape) -> null);
  }

  private static CrossAttentionFusionConfig config(Sees sees) {
    return new CrossAttentionFusionConfig(
        Place.BEFORE_DECODER,
        1,
        3,
        8,
        Gate.TANH,
        4,
        Connector.NONE,
        0,
        new ResamplerConfig(1, 1, 1, 1),
        Frames.PICTURES,
        0,
        sees,
        sees == Sees.ALL ? BlindText.MEAN : BlindText.NOTHING,
        false);
  }
}
