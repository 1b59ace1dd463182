package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;

/** Makes the stage {@code stage} in a store where nobody else does. */
record SoleMaker(StageStore store) {

  /** What a stage here is described by. */
  static final JsonNode NOTHING = JsonNodeFactory.instance.objectNode();

  static SoleMaker in(Path root) {
    return new SoleMaker(new StageStore(root, new FileHashes(root.resolve(".hashes"), false)));
  }

  StageFolder computed(StageStore.Maker maker) throws IOException {
    return store.computed(
        "stage",
        "alike",
        NOTHING,
        maker,
        turn -> {
          throw new AssertionError("nobody else has the lock");
        });
  }

  static Map<String, Number> write(Path directory) throws IOException {
    Files.writeString(directory.resolve("result.txt"), "result");
    return Map.of("questions", 3);
  }

  static Map<String, Number> never(Path directory) {
    return Assertions.fail("made again");
  }

  static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
