package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.Goldens;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Both forms of T5's tokenizer give what {@code T5TokenizerFast} gave; no row is excepted. */
final class TokenizerGoldenTest {

  @ParameterizedTest
  @ValueSource(strings = {"tokenizer.json", "spiece.model"})
  void givesTheReferencesIdsAndTexts(String file) throws IOException {
    Tokenizer tokenizer = Tokenizers.open(Goldens.shared("data/tokenizer").resolve(file));
    List<JsonNode> rows = rows();
    assertThat(rows).hasSizeGreaterThan(200);
    List<String> differences = new ArrayList<>();
    for (JsonNode row : rows) {
      String text = row.path("text").asText();
      int[] ids = ids(row.path("ids"));
      compare(text, "ids", tokenizer.encode(text), ids, differences);
      compare(text, "cut", tokenizer.encode(text, 16), ids(row.path("truncated_16")), differences);
      compare(text, "decoded", tokenizer.decode(ids), row.path("decoded").asText(), differences);
      compare(text, "raw", tokenizer.decodeRaw(ids), row.path("decoded_raw").asText(), differences);
    }
    assertThat(differences).isEmpty();
  }

  private static List<JsonNode> rows() throws IOException {
    List<JsonNode> rows = new ArrayList<>();
    for (String line : Files.readAllLines(Goldens.text("tokenizer/ids.jsonl"))) {
      rows.add(new ObjectMapper().readTree(line));
    }
    return rows;
  }

  private static int[] ids(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).mapToInt(JsonNode::asInt).toArray();
  }

  private static void compare(
      String text, String what, int[] found, int[] wanted, List<String> differences) {
    compare(text, what, Arrays.toString(found), Arrays.toString(wanted), differences);
  }

  private static void compare(
      String text, String what, String found, String wanted, List<String> differences) {
    if (!found.equals(wanted)) {
      differences.add(what + " of '" + text + "': " + found + ", wanted " + wanted);
    }
  }
}
