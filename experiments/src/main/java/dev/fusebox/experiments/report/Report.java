package dev.fusebox.experiments.report;

import dev.fusebox.experiments.data.Question;
import java.util.List;
import java.util.Map;

/**
 * What a report tells of an experiment.
 *
 * @param name of the experiment
 * @param question it asks
 * @param data the data's name
 * @param train the questions trained on
 * @param test the questions asked
 * @param runs all runs, in the order of the table's rows
 * @param compare variant → its control
 * @param repeat the command that does it all again
 * @param made when and with what the report was made, in words
 * @param pictures where to find them
 */
public record Report(
    String name,
    String question,
    String data,
    List<Question> train,
    List<Question> test,
    List<ReportedRun> runs,
    Map<String, String> compare,
    String repeat,
    String made,
    Pictures pictures) {

  public Report {
    runs = List.copyOf(runs);
  }

  /** The same as what the table is made of. */
  public Ablation ablation() {
    return new Ablation(
        question, data, train, test, runs.stream().map(ReportedRun::result).toList(), compare);
  }
}
