package dev.fusebox.training.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.training.task.AttentionMap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttentionFileTest {

  @TempDir Path folder;

  @Test
  void whatWasWrittenIsRead() throws IOException {
    List<List<Double>> weights = List.of(List.of(0.25, 0.75), List.of(1.0, 0.0));
    AttentionMap reading =
        new AttentionMap(
            "1",
            List.of("Which", "?"),
            List.of(),
            List.of(new AttentionMap.Layer("encoder", false, weights)),
            Optional.of(new PictureGrid(1, 2)));
    AttentionMap writing =
        new AttentionMap(
            "2",
            List.of("Which"),
            List.of("The", "dog"),
            List.of(
                new AttentionMap.Layer("encoder", false, weights),
                new AttentionMap.Layer("decoder", true, weights)),
            Optional.empty());
    Path file = folder.resolve(AttentionFile.NAME);
    AttentionFile.write(file, List.of(reading, writing));
    assertThat(AttentionFile.read(file)).containsExactly(reading, writing);
  }

  @Test
  void anotherLineIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a.jsonl"), "{\"id\": 1, \"text\": \"x\"}\n");
    assertThatThrownBy(() -> AttentionFile.read(file))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ", line 1: id, tokens and layers expected");
  }
}
