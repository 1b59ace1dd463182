package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.recipe.PretrainingSettings;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * All runs of an experiment, laid out; stages that runs share appear in each of them.
 *
 * @param notes what a reader of the results must know of the data
 */
public record AblationPlan(Experiment experiment, List<PlannedRun> runs, List<String> notes) {

  public AblationPlan {
    runs = List.copyOf(runs);
    notes = List.copyOf(notes);
  }

  /** Every stage once, each after its inputs. */
  public List<Stage> stages() {
    Set<Stage> stages = new LinkedHashSet<>();
    runs.forEach(run -> stages.addAll(run.plan().stages()));
    return new ArrayList<>(stages);
  }

  /** How many devices a training takes at most: {@code training.replicas}. */
  public int replicas() {
    return runs.stream()
        .map(run -> run.variant().recipe())
        .flatMap(
            recipe ->
                Stream.concat(
                    recipe.pipeline().values().stream().map(StageSettings::training),
                    recipe.pretraining().stream().map(PretrainingSettings::training)))
        .mapToInt(TrainingSettings::replicas)
        .max()
        .orElse(1);
  }

  /** The runs that need a stage. */
  public Map<Stage, List<PlannedRun>> users() {
    Map<Stage, List<PlannedRun>> users = new LinkedHashMap<>();
    for (PlannedRun run : runs) {
      run.plan().stages().forEach(s -> users.computeIfAbsent(s, k -> new ArrayList<>()).add(run));
    }
    return users;
  }

  /** Whether the store holds every stage. */
  public boolean isDone(StageStore store) throws IOException {
    for (Stage stage : stages()) {
      if (store.find(stage.name()).isEmpty()) {
        return false;
      }
    }
    return true;
  }
}
