package dev.fusebox.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.picture.Picture;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Resized pictures against Pillow ({@code make.py} beside them). */
final class ResizeTest {

  private static Path file(String name) {
    try {
      return Path.of(ResizeTest.class.getResource(name).toURI());
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
          new Resize.Squash(height, width, filter)
              .apply(PictureReader.read(file(parts.get(1)), Transparency.IGNORED));
      assertThat(difference(found, expected.longs(each))).as(each).isZero();
    }
  }
}
