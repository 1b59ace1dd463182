package dev.fusebox.questions.collected;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CollectedFolderTest {

  @TempDir private Path folder;

  @Test
  void aLineTellsWhatWasDone() throws IOException {
    write(
        """
        {"id":"adversarial-1","from":"7","changes":["order","rationale"],"rationale":"It swims.","answers":{}}
        {"id":"adversarial-2","from":null,"changes":["new"],"right":0}
        """);
    assertThat(new CollectedFolder(folder).changes().values())
        .containsExactlyInAnyOrder(
            new CollectedChange(
                "adversarial-1",
                Optional.of("7"),
                List.of("order", "rationale"),
                Optional.empty(),
                Optional.of("It swims.")),
            new CollectedChange(
                "adversarial-2",
                Optional.empty(),
                List.of("new"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aBrokenLineIsNamed() throws IOException {
    write("{\"id\":\"a\",\"changes\":[]}\n{\"id\":\"b\", \"chan");
    assertThatThrownBy(() -> new CollectedFolder(folder).changes())
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            folder.resolve("changes.jsonl") + ": line 2: not whole JSON, perhaps cut off");
    write("{\"id\":\"a\",\"changes\":[]}\n{\"from\":\"7\"}\n");
    assertThatThrownBy(() -> new CollectedFolder(folder).changes())
        .isInstanceOf(UserError.class)
        .hasMessage(folder.resolve("changes.jsonl") + ": line 2: must have an id");
  }

  @Test
  void whoWasNeverAskedHasNoAnswers() throws IOException {
    assertThat(new CollectedFolder(folder).changes()).isEmpty();
    assertThat(new CollectedFolder(folder).answers("quickstart/gated-seed1")).isEmpty();
    assertThat(new CollectedFolder(folder).answersFile("quickstart/gated-seed1"))
        .isEqualTo(folder.resolve("answers/quickstart-gated-seed1.jsonl"));
  }

  private void write(String lines) throws IOException {
    Files.writeString(folder.resolve("changes.jsonl"), lines);
  }
}
