package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.Canonical;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.work.Stage;
import java.util.List;

/**
 * The stages of one run.
 *
 * @param stages each after its inputs
 * @param answer the last one, whose predictions are the run's
 */
public record RunPlan(List<Stage> stages, Stage answer) {

  public RunPlan {
    stages = List.copyOf(stages);
  }

  /** The hash of everything that the run shows depends on: its answers, and what tests them. */
  public String key() {
    List<String> tests =
        stages.stream().filter(stage -> stage.role() == StageRole.TESTING).map(Stage::key).toList();
    return tests.isEmpty()
        ? answer.key()
        : Canonical.key(
            JsonNodeFactory.instance
                .objectNode()
                .put("answer", answer.key())
                .put("tests", String.join(" ", tests)));
  }
}
