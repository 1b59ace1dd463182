package dev.fusebox.results.report;

import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.lab.store.StageStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads the records of results and checks that the files they tell of are what they were when they
 * were finished: the runs' own, and those of their stages that are still there.
 */
public final class ResultsCheck {

  private final FileHashes hashes;

  /** A check that knows the hashes of files. */
  public ResultsCheck(FileHashes hashes) {
    this.hashes = hashes;
  }

  /**
   * The experiment in a folder.
   *
   * @throws UserError if its record is damaged, with the way to make it again
   */
  ExperimentRecord experiment(Path folder) throws IOException {
    try {
      return ExperimentRecord.read(folder);
    } catch (UserError e) {
      throw new UserError(e.getMessage() + ". fusebox run CONFIG writes it again", e);
    }
  }

  /**
   * The records of an experiment's runs that came to their end; without those of other settings
   * that lie in its folders.
   *
   * @throws UserError that names everything that is damaged
   */
  Map<ExperimentRecord.Cell, RunRecord> records(Path folder, ExperimentRecord experiment)
      throws IOException {
    Map<ExperimentRecord.Cell, RunRecord> records = new LinkedHashMap<>();
    Set<String> damage = new LinkedHashSet<>();
    Map<String, Optional<String>> ofStages = new HashMap<>(); // which runs share
    StageStore stages =
        new StageStore(folder.toAbsolutePath().normalize().resolveSibling("stages"), hashes);
    for (ExperimentRecord.Cell cell : experiment.runs()) {
      RunFolder run = new RunFolder(folder.resolve(cell.folder()));
      try {
        Optional<RunRecord> record = run.record().filter(found -> isOf(cell, found));
        if (record.isPresent()) {
          records.put(cell, record.get());
          damage.addAll(damage(cell, run, record.get(), stages, ofStages));
        }
      } catch (UserError e) {
        damage.add(e.getMessage() + " (" + cell.title() + ")");
      }
    }
    if (!damage.isEmpty()) {
      throw new UserError(
          "%s: stored results are damaged or have changed, so nothing is shown:%n  %s%nRecompute them: %s"
              .formatted(folder, String.join("\n  ", damage), command(experiment)));
    }
    return records;
  }

  private static boolean isOf(ExperimentRecord.Cell cell, RunRecord record) {
    return record.key().equals(cell.key())
        && record.variant().equals(cell.variant())
        && record.repeat().equals(cell.repeat());
  }

  private Set<String> damage(
      ExperimentRecord.Cell cell,
      RunFolder run,
      RunRecord record,
      StageStore stages,
      Map<String, Optional<String>> ofStages)
      throws IOException {
    Set<String> damage = new LinkedHashSet<>();
    run.damage(record, hashes).ifPresent(what -> damage.add(what + " (" + cell.title() + ")"));
    for (StageRecord stage : record.stages()) {
      if (!ofStages.containsKey(stage.name())) {
        ofStages.put(stage.name(), stages.damage(stage.name()));
      }
      ofStages
          .get(stage.name())
          .ifPresent(what -> damage.add(what + " (stage " + stage.title() + ")"));
    }
    return damage;
  }

  /** The command that computes it again: its file, and what the command line said over it. */
  static String command(ExperimentRecord experiment) {
    StringBuilder command = new StringBuilder("fusebox run ").append(word(experiment.file()));
    experiment.overrides().forEach(line -> command.append(' ').append(word(line)));
    return command.toString();
  }

  /** As a shell takes it for one word. */
  private static String word(String text) {
    return text.matches("[\\w./:=,+@%-]+") ? text : "'" + text.replace("'", "'\\''") + "'";
  }
}
