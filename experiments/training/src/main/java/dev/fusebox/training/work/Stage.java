package dev.fusebox.training.work;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Canonical;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A piece of work whose result is a directory. Two stages with the same name are the same stage.
 *
 * @param kind what it makes
 * @param part of the config it belongs to: a stage of the pipeline by name, {@code pretraining} or
 *     {@code data}
 * @param role what it does in the run
 * @param description everything its result depends on; its hash is the key
 * @param inputs the stages whose results it reads
 * @param likeness a hash of what decides how long it takes; for estimates
 * @param work makes the result
 * @param key the hash of everything its result depends on
 */
public record Stage(
    StageKind kind,
    String part,
    StageRole role,
    JsonNode description,
    List<Stage> inputs,
    String likeness,
    Work work,
    String key) {

  public Stage {
    inputs = List.copyOf(inputs);
  }

  /** A stage of this description, hashed once: sets of stages ask for the key all the time. */
  public Stage(
      StageKind kind,
      String part,
      StageRole role,
      JsonNode description,
      List<Stage> inputs,
      String likeness,
      Work work) {
    this(kind, part, role, description, inputs, likeness, work, Canonical.key(description));
  }

  /** Makes a result. */
  @FunctionalInterface
  public interface Work {
    /**
     * Fills {@code directory}, which may hold what an interrupted call left.
     *
     * @param inputs the directory of each input
     * @return figures to keep with the result
     * @throws StageCancelled if {@code progress} asked to stop
     */
    Map<String, Number> run(Path directory, Function<Stage, Path> inputs, StageProgress progress)
        throws IOException;
  }

  /** What people call it, such as {@code answer} or {@code answer, tested by no-hint}. */
  public String title() {
    String change = description.path("change").asText();
    String other = description.path("transfer").path("name").asText();
    String every = description.path("every").asText();
    return role.title(part)
        + (change.isEmpty() ? "" : " by " + change)
        + (every.isEmpty() ? "" : " by every " + every)
        + (other.isEmpty() ? "" : " on " + other);
  }

  /** Its name in the store. */
  public String name() {
    return kind.word() + "-" + key();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Stage stage && stage.kind == kind && stage.key.equals(key);
  }

  @Override
  public int hashCode() {
    return key.hashCode();
  }

  @Override
  public String toString() {
    return title() + " (" + name() + ")";
  }
}
