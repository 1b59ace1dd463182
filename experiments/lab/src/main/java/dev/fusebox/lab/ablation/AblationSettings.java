package dev.fusebox.lab.ablation;

import dev.fusebox.lab.result.Claim;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * {@code ablation}, without its variants.
 *
 * @param question in words
 * @param seeds of every variant
 * @param draws of the training questions, on each of which every variant runs with every seed; none
 *     where all runs learn from what {@code data} says
 * @param compare variant to its control: another variant, or {@code majority}
 * @param among categories of questions among which variants are compared as well
 * @param claim what is claimed before the run, each as {@code gated > text}
 * @param budget what variants are made equal in; empty where each spends what it says
 * @param jobs stages computed at once, each with its share of the cores; 0: one for each core
 */
record AblationSettings(
    Optional<String> question,
    List<Long> seeds,
    List<Long> draws,
    Map<String, String> compare,
    List<String> among,
    List<String> claim,
    Optional<Budget> budget,
    int jobs) {

  /** More stages at once than any machine computes. */
  private static final int MOST_JOBS = 1024;

  AblationSettings {
    if (seeds.isEmpty() || seeds.stream().distinct().count() != seeds.size()) {
      throw new IllegalArgumentException("seeds must be one or more different numbers");
    }
    if (draws.stream().anyMatch(draw -> draw < 1)
        || draws.stream().distinct().count() != draws.size()) {
      throw new IllegalArgumentException(
          "draws must be different numbers from 1 on, found %s; [] for none".formatted(draws));
    }
    claim.forEach(Claim::parse); // which states its rules
    if (jobs < 0 || jobs > MOST_JOBS) {
      throw new IllegalArgumentException("jobs must be from 0 to " + MOST_JOBS + ", found " + jobs);
    }
  }

  /** How many stages this machine computes at once. */
  int workers() {
    return jobs == 0 ? Runtime.getRuntime().availableProcessors() : jobs;
  }
}
