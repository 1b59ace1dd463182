package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A finished folder knows what it held. */
class ChecksumTest {

  @TempDir private Path directory;
  private Path folder;
  private FileHashes hashes;
  private Map<String, Checksum> sums;

  @BeforeEach
  void aFinishedFolder() throws IOException {
    folder = Files.createDirectories(directory.resolve("stage"));
    hashes = new FileHashes(directory.resolve(".hashes"), true);
    Files.writeString(folder.resolve("predictions.jsonl"), "abc");
    Files.writeString(Files.createDirectories(folder.resolve("deep")).resolve("a.json"), "{}");
    Files.writeString(folder.resolve("stage.json"), "the record itself");
    sums = Checksum.ofAll(folder, "stage.json", hashes);
  }

  @Test
  void everyFileCountsButTheRecord() {
    assertThat(sums.keySet()).containsExactly("deep/a.json", "predictions.jsonl");
    assertThat(sums.get("predictions.jsonl").bytes()).isEqualTo(3);
    assertThat(sums.get("predictions.jsonl").sha256()).hasSize(64);
  }

  @Test
  void whatIsAsItWasHasNoDamage() throws IOException {
    Files.writeString(folder.resolve("stage.json"), "another record");
    Files.writeString(folder.resolve("more.txt"), "what came later");
    assertThat(Checksum.damage(folder, sums, hashes)).isEmpty();
  }

  @Test
  void anotherTextOfTheSameLengthIsTold() throws IOException {
    Files.writeString(folder.resolve("predictions.jsonl"), "abd");
    assertThat(Checksum.damage(folder, sums, new FileHashes(directory.resolve(".other"), true)))
        .contains("predictions.jsonl has changed since it was finished");
  }

  @Test
  void anotherLengthIsToldWithBoth() throws IOException {
    Files.writeString(folder.resolve("predictions.jsonl"), "x".repeat(1234));
    assertThat(Checksum.damage(folder, sums, hashes))
        .contains("predictions.jsonl holds 1,234 bytes, but 3 when it was finished");
  }

  @Test
  void whatIsMissingIsToldByItsNameInTheFolder() throws IOException {
    Files.delete(folder.resolve("deep/a.json"));
    assertThat(Checksum.damage(folder, sums, hashes)).contains("deep/a.json is missing");
  }
}
