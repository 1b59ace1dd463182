package dev.fusebox.results.report;

import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.store.ClaimsRecord;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    List<ClaimsRecord.Stated> claims) {

  public Report {
    categories = List.copyOf(categories);
    runs = List.copyOf(runs);
    among = List.copyOf(among);
    notes = List.copyOf(notes);
    claims = List.copyOf(claims);
  }

  /** A report of data of which there is nothing to note, and of which nothing was claimed. */
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
        List.of());
  }

  /** The table of its runs, with its notes. */
  public Table table() {
    return AblationTable.of(ablation()).noting(notes);
  }

  /** What tests say of the answers, where runs were asked more than the test questions. */
  public List<Table> tests() {
    return Stream.of(
            ClaimTable.of(this),
            FusingTable.of(this),
            ChangeTable.of(this),
            ReasoningTable.of(this),
            ConsistencyTable.of(this))
        .flatMap(Optional::stream)
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
