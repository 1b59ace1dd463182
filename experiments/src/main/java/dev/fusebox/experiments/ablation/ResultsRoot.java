package dev.fusebox.experiments.ablation;

import java.nio.file.Path;

/**
 * Where results go.
 *
 * @param path {@code results} in the working directory, unless someone says otherwise
 */
public record ResultsRoot(Path path) {

  /** An experiment's directory. */
  public Path of(Experiment experiment) {
    return path.resolve(experiment.name());
  }

  /** What only saves time: decoded pictures, tokens, indices. */
  public Path cache() {
    return path.resolve("cache");
  }

  /** The stages of all experiments. */
  public Path stages() {
    return path.resolve("stages");
  }
}
