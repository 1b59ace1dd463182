package dev.fusebox.experiments.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.experiments.config.UserError;
import java.io.IOException;
import java.nio.file.Path;

/** How many token ids a tokenizer may produce. */
final class Vocabulary {

  private static final int MULTIPLE = 8; // matrices of such sizes are multiplied faster

  private Vocabulary() {}

  /** The size of the embedding for that {@code tokenizer.json}: its highest id and some room. */
  static int sizeFor(Path tokenizer) throws IOException {
    JsonNode json = new ObjectMapper().readTree(tokenizer.toFile());
    JsonNode vocabulary = json.path("model").path("vocab");
    int size = vocabulary.isArray() ? vocabulary.size() : highest(vocabulary) + 1;
    for (JsonNode token : json.path("added_tokens")) {
      size = Math.max(size, token.path("id").asInt() + 1);
    }
    if (size == 0) {
      throw new UserError(
          tokenizer + ": expected a tokenizer.json with a vocabulary, found none at model.vocab");
    }
    return (size + MULTIPLE - 1) / MULTIPLE * MULTIPLE;
  }

  private static int highest(JsonNode ids) {
    int highest = -1;
    for (JsonNode id : ids) {
      highest = Math.max(highest, id.asInt());
    }
    return highest;
  }
}
