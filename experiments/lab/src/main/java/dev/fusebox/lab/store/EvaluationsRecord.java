package dev.fusebox.lab.store;

import dev.fusebox.file.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code evaluations.json}: with what a run has been asked its test questions so far. Whoever looks
 * at the test after each change of a setting chooses the settings by it.
 *
 * @param evaluations the first first, each once
 */
public record EvaluationsRecord(List<Evaluation> evaluations) {

  private static final String NAME = "evaluations.json";

  public EvaluationsRecord {
    evaluations = List.copyOf(evaluations);
  }

  /**
   * One evaluation.
   *
   * @param key of the run, which is another where the code is another too
   * @param settings hash of the resolved config, which is another where only a path is
   * @param questions hash of the data, and the name of the split that was asked
   */
  public record Evaluation(String key, String settings, String questions) {

    private boolean isLike(Evaluation other) {
      return key.equals(other.key) || settings.equals(other.settings);
    }

    static Evaluation of(RunRecord run) {
      return new Evaluation(
          run.key(),
          new Fingerprint().add(run.config().toString()).hex(),
          run.data().fingerprint() + " " + run.data().test().split());
    }
  }

  /** Adds what a finished run is, unless it was known. */
  static void add(Path folder, RunRecord run) throws IOException {
    List<Evaluation> all = new ArrayList<>(read(folder).evaluations());
    Evaluation evaluation = Evaluation.of(run);
    if (!all.contains(evaluation)) {
      all.add(evaluation);
      RecordFile.write(folder.resolve(NAME), new EvaluationsRecord(all));
    }
  }

  /**
   * Reads a run's; nothing where nothing is known.
   *
   * @throws dev.fusebox.file.UserError if the file is damaged, or of another version
   */
  public static EvaluationsRecord read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    return Files.isRegularFile(file)
        ? RecordFile.read(file, EvaluationsRecord.class)
        : new EvaluationsRecord(List.of());
  }

  /**
   * With how many different settings the questions of a run were asked. Evaluations of one key are
   * of the same settings, whatever the config says (a path moved), and so are those of one config,
   * whatever the key is (new code).
   */
  public int settings(RunRecord run) {
    String questions = Evaluation.of(run).questions();
    List<List<Evaluation>> alike = new ArrayList<>();
    for (Evaluation each : evaluations) {
      if (each.questions().equals(questions)) {
        List<Evaluation> joined = new ArrayList<>(List.of(each));
        alike.removeIf(group -> group.stream().anyMatch(each::isLike) && joined.addAll(group));
        alike.add(joined);
      }
    }
    return alike.size();
  }
}
