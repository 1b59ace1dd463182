package dev.fusebox.cli;

import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.ask.OpenedRuns;
import dev.fusebox.ask.collect.CollectedQuestion;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** How many collected questions each run answers rightly, by kind of change. */
final class CollectedTable {

  private final AskedRuns runs;
  private final List<CollectedQuestion> questions;
  private final List<String> kinds;
  private final Set<String> notes = new LinkedHashSet<>();

  CollectedTable(AskedRuns runs, List<CollectedQuestion> questions) {
    this.runs = runs;
    this.questions = List.copyOf(questions);
    Set<String> found = new TreeSet<>();
    questions.forEach(question -> found.addAll(question.changes()));
    this.kinds = List.copyOf(found);
  }

  /** Asks every run every question. */
  Table table(String folder) throws IOException {
    List<List<Cell>> rows = new ArrayList<>();
    for (FinishedRun run : runs.runs()) {
      rows.add(row(run));
    }
    List<Column> columns = new ArrayList<>(List.of(Column.words("")));
    kinds.forEach(kind -> columns.add(Column.number(kind)));
    columns.add(Column.number("all").afterRule());
    columns.add(Column.number("n"));
    List<String> below = new ArrayList<>(List.of(counts()));
    below.add(
        "a question was kept because it fooled a run: the runs that were asked then score low by"
            + " construction, others need not");
    below.addAll(notes);
    return new Table(
        "Questions that fooled a run, by what was changed",
        List.of("accuracy % ↑", folder, questions.size() + " questions"),
        columns,
        List.of(rows),
        below);
  }

  private String counts() {
    List<String> counts = new ArrayList<>();
    for (String kind : kinds) {
      counts.add(
          kind + " " + questions.stream().filter(each -> each.changes().contains(kind)).count());
    }
    return "n by kind, of which one question may have several: " + String.join(", ", counts);
  }

  private List<Cell> row(FinishedRun run) throws IOException {
    List<CollectedQuestion> answered = new ArrayList<>();
    Set<String> right = new LinkedHashSet<>();
    for (CollectedQuestion question : questions) {
      try {
        boolean correct =
            runs.answer(run, question.asking(), OpenedRuns.Listener.SILENT)
                .option()
                .equals(question.asking().right());
        answered.add(question);
        if (correct) {
          right.add(question.id());
        }
      } catch (UserError e) {
        notes.add(run.title() + " cannot answer " + question.id() + ": " + e.getMessage());
      }
    }
    List<Cell> row = new ArrayList<>(List.of(new Cell.Words(run.title())));
    for (String kind : kinds) {
      row.add(
          cell(answered.stream().filter(each -> each.changes().contains(kind)).toList(), right));
    }
    row.add(cell(answered, right));
    row.add(new Cell.Count(answered.size()));
    return row;
  }

  private static Cell cell(List<CollectedQuestion> asked, Set<String> right) {
    int correct = (int) asked.stream().filter(each -> right.contains(each.id())).count();
    return new Cell.Score(new Proportion(correct, asked.size()).percent(), 1);
  }
}
