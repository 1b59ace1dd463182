package dev.fusebox.ask.page;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.ask.collect.AskedQuestion;
import dev.fusebox.ask.collect.Change;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The questions that were asked last, with their answers: what is kept is what was answered here,
 * whatever a page says. Safe for threads.
 */
final class AskedLog {

  private static final int REMEMBERED = 60;
  private static final int MISSING = 404;

  private final Map<String, AskedQuestion> asked = new LinkedHashMap<>();
  private int count;

  /** A name for the next question. */
  synchronized String key() {
    return Integer.toString(++count);
  }

  synchronized void remember(String key, AskedQuestion question) {
    asked.put(key, question);
    if (asked.size() > REMEMBERED) {
      asked.remove(asked.keySet().iterator().next());
    }
  }

  /** The question of that name, unless too many came after it. */
  synchronized AskedQuestion asked(String key) {
    AskedQuestion question = key == null ? null : asked.get(key);
    if (question == null) {
      throw new Refusal(MISSING, "that question is no longer here; ask it again");
    }
    return question;
  }

  /**
   * The end of its answers: {@code done}, its name, {@code changes} and the runs {@code fooled}.
   */
  ObjectNode end(String key) {
    AskedQuestion question = asked(key);
    ObjectNode end = JsonNodeFactory.instance.objectNode().put("done", key);
    ArrayNode changes = end.putArray("changes");
    question.changes().stream().map(Change::label).forEach(changes::add);
    question.fooled().forEach(end.putArray("fooled")::add);
    return end;
  }
}
