package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.file.Fingerprint;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From pictures to files, through a network that takes the mean of each quarter of a picture. */
class ExtractCommandTest {

  private static final int HEADER = 128;
  private static final String NETWORK = "quarters.pt"; // means of two by two pixels, (B, 3, 2, 2)

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @TempDir Path folder;

  @BeforeEach
  void network() throws IOException {
    try (var network = ExtractCommandTest.class.getResourceAsStream(NETWORK)) {
      Files.copy(network, folder.resolve(NETWORK));
    }
  }

  private int extract(String... arguments) {
    List<String> all =
        new ArrayList<>(
            List.of("extract", "--backbone", path(NETWORK), "--out", path("f.npy"), "--batch=2"));
    all.addAll(List.of("--preprocessing=vit", "--size=4", "--mean=0", "--sd=1", "--device=cpu"));
    all.addAll(List.of(arguments));
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  /** A picture of 4 × 4 pixels in one color. */
  private void picture(String name, int rgb) throws IOException {
    BufferedImage image = new BufferedImage(4, 4, BufferedImage.TYPE_INT_RGB);
    for (int i = 0; i < 16; i++) {
      image.setRGB(i % 4, i / 4, rgb);
    }
    Files.createDirectories(folder.resolve(name).getParent());
    ImageIO.write(image, "png", folder.resolve(name).toFile());
  }

  private void fiveFrames() throws IOException {
    for (int i : new int[] {1, 2, 3, 10, 11}) {
      picture("film/frame" + i + ".png", i);
    }
  }

  /** The mean of blue in the first quarter, row by row: the frame's number. */
  private List<Long> blue() throws IOException {
    byte[] bytes = Files.readAllBytes(folder.resolve("f.npy"));
    FloatBuffer numbers =
        ByteBuffer.wrap(bytes, HEADER, bytes.length - HEADER)
            .slice()
            .order(ByteOrder.LITTLE_ENDIAN)
            .asFloatBuffer();
    List<Long> found = new ArrayList<>();
    for (int row = 0; row < numbers.limit(); row += 12) {
      found.add((long) Math.round(numbers.get(row + 2) * 255));
    }
    return found;
  }

  private JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(folder.resolve(name).toFile());
  }

