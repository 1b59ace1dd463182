package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordedPathTest {

  @TempDir private Path home;
  private Path results;

  @BeforeEach
  void make() throws IOException {
    results = Files.createDirectories(home.resolve("results"));
  }

  @Test
  void whatLiesAmongResultsIsKnownByTheWayAlone() throws IOException {
    Path stage = Files.createDirectories(results.resolve("stages/data-1"));
    RecordedPath recorded = RecordedPath.of(stage, results);
    assertThat(recorded).isEqualTo(new RecordedPath("stages/data-1", "stages/data-1", ""));
    assertThat(recorded.found(results)).containsExactly(stage);
  }

  @Test
  void whatLiesElsewhereIsKnownByItsOwnPlaceToo() throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    Path named = home.resolve("results/../data");
    RecordedPath recorded = RecordedPath.of(named, results);
    assertThat(recorded).isEqualTo(new RecordedPath(named.toString(), "../data", data.toString()));
    assertThat(recorded.found(results)).as("one place, found in two ways").containsExactly(data);
  }

  @Test
  void ofTwoPlacesTheOneBesideTheResultsComesFirst() throws IOException {
    Path data = Files.createDirectories(home.resolve("data"));
    RecordedPath recorded = RecordedPath.of(data, results);
    Path moved = Files.createDirectories(home.resolve("moved/results"));
    Path copied = Files.createDirectories(home.resolve("moved/data"));
    assertThat(recorded.found(moved)).containsExactly(copied, data);
    Files.delete(copied);
    assertThat(recorded.found(moved)).containsExactly(data);
    Files.delete(data);
    assertThat(recorded.found(moved)).isEmpty();
  }

  @Test
  void noneIsFoundNowhere() {
    assertThat(RecordedPath.NONE.found(results)).isEmpty();
  }
}
