package dev.fusebox.vision.exported;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import dev.fusebox.vision.Pool;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.TinyVit;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.VisionBackbones;
import dev.fusebox.vision.picture.Preprocessing;
import dev.fusebox.vision.picture.Resampling;
import dev.fusebox.vision.picture.Resize;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that others exported: small ones of our own ({@code make.py}), and a real network. */
final class ExportedBackboneTest {

  private static NDManager root;
  private static Ops ops;

  @TempDir Path folder;

  @BeforeAll
  static void open() {
    root = NDManager.newBaseManager(Device.cpu());
    ops = Ops.load(root, Precision.FLOAT32);
  }

  @AfterAll
  static void close() {
    root.close();
  }

  private static Path small(String name) {
    try {
      return Path.of(ExportedBackboneTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static VisionBackbone backbone(Path file, Readout readout) {
    try {
      return VisionBackbones.of(ExportedBackboneTest.class.getClassLoader())
          .open(file, readout, root, ops);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a small network makes of (2, 3, 4, 6) pixels that count up from 0. */
  private static NDArray looked(Step step, Path file, Readout readout) {
    NDArray pixels =
        step.manager().arange(0, 144, 1, DataType.FLOAT32).reshape(new Shape(2, 3, 4, 6));
    try (VisionBackbone backbone = backbone(file, readout)) {
      backbone.requireSize(4, 6);
      return backbone.forward(pixels);
    }
  }

  /** {@code make.py}: means of squares of two pixels, so (B, 3, 2, 3), or that row by row. */
  @ParameterizedTest
  @ValueSource(strings = {"map.pt", "map.onnx", "sequence.pt", "sequence.onnx"})
  void readsAMapRowByRowAndASequenceAsItIs(String name) {
    try (Step step = Step.inference(root)) {
      NDArray features = looked(step, small(name), Readout.last());
      assertThat(features.getShape()).isEqualTo(new Shape(2, 6, 3));
      // the first square holds 0, 1, 6, 7; its neighbour 2, 3, 8, 9; the color's plane 24 numbers
      assertThat(Arrays.copyOf(features.toFloatArray(), 6))
          .containsExactly(3.5f, 27.5f, 51.5f, 5.5f, 29.5f, 53.5f);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"map.pt", "map.onnx"})
  void poolsByTheMean(String name) {
    try (Step step = Step.inference(root)) {
      NDArray features = looked(step, small(name), Readout.last().pooled(Pool.MEAN));
      assertThat(features.getShape()).isEqualTo(new Shape(2, 1, 3));
      assertThat(Arrays.copyOf(features.toFloatArray(), 3)).containsExactly(11.5f, 35.5f, 59.5f);
    }
  }

  @Test
  void readsANamedOutput() {
    try (Step step = Step.inference(root)) {
      NDArray features = looked(step, small("two.onnx"), Readout.last().ofOutput("second"));
      assertThat(features.toFloatArray()[0]).isEqualTo(-3.5f);
    }
  }

  @Test
  void gradientsReachThePixelsOfATorchScriptFile() {
    try (Step step = Step.training(root);
        VisionBackbone backbone = backbone(small("map.pt"), Readout.last())) {
      NDArray pixels = step.manager().ones(new Shape(1, 3, 4, 6));
      pixels.setRequiresGradient(true);
      step.backward(backbone.forward(pixels).sum());
      assertThat(pixels.getGradient().toFloatArray()).containsOnly(0.25f);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "two.onnx    | two.onnx: name one of its outputs: first, second",
        "flat.pt     | flat.pt: the output must be (batch, patches, width) or (batch, width, rows, columns), with batch = 2 here, found (2, 72)",
        "flat.onnx   | flat.onnx: the output must be (batch, patches, width) or (batch, width, rows, columns), with batch = 2 here, found (2, 72)",
        "pair.pt     | pair.pt: forward must give one tensor, found (Tensor, Tensor)"
      })
  void refusesWhatGivesSomethingElse(String name, String message) {
    try (Step step = Step.inference(root)) {
      assertThatThrownBy(() -> looked(step, small(name), Readout.last()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(message);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"map.pt", "map.onnx"})
  void refusesWhatIsCutOff(String name) throws IOException {
    byte[] whole = Files.readAllBytes(small(name));
    Path cut = folder.resolve(name);
    Files.write(cut, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> backbone(cut, Readout.last()))
        .hasRootCauseInstanceOf(Exception.class)
        .hasMessageMatching("(?s).*\\Q" + cut + "\\E: not a (complete|readable) .*");
  }

  @Test
  void refusesWhatNoBackboneTakes() throws IOException {
    Path file = Files.writeString(folder.resolve("weights.bin"), "x");
    assertThatThrownBy(() -> backbone(file, Readout.last()))
        .hasMessage(
            file
                + ": no backbone takes it; known: clip (a directory whose config.json says model_type clip or clip_vision_model), onnx (a .onnx file), torchscript (a .pt or .torchscript file of torch.jit.save), vit (a directory whose config.json says model_type vit, or names a vit_* of timm)");
  }

  @Test
  void aTorchScriptFileAloneIsAProgram() throws IOException {
    VisionBackbones kinds = VisionBackbones.of(ExportedBackboneTest.class.getClassLoader());
    assertThat(kinds.isProgram(small("map.pt"))).isTrue();
    assertThat(kinds.isProgram(small("map.onnx"))).isFalse();
    Path vit = TinyVit.write(folder.resolve("vit"), 1);
    assertThat(kinds.isProgram(vit)).isFalse();
    for (Path path : List.of(small("map.pt"), small("map.onnx"), vit)) {
      try (VisionBackbone opened = backbone(path, Readout.last())) {
        assertThat(kinds.files(path)).isEqualTo(opened.files());
      }
    }
  }

  @Test
  void aTorchScriptFileIsNeverLookedForInADirectory() throws IOException {
    Files.copy(small("map.pt"), folder.resolve("map.pt"));
    assertThatThrownBy(() -> backbone(folder, Readout.last()))
        .hasMessageContaining(folder + ": no backbone takes it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"map.pt", "map.onnx"})
  void refusesReadoutsThatItCannotKnow(String name) {
    assertThatThrownBy(() -> backbone(small(name), Readout.last().ofLayer(-2)))
        .hasMessageContaining("does not support layer -2");
    assertThatThrownBy(() -> backbone(small(name), Readout.last().pooled(Pool.CLASS)))
        .hasMessageContaining("does not support pool class");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pt", "onnx"})
  void aRealNetworkGivesTheFeaturesOfPython(String form) throws IOException {
    Path backbones = Goldens.shared("data/backbones");
    Path images = Goldens.shared("data/scienceqa/images");
    SafetensorsFile expected = SafetensorsFile.open(backbones.resolve("expected.safetensors"));
    Preprocessing preprocessing =
        new Preprocessing(
            Optional.of(new Resize.Squash(224, 224, Resampling.BICUBIC)),
            Optional.empty(),
            1 / 128.0,
            List.of(127 / 128.0, 127 / 128.0, 127 / 128.0),
            List.of(1.0, 1.0, 1.0));
    Path file = backbones.resolve("efficientnet-lite0." + form);
    try (VisionBackbone backbone = backbone(file, Readout.last())) {
      for (String name : List.of("test/1002/image.jpg", "train/1347/image.jpg")) {
        float[] pixels =
            preprocessing.pixels(PictureReader.read(images.resolve(name), Transparency.IGNORED));
        float[] found = features(backbone, pixels);
        assertThat(cosine(found, expected.floats("features:" + name)))
            .as(name)
            .isGreaterThan(0.9999);
      }
      float[] ramp = new float[3 * 224 * 224];
      for (int i = 0; i < ramp.length; i++) {
        ramp[i] = (float) (-1 + 2.0 * i / (ramp.length - 1));
      }
      Goldens.assertClose("ramp", features(backbone, ramp), expected.floats("features:ramp"), 1e-4);
    }
  }

  private static float[] features(VisionBackbone backbone, float[] pixels) {
    try (Step step = Step.inference(root)) {
      NDArray array = step.manager().create(pixels, new Shape(1, 3, 224, 224));
      NDArray features = backbone.forward(array);
      assertThat(features.getShape()).isEqualTo(new Shape(1, 49, 1280));
      return features.toFloatArray();
    }
  }

  private static double cosine(float[] a, float[] b) {
    double dot = 0;
    double left = 0;
    double right = 0;
    for (int i = 0; i < a.length; i++) {
      dot += (double) a[i] * b[i];
      left += (double) a[i] * a[i];
      right += (double) b[i] * b[i];
    }
    assertThat(left).isCloseTo(right, within(0.02 * right));
    return dot / Math.sqrt(left * right);
  }
}
