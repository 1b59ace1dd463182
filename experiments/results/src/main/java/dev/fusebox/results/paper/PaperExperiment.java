package dev.fusebox.results.paper;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.report.AblationScores;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ReportedRun;
import dev.fusebox.results.report.RunCount;
import dev.fusebox.results.report.UnknownCategories;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An experiment under {@code configs/paper} and the published numbers that its variants answer to.
 */
public final class PaperExperiment {

  private static final JsonNode ALL = PaperTables.resource("paper-experiments.json");

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

  /** Ours beside the published numbers, with the difference and differences. */
  public Table beside(Report report) {
    AblationScores scores = new AblationScores(report.ablation(), Grader.strict());
    String counted = RunCount.heading(scores.ablation());
    List<List<List<Cell>>> sections =
        scores.ablation().variants().stream().map(name -> rows(name, report, scores)).toList();
    return new Table(
            "paper/" + name + ": our results and the published ones",
            context(report),
            List.of(
                Column.words("variant"),
                Column.words("figure"),
                Column.number("ours ± sd", "ours", "sd", counted),
                Column.number("95% CI", "ours low", "ours high").whereSpace(),
                Column.number("n"),
                Column.number(counted),
                Column.number("published"),
                Column.number("difference"),
                Column.words("differences"),
                Column.words("published where")),
            sections,
            notes(sections))
        .noting(report.remarks());
  }

  private static List<String> context(Report report) {
    List<String> context = new ArrayList<>();
    context.add("% ↑");
    context.add(
        "ours: " + report.data() + ", " + Numbers.count(report.test().size(), "test question"));
    List<String> decodings = report.ablation().decodings();
    if (decodings.size() == 1) {
      context.add(decodings.get(0));
    }
    return context;
  }

  /** The variant, and how it was decoded where not all were alike. */
  private static String label(String variant, Report report) {
    boolean alike = report.ablation().decodings().size() < 2;
    return alike
        ? variant
        : variant + ", " + String.join(" and ", report.ablation().decodings(variant));
  }

  private static List<String> notes(List<List<List<Cell>>> sections) {
    boolean texts =
        sections.stream()
            .flatMap(List::stream)
            .anyMatch(row -> row.get(1).text().equals(PublishedFigure.ROUGE_L));
    return texts
        ? List.of("RougeL: of rationales, stemmed, as rouge_score has it and the paper's column")
        : List.of();
  }

  /** A row for each figure that was published of the variant. */
  private List<List<Cell>> rows(String variant, Report report, AblationScores scores) {
    JsonNode cell = experiment.path("cells").path(variant);
    List<PublishedFigure> figures =
        cell.isMissingNode()
            ? List.of(PublishedFigure.unpublished())
            : PublishedFigure.published(
                cell.path("table").asText(),
                cell.path("row").asText(),
                cell.path("column").asText());
    List<List<Cell>> rows = new ArrayList<>();
    for (PublishedFigure figure : figures) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Words(label(variant, report))));
      row.addAll(figure.cells(variant, report, scores));
      boolean first = rows.isEmpty();
      boolean shown = first && !cell.isMissingNode();
      row.add(shown ? words(unlike(variant, cell, report)) : new Cell.Empty());
      row.add(first ? new Cell.Words(where(cell)) : new Cell.Empty());
      rows.add(row);
    }
    return rows;
  }

  private static Cell words(List<String> parts) {
    return new Cell.Words(String.join("; ", parts));
  }

  private static String where(JsonNode cell) {
    return cell.isMissingNode()
        ? "not published"
        : cell.path("table").asText() + ", " + cell.path("row").asText();
  }

  private List<String> unlike(String variant, JsonNode cell, Report report) {
    List<String> unlike = new ArrayList<>();
    Optional<ReportedRun> made =
        report.runs().stream()
            .filter(one -> one.result().variant().equals(variant))
            .filter(one -> !(one.result() instanceof RunResult.NotMade))
            .findFirst();
    if (made.isEmpty()) {
      return unlike;
    }
    ReportedRun run = made.get();
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
    data(unlike, cell, report);
    if (run.fusion().equals("none") && !wanted(cell, "features").matches("none|caption|")) {
      unlike.add("no fusion here");
    }
    return unlike;
  }

  private static void data(List<String> unlike, JsonNode cell, Report report) {
    String dataset = PaperTables.dataset(cell.path("table").asText());
    if (report.data().equals("demo")) {
      unlike.add("data demo, there " + dataset);
    }
    int n = report.test().size();
    if (dataset.equals("ScienceQA")) {
      different(unlike, "questions", Integer.toString(n), Integer.toString(QUESTIONS));
    }
    if (new UnknownCategories(report.categories(), report.test()).any()) {
      unlike.add("subject or grade of some questions unknown");
    }
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
