package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.UserError;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(20)
final class PictureDecoderTest {

  @TempDir private Path directory;

  private Path file(String name) throws IOException {
    Path file = directory.resolve(name);
    try (InputStream stream = getClass().getResourceAsStream("/pictures/" + name)) {
      Files.write(file, stream.readAllBytes());
    }
    return file;
  }

  /** The resource's make.py tells where the numbers are from. */
  @Test
  void everyColorModelGivesTheColorsThatOthersSee() throws IOException {
    JsonNode expected = new ObjectMapper().readTree(file("expected.json").toFile());
    assertThat(expected.size()).isEqualTo(12);
    for (Map.Entry<String, JsonNode> each : expected.properties()) {
      double[] mean = mean(PictureDecoder.read("7", file(each.getKey())));
      for (int band = 0; band < 3; band++) {
        assertThat(mean[band])
            .as("%s, color %d", each.getKey(), band)
            .isCloseTo(each.getValue().get(band).asDouble(), within(0.6));
      }
    }
  }

  private static double[] mean(BufferedImage picture) {
    BufferedImage plain =
        new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_INT_RGB);
    plain.createGraphics().drawImage(picture, 0, 0, Color.WHITE, null);
    double[] mean = new double[3];
    int pixels = plain.getWidth() * plain.getHeight();
    for (int i = 0; i < pixels; i++) {
      int pixel = plain.getRGB(i % plain.getWidth(), i / plain.getWidth());
      for (int band = 0; band < 3; band++) {
        mean[band] += (pixel >> (16 - 8 * band) & 0xff) / (double) pixels;
      }
    }
    return mean;
  }

  @Test
  void aSmallFileOfALargePictureIsNotUnpacked() throws IOException {
    byte[] bytes = Files.readAllBytes(file("rgb16.png"));
    ByteBuffer header = ByteBuffer.wrap(bytes).putInt(16, 60_000).putInt(20, 50_000);
    CRC32 sum = new CRC32();
    sum.update(bytes, 12, 17);
    header.putInt(29, (int) sum.getValue());
    Path bomb = Files.write(directory.resolve("bomb.png"), bytes);
    assertThatThrownBy(() -> PictureDecoder.read("7", bomb))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            bomb
                + ": the picture of problem 7 cannot be read: it has 60,000 × 50,000 pixels; at most");
  }

  @Test
  void whatIsNoFileIsNotOpened() throws Exception {
    Path pipe = directory.resolve("image.png");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    assertThatThrownBy(() -> PictureDecoder.read("7", pipe))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("not a regular file");
  }

  @Test
  void aDamagedPictureIsAMessage() throws IOException {
    for (String name : new String[] {"cmyk.jpg", "rgb.jpg", "palette.png", "gray-alpha.png"}) {
      byte[] bytes = Files.readAllBytes(file(name));
      for (int cut = 0; cut < bytes.length; cut += 7) {
        Path part =
            Files.write(directory.resolve("cut-" + name), java.util.Arrays.copyOf(bytes, cut));
        try {
          PictureDecoder.read("7", part); // Java forgives a missing end
        } catch (UserError e) {
          assertThat(e).hasMessageStartingWith(part.toString());
        }
      }
    }
  }
}
