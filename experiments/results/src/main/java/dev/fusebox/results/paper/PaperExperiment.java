package dev.fusebox.results.paper;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.results.paper.PublishedExperiment.Counterpart;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An experiment under {@code configs/paper} and the published numbers that its variants answer to.
 */
public final class PaperExperiment {

  private static final Map<String, PublishedExperiment> ALL = PaperFiles.experiments();

  /** ScienceQA's test questions. */
  private static final int QUESTIONS = 4241;

  private final String name;
  private final PublishedExperiment experiment;

  private PaperExperiment(String name, PublishedExperiment experiment) {
    this.name = name;
    this.experiment = experiment;
  }

  /** The names of all. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * One by its name.
   *
   * @throws UserError with the names known, if there is none
   */
  public static PaperExperiment of(String name) {
    if (!ALL.containsKey(name)) {
      throw new UserError(
          "no table paper/%s%s; known: %s"
              .formatted(name, Spelling.hint(name, names()), String.join(", ", names())));
    }
    return new PaperExperiment(name, ALL.get(name));
  }

  /** The published tables it is about. */
  public List<Table> published() {
    return experiment.tables().stream().map(PaperTables::table).toList();
  }

  /** The variants that were published, with the number that each answers to. */
  Map<String, Counterpart> counterparts() {
    return experiment.cells();
  }

  /** The names of the variants that were published. */
  public Set<String> variants() {
    return experiment.cells().keySet();
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
    Optional<Counterpart> cell = Optional.ofNullable(experiment.cells().get(variant));
    List<PublishedFigure> figures =
        cell.map(it -> PublishedFigure.published(it.table(), it.row(), it.column()))
            .orElse(List.of(PublishedFigure.unpublished()));
    List<List<Cell>> rows = new ArrayList<>();
    for (PublishedFigure figure : figures) {
      List<Cell> row = new ArrayList<>(List.of(new Cell.Words(label(variant, report))));
      row.addAll(figure.cells(variant, report, scores));
      boolean first = rows.isEmpty();
      boolean shown = first && cell.isPresent();
      row.add(shown ? words(unlike(variant, cell.get(), report)) : new Cell.Empty());
      row.add(first ? new Cell.Words(where(cell)) : new Cell.Empty());
      rows.add(row);
    }
    return rows;
  }

  private static Cell words(List<String> parts) {
    return new Cell.Words(String.join("; ", parts));
  }

  private static String where(Optional<Counterpart> cell) {
    return cell.map(it -> it.table() + ", " + it.row()).orElse("not published");
  }

  private List<String> unlike(String variant, Counterpart cell, Report report) {
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
    Protocol ours = Protocol.of(run.config());
    Protocol theirs = cell.protocol(experiment.protocol());
    different(unlike, "backbone", ours.backbone(), theirs.backbone());
    different(unlike, "features", ours.features(), theirs.features());
    different(unlike, "captions", ours.captions(), theirs.captions());
    PublishedTable table = PaperTables.find(cell.table());
    if (run.result() instanceof RunResult.Finished finished) {
      String decoding = table.decoding(table.row(cell.row()));
      different(unlike, "decoding", finished.decoding().split(",")[0], decoding);
    }
    data(unlike, table.dataset(), report);
    if (run.fusion().equals("none") && !theirs.features().matches("none|caption|")) {
      unlike.add("no fusion here");
    }
    return unlike;
  }

  private static void data(List<String> unlike, String dataset, Report report) {
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

  private static void different(List<String> unlike, String what, String ours, String theirs) {
    if (!theirs.isEmpty() && !ours.equals(theirs)) {
      unlike.add(what + " " + ours + ", there " + theirs);
    }
  }
}
