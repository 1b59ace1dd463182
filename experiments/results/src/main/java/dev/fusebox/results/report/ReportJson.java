package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Interval;
import dev.fusebox.results.score.Calibration;
import dev.fusebox.results.score.McNemar;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.table.CsvTable;
import dev.fusebox.results.table.LatexTable;
import dev.fusebox.results.table.MarkdownTable;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TableJson;
import dev.fusebox.training.task.OptionProbabilities;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A report as the page reads it. */
final class ReportJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  /** Of so many questions the texts are shown; of all others the marks. */
  private static final int SAMPLE = 600;

  /** Pictures of so many of those. */
  private static final int PICTURED = 200;

  private final Report report;
  private final AblationScores scores;
  private final UnknownCategories unknown;
  private final List<Integer> sampled;

  private ReportJson(Report report) {
    this.report = report;
    this.scores = new AblationScores(report.ablation(), Grader.strict());
    this.unknown = new UnknownCategories(report.categories(), report.test());
    this.sampled = sample(report.test().size());
  }

  static ObjectNode of(Report report, Optional<SentenceSimilarity> similarity, List<Table> more) {
    ObjectNode root = new ReportJson(report).root();
    CostTable.of(report).ifPresent(table -> root.set("costs", TableJson.of(table)));
    RationaleTable.of(report, similarity)
        .ifPresent(table -> root.set("rationales", TableJson.of(table)));
    ArrayNode tests = root.putArray("tests");
    Stream.of(VarianceTable.of(report).stream(), report.tests().stream(), more.stream())
        .flatMap(tables -> tables)
        .forEach(table -> tests.add(TableJson.of(table).put("title", table.title())));
    return root;
  }

  /** The same questions every time, spread over the split. */
  private static List<Integer> sample(int questions) {
    List<Integer> places = new ArrayList<>(IntStream.range(0, questions).boxed().toList());
    Collections.shuffle(places, new Random(1));
    return places.stream().limit(SAMPLE).sorted().toList();
  }

  private ObjectNode root() {
    Table table =
        DirectAnswersColumn.join(AblationTable.of(scores), report).noting(report.remarks());
    ObjectNode root = JSON.objectNode();
    root.put("title", report.question());
    root.put("name", report.name());
    root.put("repeat", report.repeat());
    root.put("made", report.made());
    root.set("findings", findings());
    root.set("table", TableJson.of(table));
    ObjectNode copies = root.putObject("copies");
    copies.put("Markdown", MarkdownTable.render(table));
    copies.put("LaTeX", LatexTable.render(table));
    copies.put("CSV", CsvTable.render(table));
    root.set("categories", categories());
    root.set("variants", variants());
    questions(root);
    root.set("runs", runs());
    root.set("pairs", pairs());
    root.set("attention", attention());
    root.set("calibration", calibration());
    root.set("consistency", consistency());
    return root;
  }

  private ArrayNode findings() {
    ArrayNode findings = JSON.arrayNode();
    for (VariantComparison comparison : scores.comparisons()) {
      boolean clear = comparison.clear();
      ObjectNode finding = findings.addObject();
      finding.put("tone", !clear ? "same" : comparison.difference() > 0 ? "better" : "worse");
      finding.put("figure", Numbers.signed(comparison.difference(), scores.decimals()) + " points");
      finding.put(
          "text",
          comparison.variant()
              + (!clear
                  ? " is not significantly different from "
                  : comparison.difference() > 0 ? " is better than " : " is worse than ")
              + comparison.control()
              + (comparison.overAll() ? "" : " among " + comparison.among()));
      finding.put(
          "detail",
          "95%% CI [%s, %s], %s after Holm"
                  .formatted(
                      Numbers.signed(comparison.interval().low(), scores.decimals()),
                      Numbers.signed(comparison.interval().high(), scores.decimals()),
                      Numbers.p(comparison.adjusted()))
              + (clear ? "" : ". " + comparison.limits()));
    }
    return findings;
  }

  private ArrayNode categories() {
    ArrayNode categories = JSON.arrayNode();
    for (Category category : report.categories()) {
      int n = (int) report.test().stream().filter(category::contains).count();
      categories
          .addObject()
          .put("name", category.label())
          .put("n", n)
          .put("unknown", unknown.count(category));
    }
    return categories;
  }

  private ArrayNode variants() {
    ArrayNode variants = JSON.arrayNode();
    for (String variant : scores.ablation().variants()) {
      ObjectNode node = variants.addObject().put("name", variant);
      if (!scores.seeds(variant).isEmpty()) {
        Interval interval = scores.interval(variant);
        node.put("mean", scores.spread(variant, marks -> marks.average().percent()).mean())
            .put("low", interval.low())
            .put("high", interval.high());
        ArrayNode accuracy = node.putArray("accuracy");
        for (Category category : report.categories()) {
          double mean = scores.spread(variant, marks -> marks.in(category).percent()).mean();
          accuracy.add(Double.isNaN(mean) || unknown.count(category) > 0 ? null : mean);
        }
      }
    }
    return variants;
  }

  private void questions(ObjectNode root) {
    ArrayNode questions = root.putArray("questions");
    ArrayNode pictures = root.putArray("pictures");
    List<String> attended =
        report.runs().stream()
            .flatMap(run -> run.attention().stream())
            .map(one -> one.line().id())
            .toList();
    for (int i = 0; i < report.test().size(); i++) {
      Question question = report.test().get(i);
      ObjectNode node = questions.addObject();
      boolean shown = Collections.binarySearch(sampled, i) >= 0;
      describe(node, question);
      boolean pictured =
          attended.contains(question.id())
              || (shown && question.picture() && pictures.size() < PICTURED);
      Optional<String> picture =
          pictured ? report.pictures().dataAddress(question) : Optional.empty();
      node.put("picture", picture.isPresent() ? pictures.size() : null);
      picture.ifPresent(pictures::add);
    }
  }

  private void describe(ObjectNode node, Question question) {
    node.put("id", question.id());
    node.put("text", question.question());
    ArrayNode choices = node.putArray("choices");
    question.choices().forEach(choices::add);
    node.put("answer", question.answer());
    node.put("hint", question.hint());
    node.put("subject", question.subject());
    node.put("grade", question.grade());
    ArrayNode categories = node.putArray("categories");
    report.categories().stream()
        .filter(category -> category.contains(question))
        .forEach(category -> categories.add(category.label()));
  }

  private ArrayNode runs() {
    ArrayNode runs = JSON.arrayNode();
    for (int i = 0; i < report.runs().size(); i++) {
      runs.add(RunJson.of(report.runs().get(i), scores.marks(i), report.test(), sampled));
    }
    return runs;
  }

  private ArrayNode pairs() {
    ArrayNode pairs = JSON.arrayNode();
    for (int i = 0; i < report.runs().size(); i++) {
      for (int j = 0; j < report.runs().size(); j++) {
        if (i != j && scores.marks(i).isPresent() && scores.marks(j).isPresent()) {
          McNemar test = McNemar.of(scores.marks(i).get(), scores.marks(j).get());
          pairs
              .addObject()
              .put("first", report.runs().get(i).name())
              .put("second", report.runs().get(j).name())
              .put("p", Numbers.p(test.p()));
        }
      }
    }
    return pairs;
  }

  /** By variant, all its seeds together. */
  private ArrayNode calibration() {
    ArrayNode calibration = JSON.arrayNode();
    for (String variant : scores.ablation().variants()) {
      List<OptionProbabilities> options =
          report.runs().stream()
              .filter(run -> run.result().variant().equals(variant))
              .flatMap(run -> run.options().stream())
              .toList();
      if (!options.isEmpty()) {
        Calibration found = Calibration.of(options);
        ObjectNode node = calibration.addObject().put("variant", variant);
        node.put("error", found.expectedError());
        node.put("confidence", found.confidence());
        node.put("accuracy", found.accuracy());
        ArrayNode bins = node.putArray("bins");
        found
            .bins()
            .forEach(
                bin ->
                    bins.addArray().add(bin.answers()).add(bin.confidence()).add(bin.accuracy()));
      }
    }
    return calibration;
  }

  /** Shares are [value, low, high] in percent. */
  private ArrayNode consistency() {
    ArrayNode curves = JSON.arrayNode();
    for (ConsistencyCurve curve : ConsistencyCurve.of(report)) {
      ObjectNode node = curves.addObject().put("variant", curve.variant());
      ArrayNode points = node.putArray("points");
      for (ConsistencyCurve.Point point : curve.points()) {
        ObjectNode one = points.addObject().put("k", point.k());
        one.set("vote", share(point.vote()));
        point.summed().ifPresent(summed -> one.set("summed", share(summed)));
        point.seconds().ifPresent(seconds -> one.put("seconds", seconds));
      }
    }
    return curves;
  }

  private static ArrayNode share(ConsistencyCurve.Share share) {
    return JSON.arrayNode()
        .add(100 * share.value())
        .add(100 * share.interval().low())
        .add(100 * share.interval().high());
  }

  private ArrayNode attention() {
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < report.test().size(); i++) {
      places.put(report.test().get(i).id(), i);
    }
    ArrayNode attention = JSON.arrayNode();
    for (int i = 0; i < report.runs().size(); i++) {
      RunJson.attention(i, report.runs().get(i), places).forEach(attention::add);
    }
    return attention;
  }
}