  private List<String> files() throws IOException {
    try (Stream<Path> found = Files.list(folder)) {
      return found.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  @Test
  void framesBecomeRowsInTheOrderOfTheirNumbers() throws IOException {
    fiveFrames();
    assertThat(extract("--frames", path("film"))).as(err.toString()).isZero();
    assertThat(blue()).containsExactly(1L, 2L, 3L, 10L, 11L);
    assertThat(new String(Files.readAllBytes(folder.resolve("f.npy")), StandardCharsets.ISO_8859_1))
        .contains("'shape': (5, 4, 3)");
    assertThat(json("name_map.json").path("frame10.png").asInt()).isEqualTo(3);
    assertThat(json("f.json").path("backbone").path("kind").asText()).isEqualTo("torchscript");
    assertThat(json("f.json").path("backbone").path("sha256").asText()).hasSize(64);
    assertThat(json("f.json").path("sha256").asText())
        .isEqualTo(Fingerprint.ofFiles(List.of(folder.resolve("f.npy"))));
    assertThat(json("f.json").path("preprocessing").asText())
        .isEqualTo("to 4 x 4, bilinear; x 0.0039215686, mean 0 0 0, deviation 1 1 1");
    assertThat(files()).containsExactly("f.json", "f.npy", "film", "name_map.json", NETWORK);
    assertThat(out.toString()).contains("f.npy (5, 4, 3)");
  }

  @Test
  void theSameAgainIsNothingToDoAndAnotherWayIsRefused() throws IOException {
    fiveFrames();
    extract("--frames", path("film"));
    assertThat(extract("--frames", path("film"))).isZero();
    assertThat(out.toString()).contains("nothing to do");
    assertThat(extract("--frames", path("film"), "--pool=mean")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("made with other settings; --force replaces it");
    assertThat(extract("--frames", path("film"), "--pool=mean", "--force")).isZero();
  }

  @Test
  void aPictureThatIsNoneEndsIt() throws IOException {
    fiveFrames();
    Files.writeString(folder.resolve("film/frame3.png"), "no picture");
    assertThat(extract("--frames", path("film"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains(
            "picture frame3.png: "
                + path("film/frame3.png")
                + ": no picture: neither png, jpg, gif nor bmp; --missing skip or zero continues without it");
    assertThat(files()).doesNotContain("f.npy", "f.json", "name_map.json");
  }

  @Test
  void itGoesOnWhereItStopped() throws IOException {
    fiveFrames();
    byte[] good = Files.readAllBytes(folder.resolve("film/frame11.png"));
    var before = Files.getLastModifiedTime(folder.resolve("film/frame11.png"));
    byte[] bad = new byte[good.length];
    Files.write(folder.resolve("film/frame11.png"), bad);
    Files.setLastModifiedTime(folder.resolve("film/frame11.png"), before);
    assertThat(extract("--frames", path("film"))).isEqualTo(ExitStatus.USAGE);
    Path journal = folder.resolve(".f.npy.journal.unfinished");
    assertThat(Files.readAllLines(journal)).hasSize(4);
    Files.writeString(
        journal, Files.readString(journal) + "4\t\tframe1"); // killed inside of a line
    Path array = folder.resolve(".f.npy.unfinished");
    byte[] rows = Files.readAllBytes(array);
    Files.write(array, java.util.Arrays.copyOf(rows, rows.length + 7)); // and of a row
    Files.write(folder.resolve("film/frame11.png"), good);
    Files.setLastModifiedTime(folder.resolve("film/frame11.png"), before);
    assertThat(extract("--frames", path("film"))).as(err.toString()).isZero();
    assertThat(out.toString()).contains("4 were done before");
    assertThat(blue()).containsExactly(1L, 2L, 3L, 10L, 11L);
    assertThat(files()).containsExactly("f.json", "f.npy", "film", "name_map.json", NETWORK);
  }

  @Test
  void aFaultyPictureIsNamedAndSkippedOrZero() throws IOException {
    fiveFrames();
    Files.write(folder.resolve("film/frame3.png"), new byte[100]);
    assertThat(extract("--frames", path("film"), "--missing=skip")).as(err.toString()).isZero();
    assertThat(blue()).containsExactly(1L, 2L, 10L, 11L);
    assertThat(json("name_map.json").has("frame3.png")).isFalse();
    assertThat(json("name_map.json").path("frame10.png").asInt()).isEqualTo(2);
    assertThat(json("f.json").path("unreadable").path("frame3.png").asText())
        .contains("no picture");
    assertThat(out.toString()).contains("1 could not be read and got no row:", "frame3.png");
    assertThat(extract("--frames", path("film"), "--missing=skip")).as(err.toString()).isZero();
    assertThat(out.toString()).contains("nothing to do");
    assertThat(extract("--frames", path("film"), "--missing=zero", "--force")).isZero();
    assertThat(blue()).containsExactly(1L, 2L, 0L, 10L, 11L);
    assertThat(json("name_map.json").path("frame3.png").asInt()).isEqualTo(2);
  }

  @Test
  void questionsOfADataDirectoryAreMissedIfTheirPictureIs() throws IOException {
    picture("data/images/train/7/image.png", 7);
    picture("data/images/train/8/image.png", 8);
    String problem =
        "{\"question\":\"?\",\"choices\":[\"a\",\"b\"],\"answer\":0,\"image\":\"image.png\"}";
    Files.writeString(
        folder.resolve("data/problems.json"),
        "{\"7\":%1$s,\"8\":%1$s,\"9\":%1$s,\"10\":%1$s}".formatted(problem));
    Files.writeString(
        folder.resolve("data/pid_splits.json"), "{\"train\":[\"7\",\"8\",\"9\"],\"val\":[\"10\"]}");
    assertThat(extract("--data", path("data"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString())
        .contains("picture 9: the question has a picture, but there is no file");
    assertThat(extract("--data", path("data"), "--missing=skip")).as(err.toString()).isZero();
    assertThat(blue()).containsExactly(7L, 8L);
  }

  @Test
  void aNameMapOfOtherPicturesIsNotReplaced() throws IOException {
    fiveFrames();
    Files.writeString(folder.resolve("name_map.json"), "{\"a\": 0}");
    assertThat(extract("--frames", path("film"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("name_map.json already exists for other pictures");
    assertThat(extract("--frames", path("film"), "--names", path("mine.json"))).isZero();
    assertThat(json("mine.json").size()).isEqualTo(5);
  }

  @Test
  void badArgumentsAreTold() throws IOException {
    fiveFrames();
    Files.writeString(folder.resolve("empty.txt"), "\n");
    assertThat(extract("--list", path("empty.txt"))).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("empty.txt: no pictures there");
    assertThat(extract("--frames", path("film"), "--layer=-2")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("does not support layer -2");
    assertThat(extract("--frames", path("film"), "--resample=cubic")).isEqualTo(ExitStatus.USAGE);
    assertThat(err.toString()).contains("resampling must be one of nearest, lanczos");
    assertThat(extract()).isEqualTo(ExitStatus.USAGE);
  }
}
