package dev.fusebox.results.report;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.lab.store.DataRecord;
import dev.fusebox.lab.store.EvaluationsRecord;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.lab.store.RecordedPath;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.results.leak.RememberedLeaks;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The folder of an experiment's results: the one way from what was stored to a table or a report.
 * Only runs whose key is the experiment's count; if a file has changed since it was finished, that
 * is reported and nothing is shown.
 */
public final class ResultsFolder {

  private final Path path;
  private final ExperimentRecord experiment;
  private final Map<ExperimentRecord.Cell, RunRecord> records;
  private final Optional<Path> data;
  private final Map<Path, Meanwhile<Dataset>> opening;

  private ResultsFolder(
      Path path,
      ExperimentRecord experiment,
      Map<ExperimentRecord.Cell, RunRecord> records,
      Optional<Path> data,
      Map<Path, Meanwhile<Dataset>> opening) {
    this.path = path;
    this.experiment = experiment;
    this.records = records;
    this.data = data;
    this.opening = opening;
  }

  /**
   * Opens a folder.
   *
   * @param check looks whether results are what they were when they were finished
   * @param data where the questions lie now, if not where they lay
   * @throws UserError if it holds no results, no run that finished, or damaged ones
   */
  public static ResultsFolder open(Path path, ResultsCheck check, Optional<Path> data)
      throws IOException {
    if (!ExperimentRecord.isIn(path)) {
      throw new UserError(
          path + ": no results there (experiment.json is missing); known: " + known(path));
    }
    ExperimentRecord experiment = check.experiment(path);
    Map<Path, Meanwhile<Dataset>> opening = opening(path, experiment, data);
    Map<ExperimentRecord.Cell, RunRecord> records = check.records(path, experiment);
    if (records.values().stream().noneMatch(RunRecord::hasFinished)) {
      throw new UserError(
          "%s: no run has finished yet; %s continues them"
              .formatted(path, ResultsCheck.command(experiment)));
    }
    return new ResultsFolder(path, experiment, records, data, opening);
  }

  /**
   * The questions take as long to read as the results take to check, so both begin at once. Nothing
   * where no run tells of them; then, and where they are others, they are opened when asked for.
   */
  private static Map<Path, Meanwhile<Dataset>> opening(
      Path path, ExperimentRecord experiment, Optional<Path> data) throws IOException {
    for (ExperimentRecord.Cell cell : experiment.runs()) {
      try {
        Optional<RunRecord> run = new RunFolder(path.resolve(cell.folder())).record();
        if (run.filter(RunRecord::hasFinished).isPresent()) {
          return places(path, run.get(), data).stream()
              .findFirst()
              .map(root -> Map.of(root, Meanwhile.of(() -> Datasets.open(root))))
              .orElse(Map.of());
        }
      } catch (UserError e) {
        return Map.of(); // the check tells it
      }
    }
    return Map.of();
  }

  private static String known(Path path) throws IOException {
    Path parent = path.toAbsolutePath().getParent();
    if (parent == null || !Files.isDirectory(parent)) {
      return "none";
    }
    try (var folders = Files.list(parent)) {
      List<String> names =
          folders
              .filter(ExperimentRecord::isIn)
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
      return names.isEmpty() ? "none" : String.join(", ", names);
    }
  }

  /** The folder of all results. */
  private Path results() {
    return results(path);
  }

  private static Path results(Path path) {
    return path.toAbsolutePath().normalize().getParent();
  }

  /** The model that its config names to score what rationales mean; perhaps no longer there. */
  public Optional<Path> sentenceTransformer() {
    RecordedPath model = experiment.sentenceTransformer();
    return model.equals(RecordedPath.NONE)
        ? Optional.empty()
        : Optional.of(model.found(results()).stream().findFirst().orElse(Path.of(model.given())));
  }

  /**
   * How its finished runs did with questions that were collected.
   *
   * @throws UserError if there is no such folder, or a file of it is broken
   */
  public Table collected(CollectedFolder folder) throws IOException {
    Map<String, String> titles = new LinkedHashMap<>();
    records.forEach(
        (cell, run) -> {
          if (run.hasFinished()) {
            String id = experiment.name() + "/" + cell.folder();
            titles.put(id, run.title());
          }
        });
    return CollectedTable.of(folder, titles);
  }

  /** Everything a report tells. */
  public Report report() throws IOException {
    RunRecord first = finished().get(0);
    Path root = root(first);
    Meanwhile<List<ReportedRun>> reading = Meanwhile.of(this::runs);
    Dataset questions = questions(root, first);
    List<ReportedRun> runs = reading.brought();
    List<Question> train = questions(questions, first.data().train());
    List<Question> test = questions(questions, first.data().test());
    return new Report(
        experiment.name(),
        experiment.question(),
        first.data().name(),
        train,
        test,
        questions.categories(),
        runs,
        experiment.compare(),
        experiment.among(),
        ResultsCheck.command(experiment),
        made(first.made()),
        pictures(root),
        notes(),
        ClaimsRecord.read(path).claims(),
        Optional.of(new RememberedLeaks(results().resolve("cache")).of(train, test, root)),
        questions.directAnswers());
  }

