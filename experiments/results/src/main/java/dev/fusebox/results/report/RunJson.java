package dev.fusebox.results.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.table.Numbers;
import dev.fusebox.training.task.AttentionMap;
import dev.fusebox.training.work.AttentionFile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One run as the report's page reads it. */
final class RunJson {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  private RunJson() {}

  /**
   * The run.
   *
   * @param sampled the questions whose texts are shown, by their places; all others have marks only
   */
  static ObjectNode of(
      ReportedRun run, Optional<Graded> marks, List<Question> questions, List<Integer> sampled) {
    ObjectNode node = JSON.objectNode();
    node.put("name", run.name());
    node.put("variant", run.result().variant());
    node.put("seed", run.result().repeat().seed());
    if (run.result().repeat().isDrawn()) {
      node.put("draw", run.result().repeat().draw());
    }
    node.put("fusion", run.fusion());
    node.set("config", run.config());
    ArrayNode facts = node.putArray("facts");
    run.facts().forEach((name, text) -> facts.addArray().add(name).add(text));
    node.set("curves", Curves.of(run.metrics()));
    node.set("gates", Curves.gates(run.metrics()));
    node.putObject("texts");
    if (run.result() instanceof RunResult.Failed failed) {
      return node.put("failure", "failed: " + failed.reason());
    }
    if (run.result() instanceof RunResult.NotMade) {
      return node.put("failure", "not computed yet");
    }
    RunResult.Finished finished = (RunResult.Finished) run.result();
    node.put("decoding", finished.decoding());
    marks.ifPresent(graded -> answers(node, finished, graded));
    texts(node, run, finished, questions, sampled);
    return node;
  }

  private static void answers(ObjectNode node, RunResult.Finished run, Graded graded) {
    Map<String, Prediction> written = byId(run.predictions());
    StringBuilder marks = new StringBuilder();
    StringBuilder options = new StringBuilder();
    for (int i = 0; i < graded.questions().size(); i++) {
      Question question = graded.questions().get(i);
      OptionalInt option = Grader.option(question, written.get(question.id()).text());
      marks.append(graded.correct().get(i) ? '1' : '0');
      options.append(option.isPresent() ? (char) ('A' + option.getAsInt()) : '-');
    }
    node.put("marks", marks.toString());
    node.put("options", options.toString());
    node.put(
        "summary",
        "%s%% of %,d questions, %s"
            .formatted(
                Numbers.fixed(graded.average().percent(), 1),
                graded.average().n(),
                run.decoding()));
  }

  private static void texts(
      ObjectNode node,
      ReportedRun run,
      RunResult.Finished finished,
      List<Question> questions,
      List<Integer> sampled) {
    Map<String, Prediction> answers = byId(finished.predictions());
    Map<String, Prediction> rationales =
        run.rationales().map(stage -> byId(stage.texts())).orElse(Map.of());
    if (!rationales.isEmpty()) {
      node.put(
          "rationales",
          questions.stream()
              .map(question -> rationales.get(question.id()))
              .map(text -> text != null && text.asWanted() ? "1" : "0")
              .collect(Collectors.joining()));
    }
    ObjectNode texts = (ObjectNode) node.get("texts");
    for (int i : sampled) {
      String id = questions.get(i).id();
      ObjectNode text = texts.putObject(Integer.toString(i));
      text.put("answer", answers.get(id).text());
      if (rationales.containsKey(id)) {
        text.put("rationale", rationales.get(id).text());
        text.put("gold", rationales.get(id).target());
      }
    }
  }

  /** Attention of the run's chosen cases. */
  static List<ObjectNode> attention(int index, ReportedRun run, Map<String, Integer> places) {
    return run.attention().stream()
        .filter(one -> places.containsKey(one.line().id()))
        .map(one -> attention(index, one, places.get(one.line().id())))
        .toList();
  }

  private static ObjectNode attention(int run, OfStage<AttentionMap> one, int question) {
    ObjectNode node = JSON.objectNode();
    node.put("run", run);
    node.put("question", question);
    node.put("stage", one.stage());
    node.setAll(AttentionFile.line(one.line()));
    node.remove("id");
    return node;
  }

  private static Map<String, Prediction> byId(List<Prediction> predictions) {
    return predictions.stream().collect(Collectors.toMap(Prediction::id, Function.identity()));
  }
}
