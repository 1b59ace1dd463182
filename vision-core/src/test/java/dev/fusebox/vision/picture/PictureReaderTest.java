package dev.fusebox.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.array.SafetensorsFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of every kind against Pillow ({@code make.py} beside them). */
final class PictureReaderTest {

  @TempDir Path folder;

  private static Path file(String name) {
    try {
      return Path.of(PictureReaderTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static SafetensorsFile expected() throws IOException {
    return SafetensorsFile.open(file("expected.safetensors"));
  }

  private static int difference(Picture found, long[] expected) {
    assertThat(found.bytes()).hasSize(expected.length);
    int worst = 0;
    for (int i = 0; i < expected.length; i++) {
      worst = Math.max(worst, Math.abs(Byte.toUnsignedInt(found.bytes()[i]) - (int) expected[i]));
    }
    return worst;
  }

  @ParameterizedTest
  @CsvSource({
    "grey.png, 0",
    "bits1.png, 0",
    "palette.png, 0",
    "alpha.png, 0",
    "greyalpha.png, 0",
    "color.gif, 0",
    "color.bmp, 0",
    "grey.jpg, 2",
    "color.jpg, 2",
    "cmyk.jpg, 2",
  })
  void readsWhatPillowReads(String name, int steps) throws IOException {
    Picture found = PictureReader.read(file(name));
    assertThat(difference(found, expected().longs("rgb:" + name))).isLessThanOrEqualTo(steps);
  }

  @Test
  void resizesAsPillowInEveryDirectionAndWithEveryFilter() throws IOException {
    SafetensorsFile expected = expected();
    List<String> cases =
        expected.names().stream().filter(name -> name.startsWith("resize:")).toList();
    assertThat(cases).hasSize(72);
    for (String each : cases) {
      List<String> parts = List.of(each.split(":"));
      Resampling filter = Resampling.of(Integer.parseInt(parts.get(2))).orElseThrow();
      int width = Integer.parseInt(parts.get(3));
      int height = Integer.parseInt(parts.get(4));
      Picture found =
          new Resize.Squash(height, width, filter).apply(PictureReader.read(file(parts.get(1))));
      assertThat(difference(found, expected.longs(each))).as(each).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"color.jpg", "alpha.png", "color.gif", "cmyk.jpg"})
  void aPictureThatIsCutOffIsNone(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path cut = folder.resolve(name);
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThatThrownBy(() -> PictureReader.read(cut))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith(cut + ": no picture: ");
  }

  @Test
  void aTextIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "hello");
    assertThatThrownBy(() -> PictureReader.read(text))
        .hasMessage(text + ": no picture: neither png, jpg, gif nor bmp");
    assertThatThrownBy(() -> PictureReader.read(folder.resolve("b.png")))
        .hasMessage(folder.resolve("b.png") + ": there is no such picture");
  }
}
