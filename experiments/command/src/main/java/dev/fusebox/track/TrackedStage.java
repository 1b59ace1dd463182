package dev.fusebox.track;

import com.typesafe.config.ConfigObject;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.lab.store.Provenance;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.Stage;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A stage as a tracking server shows it.
 *
 * @param name for people
 * @param key the stage's; a stage that goes on is found by it
 * @param parameters its own part of the config, flat
 * @param tags what and who made it
 */
record TrackedStage(
    String name, String key, Map<String, String> parameters, Map<String, String> tags) {

  /** The tag that holds the key. */
  static final String KEY = "fusebox.stage";

  TrackedStage {
    parameters = Map.copyOf(parameters);
    tags = Map.copyOf(tags);
  }

  static TrackedStage of(Experiment experiment, PlannedRun run, Stage stage) {
    return new TrackedStage(
        run.title() + " " + stage.title(),
        stage.key(),
        parameters(run, stage),
        tags(experiment, run, stage));
  }

  private static Map<String, String> parameters(PlannedRun run, Stage stage) {
    ConfigObject tree = run.variant().tree();
    ConfigObject pipeline = (ConfigObject) tree.get("pipeline");
    Object own =
        pipeline.containsKey(stage.part()) ? pipeline.get(stage.part()) : tree.get(stage.part());
    Map<String, String> parameters = new LinkedHashMap<>();
    addLeaves("data.", (ConfigObject) tree.get("data"), parameters);
    if (own instanceof ConfigObject part && stage.role() != StageRole.DATA) {
      addLeaves("", part, parameters);
    }
    parameters.put("seed", Long.toString(run.repeat().seed()));
    return parameters;
  }

  private static void addLeaves(String prefix, ConfigObject part, Map<String, String> into) {
    part.toConfig()
        .entrySet()
        .forEach(
            leaf ->
                into.put(
                    prefix + leaf.getKey().replace("\"", ""),
                    String.valueOf(leaf.getValue().unwrapped())));
  }

  private static Map<String, String> tags(Experiment experiment, PlannedRun run, Stage stage) {
    Map<String, String> tags = new LinkedHashMap<>();
    tags.put(KEY, stage.key());
    tags.put("fusebox.kind", stage.kind().word());
    tags.put("fusebox.part", stage.part());
    tags.put("fusebox.variant", run.variant().name());
    tags.put("fusebox.seed", Long.toString(run.repeat().seed()));
    if (run.repeat().isDrawn()) {
      tags.put("fusebox.draw", Long.toString(run.repeat().draw()));
    }
    tags.put("fusebox.fusion", fusion(run, stage));
    tags.put("mlflow.source.name", experiment.file());
    Provenance made = Provenance.current();
    tags.put("mlflow.source.git.commit", made.commit());
    made.facts().forEach((name, value) -> tags.put("fusebox.made." + name, value));
    return tags;
  }

  private static String fusion(PlannedRun run, Stage stage) {
    StageSettings settings = run.variant().recipe().pipeline().get(stage.part());
    if (settings == null) {
      return stage.description().at("/fusion/name").asText("none");
    }
    return settings.seesPictures() ? settings.fusion().name() : "none";
  }
}
