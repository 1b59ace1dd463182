package dev.fusebox.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.Goldens;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.picture.Picture;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pillow's and transformers' pixels of the same files. */
final class PreprocessingGoldenTest {

  private static final int SIDE = 48;
  private static final double STEP = 1 / 255.0;

  /** JPEG decoders may differ by a step or two. */
  private static final double JPEG = 2 * STEP;

  private static final List<Double> HALF = List.of(0.5, 0.5, 0.5);

  private static final Map<String, Preprocessing> STYLES =
      Map.of(
          "clip", PreprocessorFile.Style.CLIP.preprocessing().sized(SIDE, SIDE),
          "vit", PreprocessorFile.Style.VIT.preprocessing().sized(SIDE, SIDE),
          "timm",
              new Preprocessing(
                  Optional.of(new Resize.Squash(SIDE, SIDE, Resampling.BICUBIC)),
                  Optional.empty(),
                  STEP,
                  HALF,
                  HALF));

  private static Path directory() {
    return Goldens.directory().resolve("vision/preprocess");
  }

  /** The largest difference, in units of the picture's bytes divided by 255. */
  private static double difference(
      String style, Picture picture, SafetensorsFile expected, String name) throws IOException {
    Preprocessing preprocessing = STYLES.get(style);
    float[] found = preprocessing.pixels(picture);
    float[] wanted = expected.floats(style + ":" + name);
    assertThat(found).hasSameSizeAs(wanted);
    double worst = 0;
    for (int i = 0; i < found.length; i++) {
      double deviation = preprocessing.deviation().get(i / (SIDE * SIDE));
      worst = Math.max(worst, Math.abs(found[i] - wanted[i]) * deviation);
    }
    return worst;
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "vit", "timm"})
  void makesTheSamePixelsOfPng(String style) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory());
    List<String> names = names(expected, style, ".png");
    assertThat(names).hasSizeGreaterThanOrEqualTo(5);
    for (String name : names) {
      Picture picture = PictureReader.read(directory().resolve(name), Transparency.IGNORED);
      assertThat(difference(style, picture, expected, name))
          .as(style + " of " + name)
          .isLessThan(0.1 * STEP);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"clip", "vit", "timm"})
  void makesNearlyTheSamePixelsOfJpeg(String style) throws IOException {
    SafetensorsFile expected = Goldens.expected(directory());
    List<String> names = names(expected, style, ".jpg");
    assumeThat(names).as("skipped: this set of goldens has no photographs").isNotEmpty();
    Path images = Goldens.shared("data/scienceqa/images");
    for (String name : names) {
      Picture picture = PictureReader.read(images.resolve(name), Transparency.IGNORED);
      double found = difference(style, picture, expected, name);
      assertThat(found).as(style + " of " + name).isLessThan(JPEG);
    }
  }

  private static List<String> names(SafetensorsFile expected, String style, String ending) {
    return expected.names().stream()
        .filter(name -> name.startsWith(style + ":") && name.endsWith(ending))
        .map(name -> name.substring(style.length() + 1))
        .toList();
  }
}
