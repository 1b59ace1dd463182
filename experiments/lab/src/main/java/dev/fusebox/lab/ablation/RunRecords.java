package dev.fusebox.lab.ablation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigRenderOptions;
import dev.fusebox.lab.store.DataRecord;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.lab.store.RecordedPath;
import dev.fusebox.lab.store.RunRecord;
import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is recorded of a run: how it ended, and what it was made of.
 *
 * @param root of all results
 */
record RunRecords(ResultsRoot root, RunQuestions questions) {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Of a run that has finished, with marked answers. */
  RunRecord finished(
      AblationPlan plan, PlannedRun run, Graded graded, Map<Stage, StageFolder> stages)
      throws IOException {
    List<StageRecord> used = new ArrayList<>();
    stages.forEach((stage, folder) -> used.add(used(run, stage, folder)));
    RunRecord.Accuracy accuracy =
        new RunRecord.Accuracy(
            graded.average().percent(), graded.questions().size(), graded.unreadable());
    return record(
        plan, run, RunRecord.Outcome.FINISHED, "", accuracy, questions.fingerprint(run), used);
  }

  /** Of a run that has failed. */
  RunRecord failed(AblationPlan plan, PlannedRun run, String reason) throws IOException {
    return record(
        plan, run, RunRecord.Outcome.FAILED, reason, RunRecord.Accuracy.NONE, "", List.of());
  }

  private RunRecord record(
      AblationPlan plan,
      PlannedRun run,
      RunRecord.Outcome outcome,
      String reason,
      RunRecord.Accuracy accuracy,
      String fingerprint,
      List<StageRecord> stages)
      throws IOException {
    Recipe recipe = run.variant().recipe();
    return new RunRecord(
        plan.experiment().name(),
        run.variant().name(),
        run.repeat().seed(),
        run.repeat().draw(),
        outcome,
        reason,
        run.plan().key(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
        accuracy,
        recipe.fusion().name(),
        data(run, fingerprint),
        stages,
        Map.of(),
        config(run),
        Provenance.current());
  }

  private static JsonNode config(PlannedRun run) throws IOException {
    return MAPPER.readTree(run.variant().tree().render(ConfigRenderOptions.concise()));
  }

  private DataRecord data(PlannedRun run, String fingerprint) throws IOException {
    DataSettings settings = run.variant().recipe().data();
    return new DataRecord(
        settings.root().map(RunRecords::name).orElse("demo"),
        questions
            .root(run)
            .map(path -> RecordedPath.of(path, root.path()))
            .orElse(RecordedPath.NONE),
        fingerprint,
        part(Split.TRAIN, settings),
        part(Split.TEST, settings));
  }

  private static DataRecord.Part part(Split split, DataSettings data) {
    return new DataRecord.Part(
        split.name(data), split.limit(data.limits()).orElse(0.0), split.draw(data).orElse(0L));
  }

  private static String name(Path root) {
    return String.valueOf(root.toAbsolutePath().normalize().getFileName());
  }

  private static StageRecord used(PlannedRun run, Stage stage, StageFolder folder) {
    boolean writes = stage.kind() == StageKind.PREDICTION;
    return new StageRecord(
        stage.part(),
        stage.role(),
        stage.name(),
        folder.seconds(),
        folder.computedOn(),
        writes ? run.variant().recipe().pipeline().get(stage.part()).decoding().inWords() : "",
        folder.figures());
  }
}
