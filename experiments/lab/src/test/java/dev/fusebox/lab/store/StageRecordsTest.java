package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A record that is remembered is none that was changed since. */
class StageRecordsTest {

  private static final Instant EARLIER = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir Path root;
  private final StageRecords records = new StageRecords();
  private Path stage;
  private Path file;

  @BeforeEach
  void finish() throws IOException {
    stage = SoleMaker.in(root).computed(SoleMaker::write).path();
    file = stage.resolve(StageFile.NAME);
  }

  @Test
  void oneIsReadOnceWhileItStaysTheSame() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(EARLIER));
    StageFile first = records.read(stage, "stage");
    assertThat(records.read(stage, "stage")).isSameAs(first);
  }

  @Test
  void oneThatWasJustWrittenIsReadAgain() throws IOException {
    StageFile first = records.read(stage, "stage");
    assertThat(records.read(stage, "stage")).isEqualTo(first).isNotSameAs(first);
  }

  /** As much, and with the time of before. */
  @Test
  void aChangedCharacterIsNoticed() throws IOException {
    Files.setLastModifiedTime(file, FileTime.from(EARLIER));
    records.read(stage, "stage");
    Files.writeString(file, Files.readString(file).replace("alike", "aliky"));
    Files.setLastModifiedTime(file, FileTime.from(EARLIER));
    assertThatThrownBy(() -> records.read(stage, "stage"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("was changed since it was written");
  }

  @Test
  void theRecordOfAnotherStageIsRefused() throws IOException {
    Path other = root.resolve("other");
    Files.move(stage, other);
    assertThatThrownBy(() -> records.read(other, "other"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("belongs to another stage, stage");
  }
}
