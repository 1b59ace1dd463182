package dev.fusebox.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.file.FileFormatException;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of every kind against Pillow; a {@code make.py} beside them tells how. */
@Timeout(20)
final class PictureReaderTest {

  @TempDir private Path folder;

  private static Path file(String name) {
    try {
      return Path.of(PictureReaderTest.class.getResource(name).toURI());
    } catch (URISyntaxException e) {
      throw new AssertionError(e);
    }
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
    SafetensorsFile expected = SafetensorsFile.open(file("expected.safetensors"));
    Picture found = PictureReader.read(file(name), Transparency.IGNORED);
    assertThat(difference(found, expected.longs("rgb:" + name))).isLessThanOrEqualTo(steps);
  }

  @Test
  void everyColorModelGivesTheColorsThatOthersSee() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(file("models/expected.json").toFile());
    assertThat(expected.size()).isEqualTo(12);
    for (Map.Entry<String, JsonNode> each : expected.properties()) {
      Path file = file("models/" + each.getKey());
      double[] mean = mean(PictureReader.read(file, Transparency.OVER_WHITE));
      for (int color = 0; color < Picture.COLORS; color++) {
        assertThat(mean[color])
            .as("%s, color %d", each.getKey(), color)
            .isCloseTo(each.getValue().get(color).asDouble(), within(0.6));
      }
    }
  }

  private static double[] mean(Picture picture) {
    double[] mean = new double[Picture.COLORS];
    int pixels = picture.width() * picture.height();
    for (int i = 0; i < pixels; i++) {
      for (int color = 0; color < Picture.COLORS; color++) {
        mean[color] +=
            picture.at(i % picture.width(), i / picture.width(), color) / (double) pixels;
      }
    }
    return mean;
  }

  @Test
  void whatIsTransparentIsPassedOverOrLiesOnWhite() throws IOException {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0xff102030);
    image.setRGB(1, 0, 0x80102030);
    image.setRGB(2, 0, 0x00102030);
    Path file = folder.resolve("alpha.png");
    ImageIO.write(image, "png", file.toFile());
    byte[] ignored = {16, 32, 48, 16, 32, 48, 16, 32, 48};
    assertThat(PictureReader.read(file, Transparency.IGNORED).bytes()).isEqualTo(ignored);
    byte[] white = {16, 32, 48, (byte) 135, (byte) 143, (byte) 151, -1, -1, -1};
    assertThat(PictureReader.read(file, Transparency.OVER_WHITE).bytes()).isEqualTo(white);
  }

  /** 15 bits per pixel: 31 is all of a color, as it is for Pillow. */
  @Test
  void fewerThanEightBitsAreSpreadOverAByte() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(14 + 40 + 4).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'B').put((byte) 'M').putInt(bytes.capacity()).putInt(0).putInt(14 + 40);
    bytes.putInt(40).putInt(2).putInt(1).putShort((short) 1).putShort((short) 16);
    bytes.position(14 + 40).putShort((short) (31 << 10 | 10 << 5)).putShort((short) 31);
    Path file = Files.write(folder.resolve("a.bmp"), bytes.array());
    byte[] expected = {-1, 82, 0, 0, 0, -1};
    assertThat(PictureReader.read(file, Transparency.IGNORED).bytes()).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(strings = {"color.jpg", "alpha.png", "color.gif", "cmyk.jpg"})
  void aPictureThatIsCutOffIsNone(String name) throws IOException {
    byte[] whole = Files.readAllBytes(file(name));
    Path cut = folder.resolve(name);
    Files.write(cut, Arrays.copyOf(whole, whole.length * 2 / 3));
    assertThatThrownBy(() -> PictureReader.read(cut, Transparency.IGNORED))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(cut + ": no picture: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cmyk.jpg", "rgb.jpg", "palette.png", "gray-alpha.png"})
  void aDamagedPictureIsAMessage(String name) throws IOException {
    byte[] bytes = Files.readAllBytes(file("models/" + name));
    for (int cut = 0; cut < bytes.length; cut += 7) {
      Path part = Files.write(folder.resolve("cut-" + name), Arrays.copyOf(bytes, cut));
      try {
        PictureReader.read(part, Transparency.OVER_WHITE); // all pixels may be there already
      } catch (FileFormatException e) {
        assertThat(e).hasMessageStartingWith(part + ": no picture: ");
      }
    }
  }

  @Test
  void aSmallFileOfALargePictureIsNotUnpacked() throws IOException {
    byte[] bytes = Files.readAllBytes(file("models/rgb16.png"));
    ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 50_000);
    CRC32 sum = new CRC32();
    sum.update(bytes, 12, 17);
    header.putInt(29, (int) sum.getValue());
    Path bomb = Files.write(folder.resolve("bomb.png"), bytes);
    assertThatThrownBy(() -> PictureReader.read(bomb, Transparency.IGNORED))
        .isInstanceOf(FileFormatException.class)
        .hasMessage(
            bomb
                + ": it has 60,000 × 50,000 pixels; at most 65,535 on a side and 40,000,000 in all"
                + " are read");
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    Path pipe = folder.resolve("image.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> PictureReader.read(pipe, Transparency.IGNORED))
        .isInstanceOf(FileFormatException.class)
        .hasMessageStartingWith(pipe + ": not a regular file");
  }

  @Test
  void aTextIsNoPicture() throws IOException {
    Path text = Files.writeString(folder.resolve("a.png"), "hello");
    assertThatThrownBy(() -> PictureReader.read(text, Transparency.IGNORED))
        .hasMessage(text + ": no picture: neither png, jpg, gif nor bmp");
    Path missing = folder.resolve("b.png");
    assertThatThrownBy(() -> PictureReader.read(missing, Transparency.IGNORED))
        .hasMessage(missing + ": there is no such picture");
  }

  /** Java reads more forms than these; what two zero bytes begin is a picture for it. */
  @Test
  void otherFormsAreRefused() throws IOException {
    Path file = folder.resolve("a.png");
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    assertThat(ImageIO.write(image, "tiff", file.toFile())).isTrue();
    assertThatThrownBy(() -> PictureReader.read(file, Transparency.IGNORED))
        .hasMessageEndingWith("neither png, jpg, gif nor bmp");
  }
}
