package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reports of runs of which nothing is known but what they answered. */
final class TestReports {

  private TestReports() {}

  static ReportedRun run(
      String variant, long seed, String decoding, List<Prediction> answers, TestedAnswers tested) {
    return run(variant, Repeat.of(seed), decoding, answers, tested);
  }

  static ReportedRun run(
      String variant,
      Repeat repeat,
      String decoding,
      List<Prediction> answers,
      TestedAnswers tested) {
    return new ReportedRun(
        new RunResult.Finished(variant, repeat, decoding, answers),
        "none",
        JsonNodeFactory.instance.objectNode(),
        Map.of(),
        List.of(),
        Optional.empty(),
        List.of(),
        List.of(),
        List.of(),
        tested);
  }

  static Report report(String data, List<Question> test, ReportedRun... runs) {
    return new Report(
        "name",
        "",
        data,
        List.of(),
        test,
        List.of(),
        List.of(runs),
        Map.of(),
        List.of(),
        "",
        "",
        InlinePictures.NONE);
  }

  /** The first section, as people read it. */
  static List<List<String>> rows(Table table) {
    return table.sections().get(0).stream()
        .map(row -> row.stream().map(Cell::text).toList())
        .toList();
  }
}
