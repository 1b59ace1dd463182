package dev.fusebox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.questions.DemoSettings;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoDataTest {

  private static final DemoSettings SETTINGS = DemoSettings.of(40, 3);
  @TempDir static Path root;

  @BeforeAll
  static void write() throws IOException {
    DemoData.write(SETTINGS, root);
  }

  @Test
  void theSameSettingsGiveTheSameBytes(@TempDir Path again) throws Exception {
    DemoData.write(SETTINGS, again);
    assertThat(hashes(again)).isEqualTo(hashes(root)).hasSizeGreaterThan(20);
  }

  @Test
  void anotherSeedGivesOtherBytes(@TempDir Path other) throws Exception {
    DemoData.write(DemoSettings.of(40, 4), other);
    assertThat(hashes(other).get("problems.json")).isNotEqualTo(hashes(root).get("problems.json"));
  }

  @Test
  void problemsHaveScienceQaFields() throws IOException {
    JsonNode problems = json("problems.json");
    assertThat(problems).hasSize(40);
    assertThat(problems.get("1").fieldNames())
        .toIterable()
        .containsExactly(
            "question",
            "choices",
            "answer",
            "hint",
            "image",
            "task",
            "grade",
            "subject",
            "topic",
            "category",
            "skill",
            "lecture",
            "solution",
            "split");
  }

  @Test
  void everyPictureHasAFileACaptionAndARow() throws IOException {
    JsonNode problems = json("problems.json");
    JsonNode rows = json("name_map.json");
    JsonNode captions = json("captions.json").get("captions");
    JsonNode regions = json("regions.json").get("regions");
    assertThat(rows.fieldNames()).toIterable().hasSameSizeAs(captions).isNotEmpty();
    problems
        .properties()
        .forEach(
            entry -> {
              JsonNode problem = entry.getValue();
              Path picture =
                  root.resolve("images")
                      .resolve(problem.get("split").asText())
                      .resolve(entry.getKey())
                      .resolve("image.png");
              boolean pictured = !problem.get("image").isNull();
              assertThat(rows.has(entry.getKey())).isEqualTo(pictured);
              assertThat(captions.has(entry.getKey())).isEqualTo(pictured);
              assertThat(regions.has(entry.getKey())).isEqualTo(pictured);
              assertThat(Files.exists(picture)).isEqualTo(pictured);
            });
  }

  @Test
  void splitsAreScienceQas() throws IOException {
    JsonNode splits = json("pid_splits.json");
    assertThat(splits.fieldNames())
        .toIterable()
        .containsExactly("train", "val", "test", "trainval", "minitrain", "minival", "minitest");
    assertThat(splits.get("train")).hasSize(32);
    assertThat(splits.get("val")).hasSize(4);
    assertThat(splits.get("test")).hasSize(4);
  }

  @Test
  void picturesCanBeLookedAt() throws IOException {
    try (Stream<Path> files = Files.walk(root.resolve("images"))) {
      Path first = files.filter(Files::isRegularFile).findFirst().orElseThrow();
      BufferedImage picture = ImageIO.read(first.toFile());
      assertThat(picture.getWidth()).isEqualTo(192);
      assertThat(picture.getHeight()).isEqualTo(192);
    }
  }

  private static JsonNode json(String name) throws IOException {
    return new ObjectMapper().readTree(root.resolve(name).toFile());
  }

  private static Map<String, String> hashes(Path folder) throws Exception {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        hashes.put(folder.relativize(file).toString(), HexFormat.of().formatHex(hash));
      }
    }
    return hashes;
  }
}
