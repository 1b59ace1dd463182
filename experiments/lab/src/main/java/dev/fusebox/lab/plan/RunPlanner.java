package dev.fusebox.lab.plan;

import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;

/** Lays out the stages of a run and gives each its key. Opens real data, computes nothing. */
public final class RunPlanner {

  private final StageMakers makers;
  private final DataPlaces places;

  /** A planner whose stages use these. */
  @Inject
  public RunPlanner(
      OpenedFiles opened, StageTrainer trainer, StagePredictor predictor, CodeKeys code) {
    this.makers =
        new StageMakers(
            opened, trainer, predictor, code, new SettingsJson(), new ConcurrentHashMap<>());
    this.places = new DataPlaces(opened, code);
  }

  /** The stages of {@code recipe} with {@code seed}. */
  public RunPlan plan(Recipe recipe, long seed) throws IOException {
    PlannedStages stages = new PlannedStages(makers, recipe, seed, places.of(recipe.data()));
    Stage answer = stages.prediction(recipe.lastStage(), Split.TEST);
    new PlannedTests(stages, recipe).add();
    return new RunPlan(stages.all(), answer);
  }
}