  private List<ReportedRun> runs() throws IOException {
    RunReader reader = new RunReader(results().resolve("stages"));
    List<ReportedRun> runs = new ArrayList<>();
    for (ExperimentRecord.Cell cell : experiment.runs()) {
      runs.add(
          records.containsKey(cell)
              ? reader.read(new RunFolder(path.resolve(cell.folder())), records.get(cell))
              : RunReader.notMade(cell));
    }
    return runs;
  }

  /** What its variants' comparisons with their controls can show; reads their answers alone. */
  List<PairPower> powers() throws IOException {
    RunRecord first = finished().get(0);
    Dataset questions = questions(root(first), first);
    List<RunResult> results = new ArrayList<>();
    for (ExperimentRecord.Cell cell : experiment.runs()) {
      results.add(
          records.containsKey(cell)
              ? RunReader.result(records.get(cell), new RunFolder(path.resolve(cell.folder())))
              : RunReader.notMade(cell).result());
    }
    Ablation ablation =
        new Ablation(
            experiment.question(),
            first.data().name(),
            questions(questions, first.data().train()),
            questions(questions, first.data().test()),
            questions.categories(),
            results,
            experiment.compare(),
            List.of());
    return new AblationScores(ablation, Grader.strict()).powers();
  }

  /** What was noted of the data, and whose settings may have been chosen by the test. */
  private List<String> notes() throws IOException {
    Map<String, Integer> tried = new LinkedHashMap<>();
    for (Map.Entry<ExperimentRecord.Cell, RunRecord> run : records.entrySet()) {
      if (run.getValue().hasFinished()) {
        int settings =
            EvaluationsRecord.read(path.resolve(run.getKey().folder())).settings(run.getValue());
        tried.merge(run.getKey().variant(), settings, Math::max);
      }
    }
    tried.values().removeIf(settings -> settings < 2);
    List<String> notes = new ArrayList<>(experiment.notes());
    ComputedOnNote.of(finished()).ifPresent(notes::add);
    if (!tried.isEmpty()) {
      notes.add(
          tried.entrySet().stream()
              .map(each -> each.getKey() + " with " + each.getValue())
              .collect(
                  Collectors.joining(
                      ", ",
                      "evaluated on the test split with more than one setting: ",
                      "; a setting selected on the test split is no longer tested by it: select on validation")));
    }
    return notes;
  }

  private List<RunRecord> finished() {
    return records.values().stream().filter(RunRecord::hasFinished).toList();
  }

  /** Where the questions are now, even if results or data were moved. */
  private Path root(RunRecord run) {
    List<Path> places = places(path, run, data);
    if (places.isEmpty()) {
      throw new UserError(
          "%s: its questions are no longer in %s; give their folder: --data DIR"
              .formatted(path, run.data().place().given()));
    }
    return places.get(0);
  }

  private static List<Path> places(Path path, RunRecord run, Optional<Path> data) {
    return data.map(List::of).orElseGet(() -> run.data().place().found(results(path)));
  }

  /** The data, if they are those of all runs. */
  private Dataset questions(Path root, RunRecord first) throws IOException {
    Meanwhile<Dataset> begun = opening.get(root);
    Dataset questions = begun == null ? Datasets.open(root) : begun.brought();
    for (RunRecord run : finished()) {
      if (!run.data().fingerprint().equals(first.data().fingerprint())) {
        throw new UserError(
            "%s: %s and %s were asked different questions; one table cannot show both"
                .formatted(path, first.title(), run.title()));
      }
    }
    if (!questions.fingerprint().equals(first.data().fingerprint())) {
      throw new UserError(
          "%s: the questions have changed since the runs of %s were made, so their answers cannot be marked. Restore the questions, or compute with the new ones: %s"
              .formatted(root, path, ResultsCheck.command(experiment)));
    }
    return questions;
  }

  /**
   * The first questions of a split, or all of it where a run learnt from a draw: what is said of
   * the training questions, which letter is right most often and which test questions are nearly
   * among them, has to hold for the runs of all draws, not for those of the first alone.
   */
  private static List<Question> questions(Dataset data, DataRecord.Part part) {
    return part.limit() > 0 && part.draw() == 0
        ? data.split(part.split(), Optional.of(part.limit()))
        : data.split(part.split());
  }

  private static InlinePictures pictures(Path root) throws IOException {
    return new PictureFolder(PictureFiles.ifAny(root));
  }

  private static String made(Provenance made) {
    return "Fusebox %s, commit %s".formatted(made.fusebox(), made.commitInWords());
  }
}
