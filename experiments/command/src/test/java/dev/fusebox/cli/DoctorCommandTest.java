package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.demo.DemoData;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorCommandTest {

  private final StringWriter out = new StringWriter();

  @TempDir Path folder;

  private int doctor(String... arguments) {
    String[] all = new String[arguments.length + 1];
    all[0] = "doctor";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(out, true))
        .execute(all);
  }

  @Test
  void itTellsMachineEngineAndThreads() {
    assertThat(doctor()).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^memory +[0-9.]+ GB, of which ")
        .containsPattern("(?m)^heap +[0-9.]+ GB at most$")
        .containsPattern("(?m)^engine +PyTorch 2\\.\\d")
        .containsPattern("(?m)^libtorch +2\\.\\d+\\.\\d+\\S* in \\S+")
        .containsPattern("(?m)^threads +\\d+ for each operator, \\d+ between operators; \\d+ cores")
        .containsPattern("(?m)^cuda +")
        .containsPattern("(?m)^devices +cpu");
  }

  @Test
  void dataAreToldFileByFile() throws IOException {
    Path data = folder.resolve("data");
    DemoData.write(DemoSettings.of(60, 3), data);
    assertThat(doctor("--data", data.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^ {2}questions +60, \\d+ with a picture \\(")
        .containsPattern("(?m)^ {2}captions +(\\d+) of \\1 pictures have one$")
        .containsPattern("(?m)^ {2}detr +detr.npy, .*; (\\d+) of \\1 pictures have a row$")
        .containsPattern(
            "(?m)^ {2}images +(\\d+) of \\1 in train, (\\d+) of \\2 in val, (\\d+) of \\3 in test$");

    try (var files = Files.walk(data)) {
      Files.delete(files.filter(file -> file.endsWith("clip.npy")).findFirst().orElseThrow());
    }
    assertThat(doctor("--data", data.toString())).isZero();
    assertThat(out.toString())
        .containsPattern("(?m)^ {2}clip +no file\n +→ needed only for features = clip: clip.npy");
  }

  @Test
  void aFeatureFileThatIsCutIsBroken() throws IOException {
    Path data = folder.resolve("data");
    DemoData.write(DemoSettings.of(60, 3), data);
    try (var files = Files.walk(data)) {
      Path detr = files.filter(file -> file.endsWith("detr.npy")).findFirst().orElseThrow();
      try (var channel = Files.newByteChannel(detr, java.nio.file.StandardOpenOption.WRITE)) {
        channel.truncate(Files.size(detr) / 2);
      }
    }
    assertThat(doctor("--data", data.toString())).isEqualTo(1);
    assertThat(out.toString()).containsPattern("(?m)^ {2}detr +.*detr.npy");
  }

  @Test
  void withoutQuestionsItSaysWhatIsExpected() {
    assertThat(doctor("--data", folder.toString())).isEqualTo(1);
    assertThat(out.toString()).contains("problems.json", "→ expected mm-cot's layout");
  }

  @Test
  void aCheckpointThatIsNotThereOrNotWholeIsBroken() throws IOException {
    assertThat(doctor("--checkpoint", folder.resolve("t5").toString())).isEqualTo(1);
    assertThat(out.toString()).contains("no such directory");
    Path empty = Files.createDirectory(folder.resolve("empty"));
    assertThat(doctor("--checkpoint", empty.toString())).isEqualTo(1);
    assertThat(out.toString())
        .contains("a T5's config.json is expected")
        .contains("tokenizer.json or spiece.model")
        .contains("model.safetensors or pytorch_model.bin is expected");
  }

  @Test
  void aCheckpointIsToldByFamilyTokenizerAndTensors() {
    Path golden = Path.of(System.getProperty("fusebox.goldens")).resolve("mmcot/v11_gated");
    assertThat(doctor("--checkpoint", golden.toString())).isZero();
    assertThat(out.toString())
        .containsPattern(
            "(?m)^ {2}config +T5 v1.1 .*: width \\d+, \\d+ \\+ \\d+ layers, \\d+ heads")
        .containsPattern("(?m)^ {2}tokenizer +none in the directory")
        .containsPattern(
            "(?m)^ {2}tensors +\\d+ in 1 file, .*; \\d+ of a fusion, such as encoder.");
  }
}
