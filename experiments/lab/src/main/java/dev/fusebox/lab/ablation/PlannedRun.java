package dev.fusebox.lab.ablation;

import dev.fusebox.lab.plan.RunPlan;

/** One variant with one seed, laid out. */
public record PlannedRun(Variant variant, long seed, RunPlan plan) {

  /** What it is called: {@code gated seed 1}. */
  public String title() {
    return variant.name() + " seed " + seed;
  }

  /** Its directory in the experiment's. */
  public String folder() {
    return folder(variant, seed);
  }

  static String folder(Variant variant, long seed) {
    return variant.name() + "-seed" + seed;
  }
}
