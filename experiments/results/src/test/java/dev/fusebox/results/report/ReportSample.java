package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ComputedOn;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.training.loop.MetricsLine;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.AttentionMap;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.SampledAnswer;
import dev.fusebox.training.work.PredictionWork;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A made-up experiment with everything a report can show. */
public final class ReportSample {

  private static final List<String> SUBJECTS =
      List.of("natural science", "social science", "language science");
  private static final List<String> COLOURS = List.of("red", "green", "blue", "yellow");

  private static final List<Question> QUESTIONS =
      IntStream.range(0, 240).mapToObj(ReportSample::question).toList();

  private ReportSample() {}

  public static Report report() {
    List<ReportedRun> runs = new ArrayList<>();
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(run("text", "none", seed, 0.42, false));
    }
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(run("gated", "gated", seed, 0.86, true));
    }
    for (long seed = 1; seed <= 3; seed++) {
      runs.add(run("blind", "gated", seed, 0.43, false));
    }
    runs.add(
        new ReportedRun(
            new RunResult.Failed("concat", Repeat.of(1), "width 7 cannot be divided by 2 heads"),
            "concat",
            config("detr", "concat", "none"),
            Map.of(),
            List.of(),
            Optional.empty(),
            List.of(),
            List.of(),
            List.of()));
    return new Report(
        "sample",
        "Does the picture help, and is it the picture that helps?",
        "demo",
        QUESTIONS,
        QUESTIONS,
        List.of(ScienceQaCategory.values()),
        runs,
        Map.of("gated", "text", "blind", "text"),
        List.of("IMG"),
        "fusebox run configs/sample.conf",
        "made for a test",
        question -> question.picture() ? Optional.of(PICTURE) : Optional.empty());
  }

  /** Two fusions with two kinds of features each, a control, and the text alone. */
  static Report grid() {
    List<ReportedRun> runs = new ArrayList<>();
    runs.add(run("text", "none", 1, 0.42, false));
    runs.add(seeing("gated-detr", "detr", "gated", 0.86));
    runs.add(seeing("gated-clip", "clip", "gated", 0.7));
    runs.add(seeing("blind", "detr", "gated", 0.43));
    runs.add(seeing("concat-detr", "detr", "concat", 0.6));
    return new Report(
        "grid",
        "Which fusion, with which features?",
        "demo",
        QUESTIONS,
        QUESTIONS,
        List.of(ScienceQaCategory.values()),
        runs,
        Map.of(),
        List.of(),
        "fusebox run configs/grid.conf",
        "made for a test",
        question -> Optional.empty());
  }

  /** Three rationales sampled for each question, of which each is answered more or less rightly. */
  static Report sampled() {
    ReportedRun run = run("gated", "gated", 1, 0.7, false);
    List<SampledAnswer> sampled = new ArrayList<>();
    List<StageRecord> stages = new ArrayList<>(run.stages());
    SplittableRandom random = new SplittableRandom(5);
    for (int sample = 1; sample <= 3; sample++) {
      for (Question question : QUESTIONS) {
        int option = random.nextDouble() < 0.6 ? question.answer() : 0;
        sampled.add(new SampledAnswer(sample, question.id(), option, List.of()));
      }
      Map<String, Number> figures = Map.of(PredictionWork.SAMPLE, sample);
      stages.add(
          new StageRecord(
              "answer",
              StageRole.TESTING,
              "prediction-s" + sample,
              4,
              ComputedOn.UNKNOWN,
              "",
              figures));
    }
    ReportedRun asked =
        new ReportedRun(
            run.result(),
            run.fusion(),
            run.config(),
            run.facts(),
            stages,
            run.rationales(),
            run.options(),
            run.metrics(),
            run.attention(),
            new TestedAnswers(List.of(), List.of(), sampled));
    return new Report(
        "sampled",
        "Do several rationales answer better than one?",
        "demo",
        QUESTIONS,
        QUESTIONS,
        List.of(ScienceQaCategory.values()),
        List.of(asked),
        Map.of(),
        List.of(),
        "fusebox run configs/sampled.conf",
        "made for a test",
        question -> Optional.empty());
  }

  /** Runs that share their first stage, and differ in the second. */
  static Report sharing() {
    Report report = report();
    return new Report(
        "sharing",
        report.question(),
        report.data(),
        report.train(),
        report.test(),
        report.categories(),
        report.runs().stream().map(ReportSample::afterAStageOfAll).toList(),
        report.compare(),
        report.among(),
        report.repeat(),
        report.made(),
        report.pictures());
  }

  private static ReportedRun afterAStageOfAll(ReportedRun run) {
    List<OfStage<MetricsLine>> metrics = new ArrayList<>();
    for (int step = 10; step <= 100; step += 10) {
      Map<String, Number> loss = Map.of("loss", 10.0 / step);
      metrics.add(new OfStage<>("rationale", new MetricsLine(step, loss, Map.of())));
    }
    metrics.addAll(run.metrics());
    return new ReportedRun(
        run.result(),
        run.fusion(),
        run.config(),
        run.facts(),
        run.stages(),
        run.rationales(),
        run.options(),
        run.metrics().isEmpty() ? List.of() : metrics,
        run.attention());
  }

  private static ReportedRun seeing(
      String variant, String features, String fusion, double accuracy) {
    ReportedRun run = run(variant, fusion, 1, accuracy, false);
    return new ReportedRun(
        run.result(),
        fusion,
        config(features, fusion, variant.equals("blind") ? "blind" : "none"),
        run.facts(),
        run.stages(),
        run.rationales(),
        run.options(),
        run.metrics(),
        run.attention());
  }

  /** One orange pixel. */
  private static final String PICTURE =
      "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmM"
          + "IQAAAABJRU5ErkJggg==";

  private static Question question(int i) {
    List<String> choices = COLOURS.subList(0, 2 + i % 3);
    return new Question(
        Integer.toString(i),
        "What colour is the " + List.of("triangle", "circle", "square").get(i % 3) + " <b>?",
        choices,
        i % choices.size(),
        i % 4 == 0 ? "The circle is left of the square." : "",
        i % 3 != 2,
        "",
        "The triangle is red.",
        SUBJECTS.get(i % 3),
        "grade" + (1 + i % 12),
        "");
  }

  private static ReportedRun run(
      String variant, String fusion, long seed, double accuracy, boolean staged) {
    SplittableRandom random = new SplittableRandom(seed + variant.hashCode());
    List<Prediction> answers = new ArrayList<>();
    List<Prediction> rationales = new ArrayList<>();
    for (Question question : QUESTIONS) {
      boolean right = random.nextDouble() < accuracy;
      int option = right ? question.answer() : (question.answer() + 1) % question.choices().size();
      String answer = "The answer is (" + (char) ('A' + option) + ").";
      boolean silent = random.nextInt(40) == 0;
      answers.add(
          new Prediction(question.id(), silent ? "The answer" : answer, "The answer is (A)."));
      String rationale =
          right == (random.nextInt(10) > 0) ? "The triangle is red." : "The circle is red.";
      rationales.add(new Prediction(question.id(), rationale, "The triangle is red."));
    }
    return new ReportedRun(
        new RunResult.Finished(variant, Repeat.of(seed), "generated, greedy", answers),
        fusion,
        config(
            fusion.equals("none") ? "none" : "detr",
            fusion,
            variant.equals("blind") ? "blind" : "none"),
        facts(seed),
        stages(variant, seed),
        staged
            ? Optional.of(new StagePredictions("generated, beam 4", rationales))
            : Optional.empty(),
        staged ? options(answers, random) : List.of(),
        metrics(random, fusion),
        fusion.equals("none") ? List.of() : attention(random));
  }

  private static List<StageRecord> stages(String variant, long seed) {
    int numbers = variant.equals("text") ? 160_000 : 182_500;
    double operations = variant.equals("text") ? 20_000_000 : 24_500_000 + 1e6 * seed;
    Map<String, Number> figures =
        Map.of(
            "steps",
            800,
            "trainedNumbers",
            numbers,
            "operationsPerExample",
            operations,
            "peakMegabytes",
            700 + seed);
    return List.of(
        new StageRecord(
            "answer",
            StageRole.TRAINING,
            "training-" + variant + seed,
            40 + seed,
            ComputedOn.UNKNOWN,
            "",
            figures),
        new StageRecord(
            "answer",
            StageRole.WRITING,
            "prediction-" + seed,
            9,
            ComputedOn.UNKNOWN,
            "",
            Map.of()));
  }

  /** Too sure of itself. */
  private static List<OptionProbabilities> options(
      List<Prediction> answers, SplittableRandom random) {
    List<OptionProbabilities> options = new ArrayList<>();
    for (int i = 0; i < answers.size(); i++) {
      double sure = 0.5 + 0.5 * random.nextDouble();
      boolean right = random.nextDouble() < sure - 0.2;
      options.add(
          new OptionProbabilities(answers.get(i).id(), List.of(sure, 1 - sure), right ? 0 : 1));
    }
    return options;
  }

  private static Map<String, String> facts(long seed) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("seed", Long.toString(seed));
    facts.put("took", "58 s");
    facts.put("commit", "0123456");
    return facts;
  }

  private static ObjectNode config(String features, String fusion, String control) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    for (ObjectNode place : List.of(config, config.putObject("pipeline").putObject("answer"))) {
      place.putObject("features").put("source", features).putArray("beside");
      place.putObject("fusion").put("name", fusion);
      place.put("control", control);
    }
    config.putObject("training").put("epochs", 8).put("learningRate", 1e-3);
    return config;
  }

  private static List<OfStage<MetricsLine>> metrics(SplittableRandom random, String fusion) {
    List<OfStage<MetricsLine>> lines = new ArrayList<>();
    for (int step = 10; step <= 800; step += 10) {
      Map<String, Number> figures = new LinkedHashMap<>();
      figures.put("loss", 1.4 * Math.exp(-step / 250.0) + 0.05 * random.nextDouble());
      figures.put("learningRate", 1e-3 * (1 - step / 800.0));
      Map<String, Number> gates = new LinkedHashMap<>();
      if (!fusion.equals("none")) {
        figures.put("loss.alignment.contrastive", 0.2 * Math.exp(-step / 400.0));
        figures.put("loss.alignment.matching", 0.07 * Math.exp(-step / 600.0));
        gates.put("encoder.0", 0.5 * (1 - Math.exp(-step / 300.0)));
        gates.put("encoder.1", 0.3 * (1 - Math.exp(-step / 500.0)));
      }
      lines.add(new OfStage<>("answer", new MetricsLine(step, figures, gates)));
    }
    return lines;
  }

  private static List<OfStage<AttentionMap>> attention(SplittableRandom random) {
    List<List<Double>> weights = new ArrayList<>();
    for (int token = 0; token < 6; token++) {
      List<Double> row = new ArrayList<>();
      for (int patch = 0; patch < 16; patch++) {
        row.add(random.nextDouble() * (patch == token ? 3 : 1) / 16);
      }
      weights.add(row);
    }
    AttentionMap map =
        new AttentionMap(
            "0",
            List.of("What", "colour", "is", "the", "triangle", "?"),
            List.of(),
            List.of(new AttentionMap.Layer("after the encoder", false, weights)),
            Optional.of(new PictureGrid(4, 4)));
    return List.of(new OfStage<>("", map), new OfStage<>("", withoutPlaces()));
  }

  /** While words are written, over vectors that lie at no place of the picture. */
  private static AttentionMap withoutPlaces() {
    List<List<Double>> weights =
        List.of(List.of(0.25, 0.25, 0.5, 0.0), List.of(0.125, 0.75, 0.125, 0.0));
    return new AttentionMap(
        "1",
        List.of("What", "colour", "?"),
        List.of("The", "circle"),
        List.of(
            new AttentionMap.Layer("decoder.block.0", true, weights),
            new AttentionMap.Layer("decoder.block.1", true, weights)),
        Optional.empty());
  }
}
