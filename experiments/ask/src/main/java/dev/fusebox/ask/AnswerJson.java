package dev.fusebox.ask;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.questions.Question;
import dev.fusebox.training.work.AttentionFile;

/**
 * Answers as JSON: {@code run}, {@code answer} (a letter) and {@code option} (its index) or null,
 * {@code text}, {@code probabilities} of the options and what they are {@code scored} by, {@code
 * stages} with {@code part}, {@code text}, {@code given}, {@code cut}, {@code gates} and {@code
 * attention} as in attention.jsonl, and {@code notes}.
 */
public final class AnswerJson {

  private static final ObjectMapper JSON = new ObjectMapper();

  private AnswerJson() {}

  /** An answer. */
  public static ObjectNode of(Answer answer) {
    ObjectNode node = JSON.createObjectNode().put("run", answer.run());
    if (answer.option().isPresent()) {
      int option = answer.option().getAsInt();
      node.put("answer", String.valueOf(Question.letter(option))).put("option", option);
    } else {
      node.putNull("answer").putNull("option");
    }
    node.put("text", answer.text());
    answer.probabilities().forEach(node.putArray("probabilities")::add);
    node.put("scored", answer.probabilities().isEmpty() ? "" : answer.scored());
    ArrayNode stages = node.putArray("stages");
    answer.stages().forEach(stage -> stages.add(stage(stage)));
    answer.notes().forEach(node.putArray("notes")::add);
    return node;
  }

  private static ObjectNode stage(StageAnswer stage) {
    ObjectNode node =
        JSON.createObjectNode()
            .put("part", stage.part())
            .put("text", stage.text())
            .put("given", stage.given())
            .put("cut", stage.cut());
    ObjectNode gates = node.putObject("gates");
    stage.gates().forEach(gates::put);
    stage.attention().ifPresent(map -> node.set("attention", AttentionFile.line(map)));
    return node;
  }

  /** What was asked: {@code question}, {@code choices}, {@code hint}, {@code picture} and so on. */
  public static ObjectNode of(Asking asking) {
    Question question = asking.question();
    ObjectNode node =
        JSON.createObjectNode().put("id", question.id()).put("question", question.question());
    question.choices().forEach(node.putArray("choices")::add);
    node.put("hint", question.hint()).put("picture", asking.picture().inWords());
    asking.rationale().ifPresent(text -> node.put("rationale", text));
    asking.right().ifPresent(right -> node.put("right", right));
    return node;
  }
}
