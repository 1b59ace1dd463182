package dev.fusebox.results.survey;

import dev.fusebox.questions.Question;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Column;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A survey as tables for people. */
public record SurveyTables(DataSurvey survey) {

  /** So many pairs are named. */
  private static final int SHOWN = 5;

  private static final List<Integer> PLACES = List.of(1, 2, 3, 5, 10);

  /** All tables, in the order of reading. */
  public List<Table> tables() {
    return Stream.of(
            Stream.of(sizes(), lengths(), leakage(), near(), letters()),
            recall().stream(),
            Stream.of(heuristics()))
        .flatMap(each -> each)
        .toList();
  }

  private Table sizes() {
    return new Table(
        "What is there",
        List.of("questions per split, and how many of them have each field"),
        columns(
            "split",
            "questions",
            "picture",
            "hint",
            "caption",
            "lecture",
            "solution",
            "subject",
            "grade"),
        List.of(
            survey.splits().stream()
                .map(
                    size ->
                        row(
                            size.split(),
                            Stream.of(
                                size.questions(),
                                size.pictures(),
                                size.hints(),
                                size.captions(),
                                size.lectures(),
                                size.solutions(),
                                size.subjects(),
                                size.grades())))
                .toList()),
        List.of());
  }

  private Table lengths() {
    return new Table(
        "How long the texts are",
        List.of("in " + survey.unit(), "cut above " + survey.limit()),
        columns("split", "text", "n", "mean", "median", "95 %", "longest", "cut", "cut %"),
        List.of(survey.lengths().stream().map(SurveyTables::row).toList()),
        survey.unit().equals("tokens")
            ? List.of()
            : List.of(
                "words are fewer than tokens: give --tokenizer to see what is really truncated"));
  }

  private static List<Cell> row(Lengths lengths) {
    return List.of(
        new Cell.Words(lengths.split()),
        new Cell.Words(lengths.text()),
        new Cell.Count(lengths.n()),
        new Cell.Score(lengths.mean(), 1),
        new Cell.Count(lengths.median()),
        new Cell.Count(lengths.percentile95()),
        new Cell.Count(lengths.max()),
        new Cell.Count(lengths.over()),
        new Cell.Score(100.0 * lengths.over() / lengths.n(), 1));
  }

  private Table leakage() {
    return new Table(
        "Test items that also occur in training",
        List.of("word for word", survey.test() + " against " + survey.train()),
        columns("text", "in test", "distinct", "seen", "seen %", "in train"),
        List.of(survey.leakage().stream().map(SurveyTables::row).toList()),
        List.of(
            "a model may have memorised a text that occurs in training; a small training split contains few of them"));
  }

  private static List<Cell> row(Leakage leakage) {
    return List.of(
        new Cell.Words(leakage.text()),
        new Cell.Count(leakage.test()),
        new Cell.Count(leakage.distinct()),
        new Cell.Count(leakage.seen()),
        new Cell.Score(leakage.percent(), 1),
        new Cell.Count(leakage.train()));
  }

  private Table near() {
    List<String> notes = new ArrayList<>(List.of(Leaks.rule()));
    if (!survey.twins().isEmpty()) {
      notes.add(
          survey.twins().entrySet().stream()
              .sorted(Map.Entry.comparingByKey())
              .limit(SHOWN)
              .map(twin -> twin.getKey() + " nearly equals " + twin.getValue())
              .collect(Collectors.joining(", ", "", survey.twins().size() > SHOWN ? ", …" : "")));
    }
    return new Table(
        "Test questions that are near-duplicates of training questions",
        List.of(survey.test() + " against " + survey.train()),
        List.of(
            Column.words("what"),
            Column.number("in test"),
            Column.number("near-duplicates"),
            Column.number("%")),
        List.of(survey.near().stream().map(SurveyTables::row).toList()),
        notes);
  }

  private static List<Cell> row(NearLeakage near) {
    return List.of(
        new Cell.Words(near.what()),
        new Cell.Count(near.test()),
        new Cell.Count(near.seen()),
        new Cell.Score(near.percent(), 1));
  }

