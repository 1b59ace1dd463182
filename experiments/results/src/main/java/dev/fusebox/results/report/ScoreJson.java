package dev.fusebox.results.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.score.OpenAnswers;
import dev.fusebox.results.score.Score;
import dev.fusebox.results.score.TextScores;
import dev.fusebox.results.score.UnreadableAnswer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A score sheet for programs. Shares are in percent; a category that is not known is null. */
public final class ScoreJson {

  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ScoreJson() {}

  /** The sheet as JSON. */
  public static String render(ScoreSheet sheet) {
    List<Object> files = new ArrayList<>();
    sheet.scores().forEach((name, score) -> files.add(file(name, score, sheet)));
    Map<String, Object> root = new LinkedHashMap<>();
    root.put("questions", sheet.questions().size());
    root.put("near_duplicates", sheet.leaks().count());
    root.put("files", files);
    root.put("comparisons", sheet.compared().stream().map(ScoreJson::comparison).toList());
    try {
      return JSON.writeValueAsString(root);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("plain maps can be written", e);
    }
  }

  private static Map<String, Object> file(String name, Score score, ScoreSheet sheet) {
    Map<String, Object> file = new LinkedHashMap<>();
    file.put("name", name);
    file.put("file", score.file().toString());
    score.answers().ifPresent(marks -> file.putAll(answers(marks, sheet)));
    score.open().ifPresent(open -> file.put("vqa", vqa(open)));
    if (!score.unreadable().isEmpty()) {
      file.put("unreadable_examples", examples(score.unreadable()));
    }
    score.texts().ifPresent(texts -> file.put("texts", texts(texts)));
    return file;
  }

  private static Map<String, Object> answers(Graded marks, ScoreSheet sheet) {
    AccuracyJson accuracy = new AccuracyJson(sheet.categories());
    Map<String, Object> value = new LinkedHashMap<>();
    for (AnswerMetric metric : AnswerMetric.values()) {
      value.put(metric.key(), metric.json(marks, accuracy));
    }
    if (sheet.leaks().count() > 0) {
      value.put("clean", clean(marks, sheet.leaks()));
    }
    return value;
  }

  private static Map<String, Object> vqa(OpenAnswers open) {
    return Map.of("percent", open.percent(), "n", open.n(), "ci95", ends(open.interval()));
  }

  /** Accuracy without near-duplicates of training questions. */
  private static Map<String, Object> clean(Graded marks, Leaks leaks) {
    return AccuracyJson.proportion(marks.among(question -> !leaks.contains(question)));
  }

  private static Map<String, String> examples(List<UnreadableAnswer> answers) {
    Map<String, String> examples = new LinkedHashMap<>();
    answers.stream()
        .limit(FileAccuracyTable.EXAMPLES)
        .forEach(answer -> examples.put(answer.question().id(), answer.text()));
    return examples;
  }

  private static Map<String, Object> texts(TextScores texts) {
    Map<String, Object> value = new LinkedHashMap<>();
    texts
        .means()
        .forEach(
            (metric, mean) ->
                value.put(
                    metric.key(),
                    metric.isShare() ? AccuracyJson.proportion(mean.share()) : mean(mean)));
    return value;
  }

  private static Map<String, Object> mean(TextScores.Mean mean) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("percent", mean.n() == 0 ? null : 100 * mean.value());
    value.put("n", mean.n());
    return value;
  }

  private static Map<String, Object> comparison(FileComparison pair) {
    Map<String, Object> value = new LinkedHashMap<>();
    value.put("first", pair.comparison().variant());
    value.put("second", pair.comparison().control());
    value.put("n", pair.n());
    value.put("only_first_right", pair.counts().onlyFirst());
    value.put("only_second_right", pair.counts().onlySecond());
    value.put("difference", pair.comparison().difference());
    value.put("ci95", ends(pair.comparison().interval()));
    value.put("p_mcnemar_exact", pair.counts().p());
    value.put("p_holm", pair.comparison().adjusted());
    return value;
  }

  private static List<Double> ends(Interval interval) {
    return List.of(interval.low(), interval.high());
  }
}
