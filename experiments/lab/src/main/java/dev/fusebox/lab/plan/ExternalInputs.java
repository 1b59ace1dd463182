package dev.fusebox.lab.plan;

import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.UserError;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The files of others that a stage reads: a tokenizer, a checkpoint, pictures, a corpus. Its key
 * tells what they held when it was planned, and its work makes sure that they still do.
 */
final class ExternalInputs {

  /** Finds what a file or folder holds. */
  @FunctionalInterface
  interface Hashing {
    String hash() throws IOException;
  }

  private record Given(Path path, Hashing hashing, String hash) {}

  private final List<Given> all = new ArrayList<>();

  /** The hash of one, remembered for the check afterwards. */
  String hash(Path path, Hashing hashing) throws IOException {
    Given given = new Given(path, hashing, hashing.hash());
    all.add(given);
    return given.hash();
  }

  /** The same work, which fails and keeps nothing if an input changes while it runs. */
  Stage.Work unchangedDuring(Stage.Work work) {
    return (directory, inputs, progress) -> {
      check();
      Map<String, Number> figures = work.run(directory, inputs, progress);
      try {
        check();
      } catch (UserError e) {
        DirectoryTree.delete(directory);
        throw e;
      }
      return figures;
    };
  }

  private void check() throws IOException {
    for (Given given : all) {
      if (!given.hashing().hash().equals(given.hash())) {
        throw new UserError(
            given.path()
                + ": was changed while results were computed from it. Run again to compute them"
                + " from its new content");
      }
    }
  }
}