  private Table letters() {
    int most = survey.letters().stream().mapToInt(row -> row.counts().size()).max().orElse(0);
    List<Column> columns = new ArrayList<>(columns("split", "options", "n"));
    for (int letter = 0; letter < most; letter++) {
      columns.add(Column.number(Question.letter(letter) + " %"));
    }
    return new Table(
        "Which letter is right",
        List.of("percent of the questions with that many options"),
        columns,
        List.of(survey.letters().stream().map(row -> row(row, most)).toList()),
        List.of());
  }

  private static List<Cell> row(Letters letters, int most) {
    List<Cell> cells = new ArrayList<>();
    cells.add(new Cell.Words(letters.split()));
    cells.add(new Cell.Words(letters.choices() == 0 ? "any" : "" + letters.choices()));
    cells.add(new Cell.Count(letters.n()));
    letters.counts().forEach(count -> cells.add(new Cell.Score(100.0 * count / letters.n(), 1)));
    while (cells.size() < 3 + most) {
      cells.add(new Cell.Empty());
    }
    return cells;
  }

  private Optional<Table> recall() {
    Recall recall = survey.recall();
    if (!recall.isPossible()) {
      return Optional.empty();
    }
    List<Column> columns =
        new ArrayList<>(columns("passages", "questions with a lecture", "in passages %"));
    List<Cell> row =
        new ArrayList<>(
            List.of(
                new Cell.Count(recall.passages()),
                new Cell.Count(recall.n()),
                new Cell.Score(100.0 * recall.there() / recall.n(), 1)));
    for (int k : PLACES) {
      columns.add(Column.number("at " + k + " %"));
      row.add(new Cell.Score(100 * recall.at(k), 1));
    }
    return Optional.of(
        new Table(
            "Whether retrieval finds the lecture",
            List.of("recall at k", survey.test() + " among the lectures of " + survey.train()),
            columns,
            List.of(List.of(row)),
            List.of(
                "at k: the question's own lecture is among the k passages that match its words best"
                    + " (BM25)")));
  }

  private Table heuristics() {
    List<Column> columns = new ArrayList<>(columns("rule"));
    survey.categories().forEach(size -> columns.add(Column.number(size.category().label())));
    columns.add(Column.number("Avg").afterRule());
    return new Table(
        "What guessing rules reach",
        List.of("accuracy in percent, higher is better", survey.test(), "no model"),
        columns,
        List.of(survey.heuristics().stream().map(SurveyTables::row).toList(), counts()),
        notes());
  }

  private List<List<Cell>> counts() {
    List<Cell> known = sizes("n", CategorySize::n);
    return survey.categories().isEmpty()
        ? List.of(known)
        : List.of(known, sizes("unknown", CategorySize::unknown));
  }

  private List<String> notes() {
    String always = "always: the letter that is right most often in " + survey.train();
    return survey.categories().isEmpty()
        ? List.of(always)
        : List.of(
            "unknown: the data do not give the subject or grade; such questions count in Avg only",
            always);
  }

  private static List<Cell> row(Heuristic heuristic) {
    List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(heuristic.rule())));
    heuristic.percent().values().forEach(percent -> cells.add(new Cell.Score(percent, 2)));
    cells.add(new Cell.Score(heuristic.average(), 2));
    return cells;
  }

  private List<Cell> sizes(String name, ToIntFunction<CategorySize> number) {
    List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(name)));
    survey.categories().forEach(size -> cells.add(new Cell.Count(number.applyAsInt(size))));
    boolean all = name.equals("n");
    cells.add(all ? new Cell.Count(asked()) : new Cell.Empty());
    return cells;
  }

  private int asked() {
    return survey.splits().stream()
        .filter(size -> size.split().equals(survey.test()))
        .mapToInt(SplitSize::questions)
        .sum();
  }

  private static List<Cell> row(String name, Stream<Integer> counts) {
    List<Cell> cells = new ArrayList<>(List.of(new Cell.Words(name)));
    counts.map(Cell.Count::new).forEach(cells::add);
    return cells;
  }

  private static List<Column> columns(String... headings) {
    return Stream.of(headings).map(SurveyTables::column).toList();
  }

  private static Column column(String heading) {
    List<String> words = List.of("split", "text", "options", "rule");
    return words.contains(heading) ? Column.words(heading) : Column.number(heading);
  }
}
