package dev.fusebox.lab.plan;

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
}
