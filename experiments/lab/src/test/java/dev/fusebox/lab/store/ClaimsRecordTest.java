package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A claim is worth something because it stood before its result. */
class ClaimsRecordTest {

  @TempDir private Path folder;

  @Test
  void aClaimKeepsTheTimeOfItsFirstStatement() throws IOException {
    String longAgo = "2026-01-01T00:00:00Z";
    RecordFile.write(
        folder.resolve("claims.json"),
        new ClaimsRecord(List.of(new ClaimsRecord.Stated("gated > text", longAgo))));
    Instant before = Instant.now().minusSeconds(1);
    ClaimsRecord.state(folder, List.of("blind = text", "gated > text"));
    List<ClaimsRecord.Stated> claims = ClaimsRecord.read(folder).claims();
    assertThat(claims)
        .extracting(ClaimsRecord.Stated::claim)
        .containsExactly("blind = text", "gated > text");
    assertThat(claims.get(1).since()).isEqualTo(longAgo);
    assertThat(Instant.parse(claims.get(0).since())).isBetween(before, Instant.now());
  }

  @Test
  void whoClaimsNothingAnyMoreHasNoFile() throws IOException {
    ClaimsRecord.state(folder, List.of("gated > text"));
    ClaimsRecord.state(folder, List.of());
    assertThat(folder).isEmptyDirectory();
    assertThat(ClaimsRecord.read(folder).claims()).isEmpty();
    ClaimsRecord.state(folder, List.of());
    assertThat(folder).isEmptyDirectory();
  }
}
