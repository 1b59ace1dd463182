package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.EvaluationsRecord;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.training.loop.MetricsFile;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.work.AttentionFile;
import dev.fusebox.training.work.ChangedFile;
import dev.fusebox.training.work.CrossedFile;
import dev.fusebox.training.work.OptionsFile;
import dev.fusebox.training.work.PassagesFile;
import dev.fusebox.training.work.SampledFile;
import dev.fusebox.training.work.TransferredFile;
import dev.fusebox.training.work.VersionsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads what was stored of a run, from its folder and from those of its stages.
 *
 * @param stages the folder of all stages
 */
record RunReader(Path stages) {

  /** One that was not made. */
  static ReportedRun notMade(ExperimentRecord.Cell cell) {
    return new ReportedRun(
        new RunResult.NotMade(cell.variant(), cell.repeat()),
        "none",
        JsonNodeFactory.instance.objectNode(),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of());
  }

  /** One that finished or failed. */
  ReportedRun read(RunFolder folder, RunRecord record) throws IOException {
    return new ReportedRun(
        result(record, folder),
        record.fusion(),
        record.config(),
        facts(record, EvaluationsRecord.read(folder.path()).first(record).toString()),
        record.stages(),
        rationales(record),
        options(record),
        staged(record, folder, MetricsFile.NAME, MetricsFile::read),
        staged(record, folder, AttentionFile.NAME, AttentionFile::read),
        new TestedAnswers(
            tested(record, ChangedFile.NAME, ChangedFile::read),
            tested(record, CrossedFile.NAME, CrossedFile::read),
            tested(record, SampledFile.NAME, SampledFile::read),
            tested(record, TransferredFile.NAME, TransferredFile::read),
            tested(record, VersionsFile.NAME, VersionsFile::read),
            tested(record, PassagesFile.NAME, PassagesFile::read)));
  }

  /** A reader of one kind of lines. */
  private interface Reading<T> {
    List<T> of(Path file) throws IOException;
  }

  private <A> List<A> tested(RunRecord record, String name, Reading<A> reading) throws IOException {
    List<A> answers = new ArrayList<>();
    for (StageRecord stage : record.stages()) {
      Path file = folder(stage).resolve(name);
      if (stage.role() == StageRole.TESTING && Files.isRegularFile(file)) {
        answers.addAll(reading.of(file));
      }
    }
    return answers;
  }

  /** What it answered, or why it failed. */
  static RunResult result(RunRecord record, RunFolder folder) throws IOException {
    if (!record.hasFinished()) {
      return new RunResult.Failed(record.variant(), record.repeat(), record.reason());
    }
    List<StageRecord> writing = writing(record);
    return new RunResult.Finished(
        record.variant(),
        record.repeat(),
        writing.get(writing.size() - 1).decoding(),
        folder.predictions());
  }

  private static Map<String, String> facts(RunRecord record, String evaluated) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", Long.toString(record.seed()));
    if (record.repeat().isDrawn()) {
      facts.put("draw of training questions", Long.toString(record.draw()));
    }
    facts.put(ReportedRun.FINISHED, record.finished());
    if (!evaluated.equals(record.finished())) {
      facts.put(ReportedRun.EVALUATED, evaluated);
    }
    record.stages().forEach(stage -> facts.put(stage.title(), words(stage)));
    facts.putAll(record.made().facts());
    facts.put("data", record.data().place().given());
    facts.put("key", record.key());
    return facts;
  }

  private static String words(StageRecord stage) {
    StringBuilder text = new StringBuilder(Numbers.fixed(stage.seconds(), 1) + " s");
    stage
        .figures()
        .forEach(
            (name, figure) ->
                text.append(", ").append(words(name)).append(' ').append(number(figure)));
    if (stage.computedOn().known()) {
      text.append(", on ").append(stage.computedOn().inWords());
    }
    return text.append(" (").append(stage.name()).append(')').toString();
  }

  /** {@code cutSources}: cut sources. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
  }

  private static String number(Number value) {
    return value instanceof Double ? Numbers.fixed(value.doubleValue(), 3) : value.toString();
  }

  /** What the stage before the last one wrote for the test questions. */
  private Optional<StagePredictions> rationales(RunRecord record) throws IOException {
    List<StageRecord> writing = writing(record);
    if (writing.size() < 2) {
      return Optional.empty();
    }
    StageRecord stage = writing.get(writing.size() - 2);
    Path file = folder(stage).resolve(PredictionFile.NAME);
    return Files.isRegularFile(file)
        ? Optional.of(new StagePredictions(stage.decoding(), PredictionFile.read(file)))
        : Optional.empty();
  }

  private List<OptionProbabilities> options(RunRecord record) throws IOException {
    List<StageRecord> writing = writing(record);
    if (writing.isEmpty()) {
      return List.of();
    }
    Path file = folder(writing.get(writing.size() - 1)).resolve(OptionsFile.NAME);
    return Files.isRegularFile(file) ? OptionsFile.read(file) : List.of();
  }

  /** The stages that wrote for the test questions, the one that answers last. */
  private static List<StageRecord> writing(RunRecord record) {
    return record.stages().stream().filter(stage -> stage.role() == StageRole.WRITING).toList();
  }

  /** From the stages, so that each line knows its stage; from the run where they are gone. */
  private <T> List<OfStage<T>> staged(
      RunRecord record, RunFolder folder, String name, Reading<T> reading) throws IOException {
    List<OfStage<T>> all = new ArrayList<>();
    for (StageRecord stage : record.stages()) {
      all.addAll(lines(stage.part(), folder(stage).resolve(name), reading));
    }
    return all.isEmpty() ? lines("", folder.path().resolve(name), reading) : all;
  }

  private static <T> List<OfStage<T>> lines(String stage, Path file, Reading<T> reading)
      throws IOException {
    return Files.isRegularFile(file)
        ? reading.of(file).stream().map(line -> new OfStage<>(stage, line)).toList()
        : List.of();
  }

  private Path folder(StageRecord stage) {
    return stages.resolve(stage.name());
  }
}
