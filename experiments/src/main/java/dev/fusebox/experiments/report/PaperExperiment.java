package dev.fusebox.experiments.report;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.experiments.config.Spelling;
import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.evaluate.Grader;
import dev.fusebox.experiments.evaluate.Spread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * An experiment under {@code configs/paper} and the published numbers that its variants answer to.
 */
public final class PaperExperiment {

  private static final JsonNode ALL = PaperTables.resource("paper-experiments.json");
  private static final int DECIMALS = 2;

  /** ScienceQA's test questions. */
  private static final int QUESTIONS = 4241;

  private final String name;
  private final JsonNode experiment;

  private PaperExperiment(String name, JsonNode experiment) {
    this.name = name;
    this.experiment = experiment;
  }

  /** The names of all. */
  public static List<String> names() {
    List<String> names = new ArrayList<>();
    ALL.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /**
   * One by its name.
   *
   * @throws UserError with the names known, if there is none
   */
  public static PaperExperiment of(String name) {
    if (!ALL.has(name)) {
      throw new UserError(
          "no table paper/%s%s; known: %s"
              .formatted(name, Spelling.hint(name, names()), String.join(", ", names())));
    }
    return new PaperExperiment(name, ALL.get(name));
  }

  /** The published tables it is about. */
  public List<Table> published() {
    List<Table> tables = new ArrayList<>();
    experiment.path("tables").forEach(id -> tables.add(PaperTables.table(id.asText())));
    return tables;
  }

  /** Ours beside the published numbers, with the difference and what was unlike. */
  public Table beside(Report report) {
    AblationScores scores = new AblationScores(report.ablation(), Grader.strict());
    List<List<Cell>> rows = new ArrayList<>();
    for (String variant : scores.ablation().variants()) {
      rows.add(row(variant, report, scores));
    }
    return new Table(
        "paper/" + name + ": ours beside the published numbers",
        List.of(
            "accuracy % ↑",
            "ours: " + report.data() + ", " + Numbers.count(report.test().size(), "test question")),
        List.of(
            Column.words("variant"),
            Column.number("ours ± sd", "ours", "sd", "seeds"),
            Column.number("seeds"),
            Column.number("published"),
            Column.number("difference"),
            Column.words("what was unlike"),
            Column.words("published where")),
        List.of(rows),
        List.of());
  }

  private List<Cell> row(String variant, Report report, AblationScores scores) {
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(variant)));
    Optional<Spread> ours =
        scores.seeds(variant).isEmpty()
            ? Optional.empty()
            : Optional.of(scores.spread(variant, marks -> marks.average().percent()));
    row.add(
        ours.<Cell>map(spread -> new Cell.Averaged(spread, DECIMALS))
            .orElse(new Cell.Words("failed")));
    row.add(new Cell.Count(scores.seeds(variant).size()));
    JsonNode cell = experiment.path("cells").path(variant);
    if (cell.isMissingNode()) {
      row.addAll(
          List.of(
              new Cell.Empty(),
              new Cell.Empty(),
              new Cell.Empty(),
              new Cell.Words("not published")));
      return row;
    }
    OptionalDouble published = published(cell);
    row.add(
        published.isPresent()
            ? new Cell.Score(published.getAsDouble(), DECIMALS)
            : new Cell.Empty());
    row.add(
        ours.isPresent() && published.isPresent()
            ? new Cell.Points(ours.get().mean() - published.getAsDouble(), DECIMALS)
            : new Cell.Empty());
    row.add(new Cell.Words(String.join("; ", unlike(variant, cell, report))));
    row.add(new Cell.Words(cell.path("table").asText() + ", " + cell.path("row").asText()));
    return row;
  }

  private static OptionalDouble published(JsonNode cell) {
    return PaperTables.number(
        cell.path("table").asText(), cell.path("row").asText(), cell.path("column").asText());
  }

  private List<String> unlike(String variant, JsonNode cell, Report report) {
    List<String> unlike = new ArrayList<>();
    RunRecord run =
        report.runs().stream()
            .filter(one -> one.result().variant().equals(variant))
            .findFirst()
            .orElseThrow();
    JsonNode config = run.config();
    different(unlike, "backbone", backbone(config), wanted(cell, "backbone"));
    different(
        unlike,
        "features",
        config.path("features").path("source").asText("none"),
        wanted(cell, "features"));
    different(unlike, "captions", captions(config), wanted(cell, "captions"));
    if (run.result() instanceof RunResult.Finished finished) {
      String theirs = PaperTables.decoding(cell.path("table").asText(), cell.path("row").asText());
      different(unlike, "decoding", finished.decoding().split(",")[0], theirs);
    }
    int n = report.test().size();
    different(unlike, "questions", Integer.toString(n), Integer.toString(QUESTIONS));
    if (run.fusion().equals("none") && !wanted(cell, "features").matches("none|caption|")) {
      unlike.add("no fusion here");
    }
    return unlike;
  }

  private String wanted(JsonNode cell, String key) {
    JsonNode own = cell.path(key);
    return (own.isMissingNode() ? experiment.path("protocol").path(key) : own).asText();
  }

  private static String backbone(JsonNode config) {
    JsonNode model = config.path("model");
    return model.hasNonNull("checkpoint")
        ? model.get("checkpoint").asText().replaceAll(".*/", "")
        : "fresh T5 of width " + model.path("shape").path("width").asText("?");
  }

  private static String captions(JsonNode config) {
    JsonNode features = config.path("features");
    boolean with =
        features.path("captions").asBoolean() || features.path("source").asText().equals("caption");
    return Boolean.toString(with);
  }

  private static void different(List<String> unlike, String what, String ours, String theirs) {
    if (!theirs.isEmpty() && !ours.equals(theirs)) {
      unlike.add(what + " " + ours + ", there " + theirs);
    }
  }
}
