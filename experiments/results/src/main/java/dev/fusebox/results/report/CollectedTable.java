package dev.fusebox.results.report;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.collected.CollectedChange;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** How many collected questions each run answers rightly, by what was changed. */
public final class CollectedTable {

  private static final int DECIMALS = 1;
  private static final double LEVEL = 0.95;
  private static final String BY_CONSTRUCTION =
      "a question was kept because it fooled a run: the runs asked at that time score low by construction, others need not";

  private final CollectedFolder collected;
  private final List<Question> questions;
  private final Map<String, CollectedChange> changes;
  private final List<String> kinds;
  private final List<String> notAsked = new ArrayList<>();

  private CollectedTable(CollectedFolder collected) throws IOException {
    this.collected = collected;
    this.questions = collected.questions();
    this.changes = collected.changes();
    this.kinds =
        questions.stream().flatMap(each -> kinds(each).stream()).distinct().sorted().toList();
  }

  /**
   * The table, from the answers that lie in the folder.
   *
   * @param titles a run's id → what people call it, in the order of the rows
   * @throws dev.fusebox.file.UserError if there is no such folder, or a file of it is broken
   */
  public static Table of(CollectedFolder collected, Map<String, String> titles) throws IOException {
    return new CollectedTable(collected).table(titles);
  }

  private List<String> kinds(Question question) {
    return CollectedFolder.changeOf(question, changes).kinds();
  }

  private Table table(Map<String, String> titles) throws IOException {
    List<List<Cell>> rows = new ArrayList<>();
    for (Map.Entry<String, String> run : titles.entrySet()) {
      row(run.getKey(), run.getValue()).ifPresent(rows::add);
    }
    List<String> below = new ArrayList<>(List.of(counts(), BY_CONSTRUCTION));
    if (!notAsked.isEmpty()) {
      below.add(
          "never asked: %s; fusebox ask with --collected %s asks them"
              .formatted(String.join(", ", notAsked), collected.folder()));
    }
    return new Table(
        "Questions that fooled a run, by what was changed",
        List.of(
            "accuracy % ↑ [95% CI]",
            collected.folder().toString(), Numbers.count(questions.size(), "question")),
        columns(),
        List.of(rows),
        below);
  }

  private List<Column> columns() {
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    kinds.forEach(kind -> columns.add(Column.number(kind)));
    columns.add(Column.estimate("all").afterRule());
    columns.add(Column.number("n"));
    return columns;
  }

  private String counts() {
    return kinds.stream()
        .map(kind -> kind + " " + questions.stream().filter(each -> has(each, kind)).count())
        .collect(Collectors.joining(", ", "n by kind; one question may have several: ", ""));
  }

  private boolean has(Question question, String kind) {
    return kinds(question).contains(kind);
  }

  /** Empty if the run was asked none of them. */
  private Optional<List<Cell>> row(String run, String title) throws IOException {
    Map<String, Prediction> answers =
        collected.answers(run).stream().collect(Collectors.toMap(Prediction::id, each -> each));
    List<Question> asked =
        questions.stream().filter(each -> answers.containsKey(each.id())).toList();
    if (asked.isEmpty()) {
      notAsked.add(title);
      return Optional.empty();
    }
    Graded graded =
        Grader.strict().written(asked, asked.stream().map(each -> answers.get(each.id())).toList());
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(title)));
    for (String kind : kinds) {
      row.add(new Cell.Score(graded.among(each -> has(each, kind)).percent(), DECIMALS));
    }
    Proportion all = graded.average();
    row.add(new Cell.Estimate(all.percent(), Optional.of(all.wilson(LEVEL).times(100)), DECIMALS));
    row.add(new Cell.Count(all.n()));
    return Optional.of(row);
  }
}
