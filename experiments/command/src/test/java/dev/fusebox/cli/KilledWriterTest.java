package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.demo.DemoData;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Commands that write without being stages, under SIGKILL at any moment: what stands under a file's
 * name is whole, the same command comes to the same bytes, and what else is left bears the name of
 * something unfinished.
 */
class KilledWriterTest {

  private static final int KILLS = 5;
  private static final long SEED = 3;

  private final Random random = new Random(SEED);

  @TempDir Path folder;

  @BeforeEach
  void twoPlaces() throws IOException {
    Files.createDirectories(folder.resolve("whole"));
    Files.createDirectories(folder.resolve("killed"));
  }

  private Process start(String place, String... arguments) throws IOException {
    return new Program(folder.resolve(place)).start(Program.command(arguments));
  }

  private Map<String, String> files(String place) throws IOException {
    Map<String, String> files = new TreeMap<>();
    Path root = folder.resolve(place);
    try (Stream<Path> all = Files.walk(root)) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        String name = file.getFileName().toString();
        if (!name.equals("output.txt") && !name.matches("\\..*\\.unfinished")) {
          files.put(
              root.relativize(file).toString(),
              Files.readString(file, StandardCharsets.ISO_8859_1));
        }
      }
    }
    return files;
  }

  /** Kills the command at moments between its start and its usual end. */
  private void killed(long span, Check afterEach, String... arguments) throws Exception {
    for (int kill = 0; kill < KILLS; kill++) {
      Process process = start("killed", arguments);
      process.waitFor((long) ((0.3 + 0.7 * random.nextDouble()) * span), TimeUnit.MILLISECONDS);
      process.destroyForcibly().waitFor();
      afterEach.check();
    }
  }

  /** What holds whenever it was killed. */
  private interface Check {
    void check() throws IOException;
  }

  private long undisturbed(String... arguments) throws Exception {
    long begin = System.nanoTime();
    Process process = start("whole", arguments);
    assertThat(process.waitFor()).as(new Program(folder.resolve("whole")).output()).isZero();
    return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
  }

  private void comesToTheSame(String... arguments) throws Exception {
    assertThat(start("killed", arguments).waitFor()).isZero();
    Map<String, String> whole = files("whole");
    Map<String, String> killed = files("killed");
    assertThat(killed.keySet()).isEqualTo(whole.keySet());
    whole.forEach(
        (name, content) -> assertThat(killed.get(name).equals(content)).as(name).isTrue());
  }

  @Test
  void demoDataAreWholeWhereTheirProblemsAre() throws Exception {
    String[] command = {"generate-demo", "--out", "demo", "--questions", "1500"};
    long span = undisturbed(command);
    Path data = folder.resolve("killed/demo");
    killed(
        span,
        () -> {
          if (Files.exists(data.resolve("problems.json"))) {
            assertThat(Datasets.open(data).split("train")).hasSize(1200);
            assertThat(data.resolve("vision_features/detr.npy")).exists();
          }
        },
        command);
    comesToTheSame(command);
  }

  @Test
  void aConvertedFileIsThereWholeOrNot() throws Exception {
    Path source = Path.of(System.getProperty("fusebox.goldens"), "t5/v11/model.safetensors");
    Files.copy(source, folder.resolve("model.safetensors"));
    String[] command = {"convert", "../model.safetensors", "out.bin", "--force"};
    long span = undisturbed(command);
    Path converted = folder.resolve("killed/out.bin");
    byte[] whole = Files.readAllBytes(folder.resolve("whole/out.bin"));
    killed(
        span,
        () -> {
          if (Files.exists(converted)) {
            assertThat(Files.readAllBytes(converted)).isEqualTo(whole);
          }
        },
        command);
    comesToTheSame(command);
  }

  @Test
  void anExtractionResumesAndComesToTheSameFeatures() throws Exception {
    try (var network = KilledWriterTest.class.getResourceAsStream("quarters.pt")) {
      Files.copy(network, folder.resolve("quarters.pt"));
    }
    DemoData.write(new DemoSettings(400, 1, 0.6, 0.6), folder.resolve("demo"));
    String[] command = {
      "extract",
      "--data",
      "../demo",
      "--backbone",
      "../quarters.pt",
      "--out",
      "f.npy",
      "--batch=4",
      "--preprocessing=vit",
      "--size=32",
      "--mean=0",
      "--sd=1",
      "--device=cpu"
    };
    long span = undisturbed(command);
    Path features = folder.resolve("killed/f.npy");
    byte[] whole = Files.readAllBytes(folder.resolve("whole/f.npy"));
    killed(
        span,
        () -> {
          if (Files.exists(features)) {
            assertThat(Files.readAllBytes(features)).isEqualTo(whole);
          }
        },
        command);
    comesToTheSame(command);
  }
}
