package dev.fusebox.results.report;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a report says about an experiment.
 *
 * @param name of the experiment
 * @param question it asks
 * @param data the data's name
 * @param train the questions trained on
 * @param test the questions asked
 * @param categories of the data
 * @param runs all runs, in the order of the table's rows
 * @param compare variant → its control
 * @param among labels of categories among whose questions they are compared as well
 * @param repeat the command that does it all again
 * @param made when and with what the report was made, in words
 * @param pictures where to find them
 * @param notes what a reader must know of the data
 * @param claims what was claimed, and since when
 * @param leaks test questions that are near-duplicates of training questions, where that was looked
 *     for
 * @param directAnswers what people answered in their own words, by question id
 */
public record Report(
    String name,
    String question,
    String data,
    List<Question> train,
    List<Question> test,
    List<Category> categories,
    List<ReportedRun> runs,
    Map<String, String> compare,
    List<String> among,
    String repeat,
    String made,
    InlinePictures pictures,
    List<String> notes,
    List<ClaimsRecord.Stated> claims,
    Optional<Leaks> leaks,
    Map<String, List<String>> directAnswers) {

  public Report {
    categories = List.copyOf(categories);
    runs = List.copyOf(runs);
    among = List.copyOf(among);
    notes = List.copyOf(notes);
    claims = List.copyOf(claims);
    directAnswers = Map.copyOf(directAnswers);
  }

  /** A report with nothing to note, nothing claimed, and no near questions looked for. */
  public Report(
      String name,
      String question,
      String data,
      List<Question> train,
      List<Question> test,
      List<Category> categories,
      List<ReportedRun> runs,
      Map<String, String> compare,
      List<String> among,
      String repeat,
      String made,
      InlinePictures pictures) {
    this(
        name,
        question,
        data,
        train,
        test,
        categories,
        runs,
        compare,
        among,
        repeat,
        made,
        pictures,
        List.of(),
        List.of(),
        Optional.empty(),
        Map.of());
  }

  /** The table of its runs, with its remarks. */
  public Table table() {
    return DirectAnswersColumn.join(AblationTable.of(ablation()), this).noting(remarks());
  }

  /** What a reader of any of its tables must know. */
  public List<String> remarks() {
    return Stream.concat(notes.stream(), leaks.map(this::leakage).stream()).toList();
  }

  /** How many test questions leaked, where any did. */
  List<String> leaked() {
    return leaks.filter(found -> found.count() > 0).map(this::leakage).stream().toList();
  }

  private String leakage(Leaks found) {
    return found.count() == 0
        ? "no test question is a near-duplicate of a training question"
        : "%d of %d test questions are near-duplicates of training questions; --clean leaves them out"
            .formatted(found.count(), test.size());
  }

  /**
   * The same of the test questions that are not nearly training questions.
   *
   * @throws UserError if nothing is left
   */
  public Report clean() {
    Leaks found = leaks.orElse(Leaks.NONE);
    List<Question> kept = test.stream().filter(question -> !found.contains(question)).toList();
    if (kept.isEmpty()) {
      throw new UserError(
          "%s: each of its %d test questions is a near-duplicate of a training question; nothing is left without them"
              .formatted(name, test.size()));
    }
    Set<String> ids = kept.stream().map(Question::id).collect(Collectors.toSet());
    List<String> more = new ArrayList<>(notes);
    more.add(leftOut(kept.size(), test.size()));
    return new Report(
        name,
        question,
        data,
        train,
        kept,
        categories,
        runs.stream().map(run -> run.only(ids::contains)).toList(),
        compare,
        among,
        repeat,
        made,
        pictures,
        more,
        claims,
        Optional.empty(),
        directAnswers);
  }

  /** What is said where so many of all test questions are kept. */
  static String leftOut(int kept, int all) {
    return "left out: %d of %d test questions that are near-duplicates of training questions"
        .formatted(all - kept, all);
  }

  /**
   * What tests say of the answers, where runs were asked more than the test questions; each beside
   * what it says without those that leaked, but for questions of other data.
   */
  public List<Table> tests() {
    CleanPart clean = CleanPart.of(this);
    return Stream.of(
            CleanTable.of(this).stream(),
            clean.beside(ClaimTable::of, ClaimTable.BRIEF),
            clean.beside(FusingTable::of, FusingTable.BRIEF),
            clean.beside(ChangeTable::of, ChangeTable.BRIEF),
            clean.beside(MissingPictureTable::of, MissingPictureTable.BRIEF),
            clean.beside(OrdersTable::of, OrdersTable.BRIEF),
            clean.beside(ReasoningTable::of, ReasoningTable.BRIEF),
            clean.beside(SentencesTable::of, SentencesTable.BRIEF),
            clean.beside(RetrievalTable::of, RetrievalTable.BRIEF),
            clean.beside(AttributionTable::of, AttributionTable.BRIEF),
            clean.beside(ConsistencyTable::of, ConsistencyTable.BRIEF),
            TransferTable.of(this).stream())
        .flatMap(tables -> tables)
        .toList();
  }

  /** The same as what the table is made of. */
  public Ablation ablation() {
    return new Ablation(
        question,
        data,
        train,
        test,
        categories,
        runs.stream().map(ReportedRun::result).toList(),
        compare,
        among);
  }
}
