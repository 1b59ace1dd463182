package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.RandomText;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is remembered of files is what another process would find, whatever they are called. */
class FileHashesPropertyTest {

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  private List<Path> files(Random random) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      byte[] content = new byte[random.nextInt(40)];
      random.nextBytes(content);
      String name = named(RandomText.of(random, 12)) + i;
      Path file = Files.write(directory.resolve(name), content);
      Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
      files.add(file);
    }
    return files;
  }

  /** As far as the system's locale can say it. */
  private static String named(String text) {
    CharsetEncoder names = Charset.forName(System.getProperty("sun.jnu.encoding")).newEncoder();
    String name = text.replace('/', '_');
    return names.canEncode(name) ? name : "x";
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void whatIsRememberedIsTrue(long seed) throws IOException {
    List<Path> files = files(new Random(seed));
    Path memory = directory.resolve(".hashes");
    for (int process = 0; process < 3; process++) {
      FileHashes hashes = new FileHashes(memory, false);
      for (Path file : files) {
        assertThat(hashes.of(file)).isEqualTo(Fingerprint.ofFiles(List.of(file)));
      }
    }
    long remembered = files.stream().filter(file -> file.toString().indexOf('\n') < 0).count();
    assertThat(Files.readString(memory).chars().filter(sign -> sign == '\n'))
        .as("each once, but for names of two lines")
        .hasSize((int) remembered);
  }
}
