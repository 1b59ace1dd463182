package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.UserError;
import dev.fusebox.picture.Picture;
import dev.fusebox.vision.picture.Crop;
import dev.fusebox.vision.picture.Preprocessing;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReframedPicturesTest {

  private static final int QUESTIONS = 40;

  @TempDir Path root;

  /** Pictures whose numbers are their own places. */
  private PictureFeatures file(FeatureSource source, int vectors, int width) throws IOException {
    try (NpyWriter writer =
        NpyWriter.floats(root.resolve(source.label() + ".npy"), QUESTIONS, vectors, width)) {
      float[] numbers = new float[vectors * width];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = i;
      }
      for (int row = 0; row < QUESTIONS; row++) {
        writer.write(numbers);
      }
    }
    Files.writeString(
        root.resolve("name_map.json"),
        IntStream.range(0, QUESTIONS)
            .mapToObj(row -> "\"%d\": %d".formatted(row, row))
            .collect(Collectors.joining(", ", "{", "}")));
    return open(source);
  }

  private PictureFeatures open(FeatureSource source) throws IOException {
    FeatureSettings settings =
        new FeatureSettings(
            source, false, Optional.empty(), Optional.empty(), new PatchSettings(16, 4));
    return Pictures.open(root, settings, Control.NONE, 1, root.resolve("cache"));
  }

  private static int[] read(PictureFeatures pictures, String id) {
    FloatBuffer numbers = FloatBuffer.allocate(1 + pictures.patches() * pictures.width());
    int vectors = pictures.read(id, numbers.position(1)); // wherever the buffer stands
    assertThat(numbers.position()).isEqualTo(1 + vectors * pictures.width());
    assertThat(numbers.get(0)).isZero();
    return IntStream.range(1, numbers.position()).map(i -> (int) numbers.get(i)).toArray();
  }

  private static List<String> ids() {
    return IntStream.range(0, QUESTIONS).mapToObj(Integer::toString).toList();
  }

  @Test
  void aGridIsMovedByOneVectorInEachOfFourWays() throws IOException {
    PictureFeatures shifted =
        ReframedPictures.of(file(FeatureSource.CLIP, 9, 1), PictureFraming.SHIFTED);
    Set<List<Integer>> ways =
        ids().stream()
            .map(id -> Arrays.stream(read(shifted, id)).boxed().toList())
            .collect(Collectors.toSet());
    assertThat(ways)
        .containsExactlyInAnyOrder(
            List.of(3, 4, 5, 6, 7, 8, 6, 7, 8),
            List.of(0, 1, 2, 0, 1, 2, 3, 4, 5),
            List.of(1, 2, 2, 4, 5, 5, 7, 8, 8),
            List.of(0, 0, 1, 3, 3, 4, 6, 6, 7));
    assertThat(read(shifted, "7")).isEqualTo(read(shifted, "7"));
    assertThat(read(shifted, "none")).isEmpty();
  }

  @Test
  void aVectorForTheWholeStaysAndVectorsStayWhole() throws IOException {
    PictureFeatures own = file(FeatureSource.VIT, 17, 2);
    for (PictureFraming framing : PictureFraming.values()) {
      PictureFeatures other = ReframedPictures.of(own, framing);
      for (String id : ids()) {
        int[] numbers = read(other, id);
        assertThat(numbers).hasSize(34).startsWith(0, 1);
        for (int vector = 0; vector < 17; vector++) {
          assertThat(numbers[2 * vector] % 2).isZero();
          assertThat(numbers[2 * vector + 1]).isEqualTo(numbers[2 * vector] + 1);
        }
      }
    }
  }

  @Test
  void theMiddleOfAGridFillsIt() throws IOException {
    PictureFeatures cropped =
        ReframedPictures.of(file(FeatureSource.CLIP, 16, 1), PictureFraming.CROPPED);
    assertThat(read(cropped, "0"))
        .containsExactly(5, 5, 6, 6, 5, 5, 6, 6, 9, 9, 10, 10, 9, 9, 10, 10);
  }

  @Test
  void whatLiesNowhereIsNotMoved() throws IOException {
    PictureFeatures objects = file(FeatureSource.DETR, 4, 1);
    assertThatThrownBy(() -> ReframedPictures.of(objects, PictureFraming.SHIFTED))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "4 vectors of 1 numbers lie in no square over their picture, so that it cannot be"
                + " shifted or cropped; leave shifted-picture and cropped-picture out of"
                + " test.change");
  }

  /** A picture is moved, then cut: the same as its squares in other places. */
  @Test
  void squaresAreThoseOfThePictureMovedByOne() throws IOException {
    BufferedImage image = picture();
    PictureFeatures shifted = ReframedPictures.of(patches("7", image), PictureFraming.SHIFTED);
    float[] seen = numbers(shifted, "7");
    assertThat(
            Stream.of(
                    moved(image, 4, 0),
                    moved(image, -4, 0),
                    moved(image, 0, 4),
                    moved(image, 0, -4))
                .map(this::cut))
        .anyMatch(each -> Arrays.equals(each, seen));
    assertThat(seen).isNotEqualTo(cut(image));
  }

  @Test
  void pixelsAreCroppedBeforeTheyAreCut() throws IOException {
    BufferedImage image = picture();
    PictureFeatures cropped = ReframedPictures.of(patches("7", image), PictureFraming.CROPPED);
    BufferedImage middle = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        middle.setRGB(x, y, image.getRGB(4 + x / 2, 4 + y / 2));
      }
    }
    assertThat(numbers(cropped, "7")).isEqualTo(cut(middle));
  }

  @Test
  void pixelsForABackboneLieByColor() {
    Preprocessing pixels =
        new Preprocessing(
            Optional.empty(),
            Optional.of(new Crop(4, 6, Crop.Half.DOWN)),
            1,
            List.of(0.0, 0.0, 0.0),
            List.of(1.0, 1.0, 1.0));
    byte[] bytes = new byte[3 * 24];
    new Random(1).nextBytes(bytes);
    Picture picture = new Picture(6, 4, bytes);
    float[] numbers = pixels.pixels(picture);
    PictureRaster raster = PictureRaster.pixels(pixels, new PictureGrid(2, 3));
    assertThat(raster.patch()).isEqualTo(2);
    assertThat(raster.length()).isEqualTo(numbers.length);
    for (int y = 0; y < 4; y++) {
      for (int x = 0; x < 6; x++) {
        for (int color = 0; color < 3; color++) {
          assertThat(numbers[raster.places().of(y, x, color)]).isEqualTo(picture.at(x, y, color));
        }
      }
    }
  }

  @Test
  void eachOfSeveralPicturesIsMovedByItself() throws IOException {
    for (String name : List.of("image_0", "image_1")) {
      write("images/test/7/" + name + ".png", picture());
    }
    FeatureSettings settings =
        new FeatureSettings(
                FeatureSource.PATCHES,
                false,
                Optional.empty(),
                Optional.empty(),
                new PatchSettings(16, 4))
            .showing(ShownPictures.QUESTION);
    PictureFeatures both = Pictures.open(root, settings, Control.NONE, 1, root.resolve("cache"));
    float[] shifted = numbers(ReframedPictures.of(both, PictureFraming.SHIFTED), "7");
    assertThat(shifted).hasSize(2 * 3 * 256);
    assertThat(Arrays.copyOf(shifted, 3 * 256))
        .isEqualTo(Arrays.copyOfRange(shifted, 3 * 256, 2 * 3 * 256))
        .isNotEqualTo(Arrays.copyOf(numbers(both, "7"), 3 * 256));
  }

  private static BufferedImage picture() {
    BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    Set<Integer> colors = new HashSet<>();
    Random random = new Random(5);
    for (int i = 0; i < 256; i++) {
      int color = random.nextInt(1 << 24);
      assertThat(colors.add(color)).isTrue();
      image.setRGB(i % 16, i / 16, color);
    }
    return image;
  }

  private static BufferedImage moved(BufferedImage image, int down, int right) {
    BufferedImage moved = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 16; y++) {
      for (int x = 0; x < 16; x++) {
        moved.setRGB(
            x,
            y,
            image.getRGB(
                Math.max(0, Math.min(15, x - right)), Math.max(0, Math.min(15, y - down))));
      }
    }
    return moved;
  }

  private PictureFeatures patches(String id, BufferedImage image) throws IOException {
    write("images/test/" + id + "/image.png", image);
    return open(FeatureSource.PATCHES);
  }

  private void write(String name, BufferedImage image) throws IOException {
    Path file = root.resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, "png", file.toFile());
  }

  private float[] cut(BufferedImage image) {
    try {
      write("one.png", image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return GivenPicture.cut(new PatchSettings(16, 4), root.resolve("one.png"));
  }

  private static float[] numbers(PictureFeatures pictures, String id) {
    FloatBuffer numbers = FloatBuffer.allocate(pictures.patches() * pictures.width());
    pictures.read(id, numbers);
    return Arrays.copyOf(numbers.array(), numbers.position());
  }
}
