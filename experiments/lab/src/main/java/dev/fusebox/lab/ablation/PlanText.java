package dev.fusebox.lab.ablation;

import dev.fusebox.lab.store.StageFolder;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** A plan in words: what is to do, what is done, what is shared, how long it may take. */
public final class PlanText {

  private final AblationPlan plan;
  private final StageStore store;
  private final Set<String> there;
  private Optional<Estimates> estimates = Optional.empty(); // a look at all that was ever computed
  private final ResultsRoot root;
  private int done;
  private int unknown;
  private double seconds;

  private PlanText(AblationPlan plan, StageStore store, ResultsRoot root) throws IOException {
    this.plan = plan;
    this.store = store;
    this.root = root;
    this.there = store.known();
  }

  /** The plan as lines. */
  public static String of(AblationPlan plan, StageStore store, ResultsRoot root)
      throws IOException {
    return new PlanText(plan, store, root).text();
  }

  private record Row(String run, String stage, String state, String cost) {}

  private String text() throws IOException {
    Map<Stage, List<PlannedRun>> users = plan.users();
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Stage, List<PlannedRun>> entry : users.entrySet()) {
      rows.add(row(entry.getKey(), entry.getValue()));
    }
    long shared = users.values().stream().filter(runs -> runs.size() > 1).count();
    return heading(users.size(), shared) + table(rows) + end(users.size() - done);
  }

  private String heading(int stages, long shared) {
    return "%s x %s = %s, %s; %d to do, %d done, %d shared%n"
        .formatted(
            count(plan.experiment().variants().size(), "variant"),
            repeats(),
            count(plan.runs().size(), "run"),
            count(stages, "stage"),
            stages - done,
            done,
            shared);
  }

  private String repeats() {
    String seeds = count(plan.experiment().seeds().size(), "seed");
    int draws = plan.experiment().draws().size();
    return draws == 0 ? seeds : seeds + " x " + count(draws, "draw");
  }

  private static String table(List<Row> rows) {
    StringBuilder text = new StringBuilder();
    int run = width(rows.stream().map(Row::run).toList());
    int stage = width(rows.stream().map(Row::stage).toList());
    int state = width(rows.stream().map(Row::state).toList());
    for (Row row : rows) {
      String cells =
          String.join(
              "  ",
              pad(row.run(), run),
              pad(row.stage(), stage),
              pad(row.state(), state),
              row.cost());
      text.append("  ").append(cells.stripTrailing()).append('\n');
    }
    return text.toString();
  }

  private Row row(Stage stage, List<PlannedRun> runs) throws IOException {
    String run = runs.size() > 1 ? "shared by " + runs.size() + " runs" : runs.get(0).title();
    boolean known = there.contains(stage.name());
    Optional<StageFolder> folder = known ? store.find(stage.name()) : Optional.empty();
    boolean damaged = known && store.damage(stage.name()).isPresent();
    if (folder.isPresent() && !damaged) {
      done++;
      Duration ago = Duration.between(folder.get().finished(), Instant.now());
      String state = "done " + Durations.about(ago.toSeconds()) + " ago";
      return new Row(run, stage.title(), state, megabytes(folder.get().bytes()));
    }
    OptionalDouble timed = estimates().seconds(stage);
    seconds += timed.orElse(0);
    unknown += timed.isPresent() ? 0 : 1;
    return new Row(
        run,
        stage.title(),
        damaged ? "damaged" : known && store.begun(stage.name()) ? "begun" : "to do",
        timed.isPresent() ? "~ " + Durations.about(timed.getAsDouble()) : "");
  }

  private Estimates estimates() throws IOException {
    if (estimates.isEmpty()) {
      estimates = Optional.of(Estimates.from(store));
    }
    return estimates.get();
  }

  private String end(int toDo) throws IOException {
    String where = "results under " + root.of(plan.experiment());
    if (toDo == 0) {
      return "nothing to do; " + where + "\n";
    }
    String machine =
        " on this machine (%s)"
            .formatted(count(Runtime.getRuntime().availableProcessors(), "core"));
    if (unknown == toDo) {
      return "no estimate yet: nothing similar was computed here before; " + where + "\n";
    }
    String rest = unknown > 0 ? ", and " + count(unknown, "stage") + " never timed here" : "";
    double wall = seconds / Math.min(plan.experiment().workers(), toDo);
    return "about " + Durations.about(wall) + machine + rest + "; " + where + "\n";
  }

  private static String megabytes(long bytes) {
    return bytes < 1_000_000
        ? Math.max(1, bytes / 1000) + " kB"
        : String.format(Locale.ROOT, "%.0f MB", bytes / 1e6);
  }

  private static String count(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }

  private static int width(List<String> cells) {
    return cells.stream().mapToInt(String::length).max().orElse(0);
  }

  private static String pad(String text, int width) {
    return text + " ".repeat(width - text.length());
  }
}
