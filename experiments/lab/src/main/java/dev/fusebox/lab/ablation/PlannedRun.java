package dev.fusebox.lab.ablation;

import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.result.Repeat;

/**
 * One run of a variant, laid out.
 *
 * @param variant with the run's draw in its recipe, where there are draws
 * @param repeat which of the variant's runs it is
 * @param plan its stages
 */
public record PlannedRun(Variant variant, Repeat repeat, RunPlan plan) {

  /** What it is called: {@code gated seed 1}. */
  public String title() {
    return repeat.title(variant.name());
  }

  /** Its directory in the experiment's. */
  public String folder() {
    return repeat.folder(variant.name());
  }
}
