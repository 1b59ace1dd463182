package dev.fusebox.t5.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A {@code tokenizer.json} cut down to the pieces that given texts use. Those texts are cut as
 * before, since a cut that was the best of all is the best of fewer; other texts may fall into
 * smaller pieces, down to single characters, all of which stay.
 */
public final class PrunedTokenizer {

  private static final long MAXIMUM_BYTES = 64 << 20;

  private PrunedTokenizer() {}

  /**
   * The smaller tokenizer, as bytes of a {@code tokenizer.json}.
   *
   * @param file a {@code tokenizer.json} of T5's kind
   * @throws UserError if it is of another kind, whose pieces stand for each other in other ways
   */
  public static byte[] of(Path file, Stream<String> texts) throws IOException {
    ObjectNode root = unigram(file);
    BitSet used = used(JsonTokenizer.open(file), texts);
    Map<String, Integer> ids = new HashMap<>();
    prune((ObjectNode) root.get("model"), used, special(root), ids);
    for (JsonNode token : root.path("added_tokens")) {
      String content = token.path("content").asText();
      ids.putIfAbsent(content, ids.size());
      ((ObjectNode) token).put("id", ids.get(content));
    }
    return new ObjectMapper().writeValueAsBytes(root);
  }

  private static ObjectNode unigram(Path file) throws IOException {
    JsonNode root =
        file.toString().endsWith(".json") ? RegularFile.json(file, MAXIMUM_BYTES) : null;
    if (root instanceof ObjectNode object && root.path("model").path("vocab").isArray()) {
      return object;
    }
    throw new UserError(
        file
            + ": only a tokenizer.json of type Unigram, such as T5's, can be reduced to the tokens in use; model.vocabulary = all keeps it whole");
  }

  private static BitSet used(Tokenizer tokenizer, Stream<String> texts) {
    BitSet used = new BitSet(tokenizer.size());
    texts.forEach(
        text -> {
          for (int id : tokenizer.encode(text)) {
            used.set(id);
          }
        });
    return used;
  }

  private static List<String> special(ObjectNode root) {
    return root.path("added_tokens").findValuesAsText("content");
  }

  private static void prune(
      ObjectNode model, BitSet used, List<String> special, Map<String, Integer> ids) {
    JsonNode all = model.get("vocab");
    ArrayNode kept = model.putArray("vocab");
    for (int id = 0; id < all.size(); id++) {
      String piece = all.get(id).path(0).asText();
      boolean single = piece.codePointCount(0, piece.length()) == 1;
      if (used.get(id) || single || special.contains(piece) || Vocabulary.isSpecial(piece)) {
        ids.put(piece, kept.size());
        kept.add(all.get(id));
      }
    }
  }
}
