package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PicturesTest {

  @TempDir Path root;
  private Path detr;
  private Path names;

  @BeforeEach
  void write() throws IOException {
    detr = root.resolve("vision_features/detr.npy");
    names = root.resolve("name_map.json");
    writeRows(detr, 3);
    Files.writeString(names, "{\"7\": \"0\", \"3\": \"1\", \"12\": 2}");
  }

  @Test
  void rowsAreFoundByName() throws IOException {
    PictureFeatures pictures = open(FeatureSource.DETR, Control.NONE);
    assertThat(pictures.patches()).isEqualTo(2);
    assertThat(pictures.width()).isEqualTo(2);
    assertThat(read(pictures, "12")).containsExactly(20, 21, 22, 23);
    assertThat(read(pictures, "1")).isEmpty();
  }

  @Test
  void vectorsAreAppendedToWhatIsThere() throws IOException {
    FloatBuffer numbers = FloatBuffer.allocate(10).put(-1f);
    PictureFeatures pictures = open(FeatureSource.DETR, Control.NONE);
    assertThat(pictures.read("3", numbers)).isEqualTo(2);
    assertThat(numbers.array()).containsExactly(-1, 10, 11, 12, 13, 0, 0, 0, 0, 0);
    assertThat(open(FeatureSource.DETR, Control.BLIND).read("3", numbers)).isEqualTo(2);
    assertThat(numbers.position()).isEqualTo(9);
  }

  @Test
  void blindPicturesAreThereAndZero() throws IOException {
    PictureFeatures blind = open(FeatureSource.DETR, Control.BLIND);
    assertThat(read(blind, "12")).containsExactly(0, 0, 0, 0);
    assertThat(read(blind, "1")).isEmpty();
  }

  @Test
  void shuffledPicturesAreAnothersAndAllAreUsed() throws IOException {
    PictureFeatures shuffled = open(FeatureSource.DETR, Control.SHUFFLED);
    PictureFeatures own = open(FeatureSource.DETR, Control.NONE);
    List<String> ids = List.of("7", "3", "12");
    for (String id : ids) {
      assertThat(read(shuffled, id)).isNotEqualTo(read(own, id));
      assertThat(read(open(FeatureSource.DETR, Control.SHUFFLED), id))
          .isEqualTo(read(shuffled, id));
    }
    assertThat(ids).extracting(id -> read(shuffled, id)[0]).containsExactlyInAnyOrder(0f, 10f, 20f);
    assertThat(read(shuffled, "1")).isEmpty();
  }

  @Test
  void noiseHasTheFeaturesMeanAndDeviation() throws IOException {
    writeRows(root.resolve("vision_features/clip.npy"), 3, 200, 50);
    PictureFeatures noise = open(FeatureSource.CLIP, Control.NOISE);
    float[] numbers = read(noise, "7");
    assertThat(numbers).isEqualTo(read(noise, "7")).isNotEqualTo(read(noise, "3"));
    double mean = 10 + (200 * 50 - 1) / 2.0;
    double deviation = Math.sqrt(200.0 * 50 * 200 * 50 / 12 + 200 / 3.0);
    assertThat(mean(numbers)).isCloseTo(mean, within(0.03 * mean));
    assertThat(deviation(numbers)).isCloseTo(deviation, within(0.03 * deviation));
  }

  @Test
  void tooFewRowsAreNamed() throws IOException {
    writeRows(detr, 2);
    assertRefused(
        FeatureSource.DETR,
        "%s has 2 rows, but %s sends problem 12 to row 2".formatted(detr, names));
  }

  /** The map knows 3, 7 and 12. */
  @Test
  void aProblemWithAPictureButWithoutARowIsNamedUnlessItsSplitHasNone() {
    Dataset dataset = new Flagged(new LinkedHashSet<>(List.of("val", "test")));
    FeatureSettings settings = settings(FeatureSource.DETR, Optional.empty());
    KeptPictures kept = KeptPictures.in(root);
    assertThatThrownBy(
            () ->
                Pictures.open(
                    dataset, root, settings, Control.NONE, 1, kept, PictureBackbone.BUILT_IN))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: there is no row for problem 1, though the problem has a picture".formatted(names));
  }

  @Test
  void rowsLeftOverAreNamed() throws IOException {
    writeRows(detr, 4);
    assertRefused(
        FeatureSource.DETR,
        "%s has 4 rows, but %s numbers 3: they do not belong together".formatted(detr, names));
  }

  @Test
  void aMapOfSomeRowsIsFine() throws IOException {
    Files.writeString(names, "{\"12\": 2}");
    writeRows(detr, 4);
    assertThat(read(open(FeatureSource.DETR, Control.NONE), "12")).hasSize(4);
  }

  @Test
  void rowsThatAreNoNumbersAreNamed() throws IOException {
    Files.writeString(names, "{\"12\": \"two\"}");
    assertRefused(
        FeatureSource.DETR,
        "%s: line 1: the row of problem 12 must be a whole number, found \"two\"".formatted(names));
  }

  @Test
  void numbersThatAreNotFiniteAreNamed() throws IOException {
    try (NpyWriter writer = NpyWriter.floats(detr, 3, 2, 2)) {
      writer.write(0, 0, 0, 0);
      writer.write(0, 0, 0, Float.NaN);
      writer.write(0, 0, Float.NEGATIVE_INFINITY, 0);
    }
    PictureFeatures pictures = open(FeatureSource.DETR, Control.NONE);
    assertThatThrownBy(() -> read(pictures, "3"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            detr
                + ": the features of problem 3 (row 1) must be finite, found NaN at vector 1,"
                + " number 1");
    assertThatThrownBy(() -> read(pictures, "12"))
        .hasMessageContaining(
            "problem 12 (row 2) must be finite, found -Infinity at vector 1, number 0");
  }

  @Test
  void missingFilesAreNamed() {
    assertRefused(
        FeatureSource.VIT,
        "%s: no vit.pth or vit.pt or vit.npy there; looked in %s, %s, %s"
            .formatted(root, root.resolve("scienceqa"), root.resolve("vision_features"), root));
  }

  @Test
  void theViTFileThatFitsNoCheckpointIsNamed() throws IOException {
    Path vit = root.resolve("vision_features/vit.npy");
    writeRows(vit, 3, 577, 768);
    assertRefused(
        FeatureSource.VIT,
        ("%s: pictures of (577, 768), but mm-cot's released checkpoint was trained on (145, 1024),"
                + " which is vit.pth; to train on this file all the same, name it in features.file")
            .formatted(vit));
    FeatureSettings named = settings(FeatureSource.VIT, Optional.of(vit));
    assertThat(Pictures.open(root, named, Control.NONE, 1, root).patches()).isEqualTo(577);
  }

  @Test
  void pooledFeaturesAreOneVector() throws IOException {
    try (NpyWriter writer = NpyWriter.floats(root.resolve("resnet.npy"), 3, 4)) {
      for (int row = 0; row < 3; row++) {
        writer.write(row, 1, 2, 3);
      }
    }
    assertThat(read(open(FeatureSource.RESNET, Control.NONE), "3")).containsExactly(1, 1, 2, 3);
  }

  @Test
  void fingerprintsFollowTheContent() throws IOException {
    FeatureSettings settings = settings(FeatureSource.DETR, Optional.empty());
    String before = fingerprint(root, settings);
    assertThat(fingerprint(root, settings)).isEqualTo(before);
    Files.writeString(names, "{\"7\": \"1\", \"3\": \"0\", \"12\": 2}");
    assertThat(fingerprint(root, settings)).isNotEqualTo(before);
  }

  @Test
  void picturesAreCutIntoPatches() throws IOException {
    BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.RED);
    graphics.fillRect(4, 0, 4, 4);
    graphics.dispose();
    writeImage("test/7/image.png", image);
    writeImage("train/3/image.jpg", new BufferedImage(300, 90, BufferedImage.TYPE_INT_RGB));
    PictureFeatures patches = open(FeatureSource.PATCHES, Control.NONE);
    assertThat(patches.patches()).isEqualTo(4);
    assertThat(patches.width()).isEqualTo(3 * 16);
    float[] numbers = read(patches, "7");
    assertThat(Arrays.copyOfRange(numbers, 0, 48)).containsOnly(-1);
    assertThat(Arrays.copyOfRange(numbers, 48, 54)).containsExactly(1, -1, -1, 1, -1, -1);
    assertThat(read(patches, "3")).containsOnly(-1);
    assertThat(read(patches, "12")).isEmpty();
  }

  @Test
  void picturesAreDecodedOnce() throws IOException {
    writeImage("test/7/image.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    open(FeatureSource.PATCHES, Control.NONE);
    Path cached = cached().get(0);
    Object before = Files.readAttributes(cached, "unix:ino").get("ino");
    open(FeatureSource.PATCHES, Control.NONE);
    assertThat(Files.readAttributes(cached, "unix:ino").get("ino")).isEqualTo(before);
    writeImage("test/7/image.png", new BufferedImage(9, 8, BufferedImage.TYPE_INT_RGB));
    open(FeatureSource.PATCHES, Control.NONE);
    assertThat(cached()).hasSize(2);
  }

  @Test
  void damagedOnesAreDecodedAgain() throws IOException {
    writeImage("test/7/image.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    float[] right = read(open(FeatureSource.PATCHES, Control.NONE), "7");
    Path cached = cached().get(0);
    byte[] bytes = Files.readAllBytes(cached);
    bytes[bytes.length - 1] ^= 1;
    Files.write(cached, bytes);
    assertThat(read(open(FeatureSource.PATCHES, Control.NONE), "7")).isEqualTo(right);
  }

  @Test
  void aPictureThatIsNoPictureIsNamed() throws IOException {
    Path file = root.resolve("images/test/7/image.png");
    Files.createDirectories(file.getParent());
    Files.writeString(file, "<html>");
    assertRefused(
        FeatureSource.PATCHES,
        "%s: no picture: neither png, jpg, gif nor bmp (the picture of problem 7)".formatted(file));
    assertThat(cached()).isEmpty();
  }

  /** 1 and 7 have a picture, 3 has none; 9 is of another split. */
  private record Flagged(Set<String> splits) implements Dataset {
    @Override
    public List<Question> split(String name) {
      return name.equals("test")
          ? List.of(question("7", true), question("1", true), question("3", false))
          : List.of(question("9", true));
    }

    private static Question question(String id, boolean picture) {
      return new Question(id, "?", List.of("a", "b"), 0, "", picture, "", "", "", "", "");
    }

    @Override
    public String fingerprint() {
      return "";
    }
  }

  @Test
  void aPictureThatIsMissingIsNamedUnlessItsSplitHasNone() throws IOException {
    writeImage("test/7/image.png", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    Dataset dataset = new Flagged(new LinkedHashSet<>(List.of("val", "test")));
    Path images = root.resolve("images");
    assertThatThrownBy(() -> openAll(dataset))
        .isInstanceOf(UserError.class)
        .hasMessage(
            ("%s: there is no picture of problem 1, neither png nor jpg, though the problem has one;"
                    + " only a split without a folder in %s has none at all")
                .formatted(images.resolve("test/1/image.png"), images));
    writeImage("test/1/image.jpg", new BufferedImage(8, 8, BufferedImage.TYPE_INT_RGB));
    PictureFeatures pictures = openAll(dataset);
    assertThat(read(pictures, "1")).isNotEmpty();
    assertThat(read(pictures, "9")).isEmpty();
    Files.createDirectories(images.resolve("val"));
    assertThatThrownBy(() -> openAll(dataset)).hasMessageContaining("val/9/image.png");
  }

  private PictureFeatures openAll(Dataset dataset) throws IOException {
    FeatureSettings settings = settings(FeatureSource.PATCHES, Optional.empty());
    return Pictures.open(
        dataset,
        root,
        settings,
        Control.NONE,
        1,
        KeptPictures.in(root.resolve("cache")),
        PictureBackbone.BUILT_IN);
  }

  private List<Path> cached() throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files
          .filter(file -> file.getFileName().toString().matches("patches-\\w+\\.npy"))
          .toList();
    }
  }

  private void writeImage(String name, BufferedImage image) throws IOException {
    Path file = root.resolve("images").resolve(name);
    Files.createDirectories(file.getParent());
    ImageIO.write(image, name.substring(name.lastIndexOf('.') + 1), file.toFile());
  }

  private PictureFeatures open(FeatureSource source, Control control) throws IOException {
    return Pictures.open(
        root, settings(source, Optional.empty()), control, 1, root.resolve("cache"));
  }

  private static FeatureSettings settings(FeatureSource source, Optional<Path> file) {
    return new FeatureSettings(source, false, file, Optional.empty(), new PatchSettings(8, 4));
  }

  private void assertRefused(FeatureSource source, String message) {
    assertThatThrownBy(() -> open(source, Control.NONE))
        .isInstanceOf(UserError.class)
        .hasMessage(message);
  }

  private static float[] read(PictureFeatures pictures, String id) {
    FloatBuffer numbers = FloatBuffer.allocate(pictures.patches() * pictures.width());
    int vectors = pictures.read(id, numbers);
    assertThat(numbers.position()).isEqualTo(vectors * pictures.width());
    return Arrays.copyOf(numbers.array(), numbers.position());
  }

  private static void writeRows(Path file, int rows) throws IOException {
    writeRows(file, rows, 2, 2);
  }

  /** The numbers of row r count up from 10 r. */
  private static void writeRows(Path file, int rows, int patches, int width) throws IOException {
    try (NpyWriter writer = NpyWriter.floats(file, rows, patches, width)) {
      float[] numbers = new float[patches * width];
      for (int row = 0; row < rows; row++) {
        for (int i = 0; i < numbers.length; i++) {
          numbers[i] = 10 * row + i;
        }
        writer.write(numbers);
      }
    }
  }

  private static double mean(float[] numbers) {
    double sum = 0;
    for (float number : numbers) {
      sum += number;
    }
    return sum / numbers.length;
  }

  private static double deviation(float[] numbers) {
    double mean = mean(numbers);
    double sum = 0;
    for (float number : numbers) {
      sum += (number - mean) * (number - mean);
    }
    return Math.sqrt(sum / numbers.length);
  }

  private static String fingerprint(Path root, FeatureSettings settings) throws IOException {
    return new FileHashes(root.resolve(".hashes"), false)
        .together(Pictures.files(root, settings, PictureBackbone.BUILT_IN));
  }
}
