package dev.fusebox.lab.ablation;

import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RecordedPath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where results go.
 *
 * @param path {@code results} in the working directory, unless someone says otherwise
 */
public record ResultsRoot(Path path) {

  private static final int ENDING = 6;

  /**
   * An experiment's directory: of its name, unless another config of that name has its results
   * there; then with an ending that tells the two apart.
   */
  public Path of(Experiment experiment) throws IOException {
    Path usual = path.resolve(experiment.name());
    Path other = path.resolve(experiment.name() + "-" + ending(experiment));
    boolean taken = owner(experiment).isPresent() || ExperimentRecord.isIn(other);
    return taken && !isOf(usual, experiment) ? other : usual;
  }

  /** The note where two configs share a name; empty where none do. */
  public Optional<String> meeting(Experiment experiment) throws IOException {
    Path usual = path.resolve(experiment.name());
    Path own = of(experiment);
    return own.equals(usual)
        ? Optional.empty()
        : Optional.of(
            "%s holds the results of %s, which has the same name; those of %s are in %s"
                .formatted(
                    usual, owner(experiment).orElse("another file"), experiment.file(), own));
  }

  /** The other config, still there, whose results have the usual place. */
  private Optional<String> owner(Experiment experiment) throws IOException {
    return ExperimentRecord.find(path.resolve(experiment.name()))
        .filter(record -> !record.config().equals(way(experiment)))
        .filter(record -> !record.config().isEmpty())
        .filter(record -> Files.exists(path.resolve(record.config())))
        .map(record -> path.resolve(record.config()).normalize().toString());
  }

  private boolean isOf(Path folder, Experiment experiment) throws IOException {
    return ExperimentRecord.find(folder)
        .filter(record -> record.config().equals(way(experiment)))
        .isPresent();
  }

  private String ending(Experiment experiment) {
    String way = way(experiment);
    String identity = way.isEmpty() ? experiment.file() : way;
    return new Fingerprint().add(identity).hex().substring(0, ENDING);
  }

  /**
   * The path to its config relative to the results: it identifies the config, and survives a move
   * of both.
   */
  String way(Experiment experiment) {
    return RecordedPath.fromResults(Path.of(experiment.file()), path);
  }

  /**
   * Makes sure that results can be written.
   *
   * @throws UserError if they cannot
   */
  public void requireWritable() {
    Path there = path.toAbsolutePath().normalize();
    while (!Files.exists(there)) {
      there = there.getParent();
    }
    if (!Files.isDirectory(there)) {
      throw new UserError(there + ": is a file, but results need a folder: --results DIR");
    }
    if (!Files.isWritable(there)) {
      throw new UserError(there + ": is not writable; choose another folder: --results DIR");
    }
  }

  /** What only saves time: decoded pictures, tokens, indices. */
  public Path cache() {
    return path.resolve("cache");
  }

  /** The stages of all experiments. */
  public Path stages() {
    return path.resolve("stages");
  }

  /** Where the hashes of files are remembered. */
  public Path hashes() {
    return cache().resolve(".hashes");
  }
}
