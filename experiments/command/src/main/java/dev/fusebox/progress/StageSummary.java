package dev.fusebox.progress;

import dev.fusebox.lab.ablation.Durations;
import dev.fusebox.lab.ablation.PlannedRun;
import dev.fusebox.training.work.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The line on a finished stage: its last metrics, its last validation, the time it took. */
final class StageSummary {

  private static final String LOOK = "validation";

  private final String title;
  private final Instant begun = Instant.now();
  private final Map<String, Double> look = new TreeMap<>();
  private String figures = "";

  StageSummary(PlannedRun run, Stage stage) {
    title = title(run, stage);
  }

  private static String title(PlannedRun run, Stage stage) {
    return run.title() + "   " + stage.title();
  }

  /** {@code gated seed 1 answer under way: process 4711 on node3}. */
  static String elsewhere(PlannedRun run, Stage stage, String who) {
    return "  " + title(run, stage) + "   under way: " + who;
  }

  /** {@code gated seed 1 answer made by another process}. */
  static String madeElsewhere(PlannedRun run, Stage stage) {
    return "  " + title(run, stage) + "   made by another process";
  }

  String title() {
    return title;
  }

  void say(String text) {
    figures = text;
  }

  void measured(Map<String, Double> values) {
    values.forEach(
        (name, value) -> {
          if (name.startsWith(LOOK)) {
            look.put(name, value);
          }
        });
  }

  /** {@code gated seed 1 answer epoch 3/3 loss 0.312 4.1k tok/s validationLoss 0.35 in 58 s}. */
  String line() {
    String seen =
        look.entrySet().stream()
            .map(each -> String.format(Locale.ROOT, "  %s %.3f", each.getKey(), each.getValue()))
            .collect(Collectors.joining());
    String said = (figures + seen).strip();
    String time = "in " + Durations.exact(Duration.between(begun, Instant.now()));
    return "  " + title + "   " + (said.isEmpty() ? "" : said + "   ") + time;
  }
}
