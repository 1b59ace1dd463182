package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.io.IOException;
import java.nio.file.Files;
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
        new ClaimsRecord(List.of(ClaimsRecord.Stated.standing("gated > text", longAgo))));
    Instant before = Instant.now().minusSeconds(1);
    ClaimsRecord.state(folder, List.of("blind = text", "gated > text"));
    List<ClaimsRecord.Stated> claims = ClaimsRecord.read(folder).claims();
    assertThat(claims)
        .extracting(ClaimsRecord.Stated::claim)
        .containsExactly("blind = text", "gated > text");
    assertThat(claims.get(1).since()).isEqualTo(longAgo);
    assertThat(Instant.parse(claims.get(0).since())).isBetween(before, Instant.now());
  }

  private void evaluated() throws IOException {
    Path run = Files.createDirectories(folder.resolve("gated-seed1"));
    RecordFile.write(run.resolve("evaluations.json"), new EvaluationsRecord(List.of()));
  }

  @Test
  void aClaimThatIsWithdrawnBeforeThereIsAResultMayBeForgotten() throws IOException {
    ClaimsRecord.state(folder, List.of("gated > text"));
    ClaimsRecord.state(folder, List.of());
    assertThat(folder).isEmptyDirectory();
    assertThat(ClaimsRecord.read(folder).claims()).isEmpty();
    ClaimsRecord.state(folder, List.of());
    assertThat(folder).isEmptyDirectory();
  }

  /** It was tested with the others: without it, Holm's correction of those would be too small. */
  @Test
  void aClaimThatIsWithdrawnLaterStays() throws IOException {
    ClaimsRecord.state(folder, List.of("gated > text", "blind > text"));
    evaluated();
    ClaimsRecord.state(folder, List.of("blind > text"));
    List<ClaimsRecord.Stated> claims = ClaimsRecord.read(folder).claims();
    assertThat(claims)
        .extracting(ClaimsRecord.Stated::claim, ClaimsRecord.Stated::stands)
        .containsExactly(tuple("blind > text", true), tuple("gated > text", false));
    ClaimsRecord.state(folder, List.of());
    assertThat(ClaimsRecord.read(folder).claims())
        .as("the first keeps the time at which it was withdrawn")
        .hasSize(2)
        .noneMatch(ClaimsRecord.Stated::stands)
        .contains(claims.get(1));
  }

  @Test
  void aClaimThatIsStatedAgainStandsSinceItWasStatedFirst() throws IOException {
    ClaimsRecord.Stated withdrawn =
        new ClaimsRecord.Stated("gated > text", "2026-01-01T00:00:00Z", "2026-01-02T00:00:00Z");
    RecordFile.write(folder.resolve("claims.json"), new ClaimsRecord(List.of(withdrawn)));
    ClaimsRecord.state(folder, List.of("gated > text"));
    assertThat(ClaimsRecord.read(folder).claims())
        .containsExactly(ClaimsRecord.Stated.standing("gated > text", withdrawn.since()));
  }

  /** As claims were kept before one could be withdrawn. */
  private record Former(List<FormerClaim> claims) {}

  private record FormerClaim(String claim, String since) {}

  @Test
  void claimsOfAnEarlierVersionStand() throws IOException {
    RecordFile.write(
        folder.resolve("claims.json"),
        new Former(List.of(new FormerClaim("gated > text", "2026-01-01T00:00:00Z"))));
    assertThat(ClaimsRecord.read(folder).claims())
        .containsExactly(ClaimsRecord.Stated.standing("gated > text", "2026-01-01T00:00:00Z"));
  }
}
