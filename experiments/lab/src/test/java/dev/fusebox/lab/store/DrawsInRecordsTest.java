package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.lab.result.Repeat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Results that were written before there were draws stay what they are. */
class DrawsInRecordsTest {

  @TempDir Path folder;

  /** A file as the last program that knew no draws has written it. */
  private static byte[] before(String name) throws IOException {
    try (InputStream file = DrawsInRecordsTest.class.getResourceAsStream("before-draws/" + name)) {
      return file.readAllBytes();
    }
  }

  @Test
  void anExperimentWithoutDrawsIsReadAndWrittenAsItWas() throws IOException {
    Path file = Files.write(folder.resolve(ExperimentRecord.NAME), before("experiment.json"));
    ExperimentRecord record = ExperimentRecord.read(folder);
    assertThat(record.runs())
        .containsExactly(new ExperimentRecord.Cell("gated", 1, 0, "gated-seed1", "k"));
    assertThat(record.runs().get(0).title()).isEqualTo("gated seed 1");
    record.write(folder);
    assertThat(file).hasBinaryContent(before("experiment.json"));
  }

  @Test
  void aRunWithoutDrawsIsReadAndWrittenAsItWas() throws IOException {
    Path file = Files.write(folder.resolve("run.json"), before("run.json"));
    RunRecord record = new RunFolder(folder).record().orElseThrow();
    assertThat(record.repeat()).isEqualTo(Repeat.of(1));
    assertThat(record.data().train()).isEqualTo(new DataRecord.Part("train", 0.5));
    RecordFile.write(file, record);
    assertThat(file).hasBinaryContent(before("run.json"));
  }

  @Test
  void aDrawIsWrittenAndReadBack() throws IOException {
    ExperimentRecord before =
        RecordFile.read(
            Files.write(folder.resolve("old"), before("experiment.json")), ExperimentRecord.class);
    ExperimentRecord drawn =
        new ExperimentRecord(
            before.name(),
            before.file(),
            before.config(),
            before.overrides(),
            before.question(),
            before.sentenceTransformer(),
            before.compare(),
            before.among(),
            before.notes(),
            List.of(new ExperimentRecord.Cell("gated", 1, 2, "gated-draw2-seed1", "k")));
    drawn.write(folder);
    assertThat(folder.resolve(ExperimentRecord.NAME)).content().contains("\"draw\" : 2");
    assertThat(ExperimentRecord.read(folder)).isEqualTo(drawn);
    assertThat(drawn.runs().get(0).title()).isEqualTo("gated draw 2 seed 1");
  }
}
