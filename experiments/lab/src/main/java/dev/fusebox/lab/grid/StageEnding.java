package dev.fusebox.lab.grid;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.UserError;

/**
 * How the computing of one stage ended.
 *
 * @param stage its name
 * @param end in a word
 * @param reason why there is no result; empty if there is one
 * @param mayPass whether another attempt may end otherwise: the trouble was not the config's
 */
public record StageEnding(String stage, End end, String reason, boolean mayPass) {

  /** The ways to end, with the status that {@code fusebox stage} exits with. */
  public enum End {
    /** The result was made now. */
    DONE("done", 0),
    /** It was there already. */
    THERE("there", 10),
    /** Another process is making it. */
    ELSEWHERE("elsewhere", 11),
    /** A stage that it reads from has no result. */
    INPUTS_MISSING("inputs missing", 12),
    /** It failed. */
    FAILED("failed", 1),
    /** This machine cannot make it: its program, or what it sees of config and data, is another. */
    REFUSED("refused", 2),
    /** There was no room for it on the disk. */
    DISK_FULL("disk full", 2),
    /** It was asked to stop, and goes on from there. */
    STOPPED("stopped", 130);

    private final String word;
    private final int status;

    End(String word, int status) {
      this.word = word;
      this.status = status;
    }

    /** Its name in JSON. */
    public String word() {
      return word;
    }

    /** The exit status. */
    public int status() {
      return status;
    }

    private static End of(String word) {
      for (End end : values()) {
        if (end.word.equals(word)) {
          return end;
        }
      }
      throw new UserError("a stage ended in no known way: " + word);
    }
  }

  /** A stage with its result. */
  static StageEnding of(String stage, End end) {
    return new StageEnding(stage, end, "", false);
  }

  /** As {@code fusebox stage --json} writes it. */
  public ObjectNode json() {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("end", end.word());
    node.put("stage", stage);
    node.put("reason", reason);
    node.put("mayPass", mayPass);
    return node;
  }

  /**
   * Reads what {@link #json} wrote.
   *
   * @throws UserError if it names no known end
   */
  public static StageEnding of(JsonNode node) {
    return new StageEnding(
        node.path("stage").asText(),
        End.of(node.path("end").asText()),
        node.path("reason").asText(),
        node.path("mayPass").asBoolean());
  }
}
