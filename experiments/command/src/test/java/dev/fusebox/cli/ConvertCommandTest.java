package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.Goldens;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class ConvertCommandTest {

  @TempDir private Path directory;

  private static String run(Object... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = new CommandLine(new ConvertCommand()).setOut(new PrintWriter(out));
    line.setExecutionExceptionHandler(
        (problem, command, parsed) -> {
          throw problem;
        });
    String[] texts = new String[arguments.length];
    for (int i = 0; i < texts.length; i++) {
      texts[i] = arguments[i].toString();
    }
    line.parseArgs(texts);
    try {
      ((ConvertCommand) line.getCommand()).call();
    } finally {
      line.getOut().flush();
    }
    return out.toString();
  }

  @Test
  void writesShardsAsOneFileBitByBit() throws IOException {
    Path shards = Goldens.directory().resolve("files/sharded");
    String said = run(shards, directory.resolve("whole"), "--names");
    assertThat(said)
        .contains("shared.weight", "F32", "(384, 32)")
        .contains("in 3 file(s)")
        .contains("wrote model.safetensors, config.json");
    SafetensorsFile whole = SafetensorsFile.open(directory.resolve("whole/model.safetensors"));
    int count = 0;
    for (int i = 1; i <= 3; i++) {
      SafetensorsFile shard =
          SafetensorsFile.open(shards.resolve("model-0000%d-of-00003.safetensors".formatted(i)));
      for (String name : shard.names()) {
        assertThat(whole.digest(name)).isEqualTo(shard.digest(name));
        count++;
      }
    }
    assertThat(whole.names()).hasSize(count);
  }

  @Test
  void writesTorchFilesWithTiedTensorsOnce() throws IOException {
    for (Path source : Goldens.cases("mmcot", "pytorch_model.bin")) {
      Path file = directory.resolve(source.getFileName() + ".safetensors");
      String said = run(source.resolve("pytorch_model.bin"), file);
      assertThat(said).contains("left out: encoder.embed_tokens.weight, the same as shared.weight");
      SafetensorsFile twin = SafetensorsFile.open(source.resolve("model.safetensors"));
      SafetensorsFile converted = SafetensorsFile.open(file);
      for (String name : converted.names()) {
        assertThat(converted.digest(name)).isEqualTo(twin.digest(name));
      }
      assertThat(converted.names()).contains("shared.weight", "encoder.image_dense.weight");
    }
  }

  @Test
  void goesToTorchAndBackBitByBit() throws IOException {
    for (Path source : Goldens.cases("t5")) {
      Path there = directory.resolve(source.getFileName() + ".bin");
      Path back = directory.resolve(source.getFileName() + ".safetensors");
      run(source, there);
      run(there, back);
      SafetensorsFile original = SafetensorsFile.open(source.resolve("model.safetensors"));
      SafetensorsFile result = SafetensorsFile.open(back);
      assertThat(result.names()).containsExactlyElementsOf(original.names());
      for (String name : original.names()) {
        assertThat(result.digest(name)).as(name).isEqualTo(original.digest(name));
      }
    }
  }

  @Test
  void leavesOutATiedHeadOnlyWhereTheConfigTiesIt() throws IOException {
    for (Path source : Goldens.cases("mmcot")) {
      Path target = directory.resolve(source.getFileName());
      run(source, target);
      boolean tied =
          Files.readString(source.resolve("config.json")).contains("\"tie_word_embeddings\": true");
      assertThat(
              SafetensorsFile.open(target.resolve("model.safetensors"))
                  .names()
                  .contains("lm_head.weight"))
          .isNotEqualTo(tied);
    }
  }

  @Test
  void foldsAnAdapterIntoItsModel() throws IOException {
    for (Path source : Goldens.cases("peft", "expected.safetensors")) {
      Path target = directory.resolve(source.getFileName());
      SafetensorsFile expected = Goldens.expected(source);
      if (expected.names().stream().noneMatch(name -> name.startsWith("merged."))) {
        assertThatThrownBy(() -> run("--merge", source.resolve("adapter"), source, target))
            .isInstanceOf(UserError.class)
            .hasMessageContaining("cannot be merged");
        assertThat(target.resolve("model.safetensors")).doesNotExist();
        continue;
      }
      assertThat(run("--merge", source.resolve("adapter"), source, target))
          .contains("wrote model.safetensors, config.json");
      SafetensorsFile merged = SafetensorsFile.open(target.resolve("model.safetensors"));
      for (String name : expected.names()) {
        if (name.startsWith("merged.")) {
          Goldens.assertClose(name, merged.floats(name.substring(7)), expected.floats(name), 1e-6);
        }
      }
    }
  }

  @Test
  void anAdapterForAnotherModelIsRefused() throws IOException {
    Path adapter = Goldens.cases("peft", "expected.safetensors").get(1).resolve("adapter");
    Path other = Goldens.cases("t5").get(0);
    assertThatThrownBy(() -> run("--merge", adapter, other, directory.resolve("merged")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("does not match the model in " + other)
        .hasMessageContaining("mis-shaped");
    assertThat(directory.resolve("merged/model.safetensors")).doesNotExist();
  }

  @Test
  void storesInHalfTheSpace() throws IOException {
    Path source = Goldens.cases("t5").get(0);
    Path target = directory.resolve("half.safetensors");
    assertThat(run(source, target, "--type", "BF16")).contains("numbers as BF16");
    SafetensorsFile half = SafetensorsFile.open(target);
    SafetensorsFile full = SafetensorsFile.open(source.resolve("model.safetensors"));
    assertThat(half.tensor("shared.weight").type()).isEqualTo(ElementType.BF16);
    assertThat(
            Goldens.relativeDifference(half.floats("shared.weight"), full.floats("shared.weight")))
        .isBetween(1e-4, 4e-3);
  }

  @Test
  void nothingIsWrittenOverItsOwnSource() throws IOException {
    Path source = directory.resolve("source");
    run(Goldens.cases("t5").get(0), source);
    Path weights = source.resolve("model.safetensors");
    Path link = Files.createSymbolicLink(directory.resolve("link"), source);
    Path name = Files.createLink(directory.resolve("name.safetensors"), weights);
    byte[] before = Files.readAllBytes(weights);
    for (Path[] way :
        new Path[][] {
          {source, source}, {source, link}, {link, source}, {source, name}, {weights, link}
        }) {
      assertThatThrownBy(() -> run(way[0], way[1], "--force", "--type", "BF16"))
          .isInstanceOf(UserError.class)
          .hasMessageContaining(", which is the source; choose another name");
    }
    assertThat(Files.readAllBytes(weights)).isEqualTo(before);
  }

  @Test
  void aTargetThatIsNoneIsTold() throws IOException {
    Path source = Goldens.cases("t5").get(0);
    Path file = Files.createFile(directory.resolve("weights"));
    assertThatThrownBy(() -> run(source, file))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + " is neither a directory nor a weights file");
    assertThatThrownBy(() -> run(source, Files.createDirectory(directory.resolve("a.bin"))))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("a.bin exists and is not a file; choose another name");
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    Path source = Goldens.cases("t5").get(0);
    assertThatThrownBy(() -> run(directory, directory.resolve("new")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("holds no weights; looked for model.safetensors, ");
    run(source, directory.resolve("new"));
    assertThatThrownBy(() -> run(source, directory.resolve("new")))
        .isInstanceOf(UserError.class)
        .hasMessageEndingWith("model.safetensors already exists; --force replaces it");
    run(source, directory.resolve("new"), "--force");
  }
}
