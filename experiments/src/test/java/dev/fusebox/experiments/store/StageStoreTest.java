package dev.fusebox.experiments.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StageStoreTest {

  private static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  @TempDir Path root;
  private StageStore store;

  @BeforeEach
  void open() {
    store = new StageStore(root);
  }

  private StageFolder computed(StageStore.Maker maker) throws IOException {
    return store.computed("stage", "alike", NOTHING, maker);
  }

  private static JsonNode write(Path directory) throws IOException {
    Files.writeString(directory.resolve("result.txt"), "result");
    return NOTHING;
  }

  @Test
  void whatAKilledProcessWasWritingIsNotPartOfTheResult() throws IOException {
    Path partial = Files.createDirectories(root.resolve("stage.partial/features"));
    Files.writeString(WholeFile.beside(partial.resolve("detr.npy")), "half");
    Files.writeString(partial.resolveSibling("state.txt"), "to go on from");
    StageFolder folder = computed(StageStoreTest::write);
    assertThat(folder.path().resolve("features")).isEmptyDirectory();
    assertThat(folder.path().resolve("state.txt")).hasContent("to go on from");
    assertThat(folder.bytes()).isEqualTo("to go on from".length() + "result".length());
  }

  /** Killed between the record and the last move: all is there but the name. */
  @Test
  void aWholeResultUnderItsPartialNameIsNotMadeAgain() throws IOException {
    StageFolder first = computed(StageStoreTest::write);
    Files.move(first.path(), root.resolve("stage.partial"));
    StageFolder again =
        computed(
            directory -> {
              throw new AssertionError("made again");
            });
    assertThat(again).isEqualTo(first);
  }

  @Test
  void aResultFromWhichSomethingWasTakenIsTold() throws IOException {
    StageFolder folder = computed(StageStoreTest::write);
    store.check(folder);
    Files.writeString(folder.path().resolve("notes.txt"), "mine");
    store.check(folder);
    Files.delete(folder.path().resolve("notes.txt"));
    Files.writeString(folder.path().resolve("result.txt"), "res");
    assertThatThrownBy(() -> store.check(folder))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.path()
                + ": its files hold 3 bytes, but 6 when it was finished: one is missing or cut."
                + " Put it back, or delete the folder to compute it again.");
  }
}
