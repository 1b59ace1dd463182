package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PrunedTokenizerTest {

  private static final List<String> TEXTS =
      List.of(
          "Which of these states is farthest north? Options: (A) West Virginia (B) Louisiana",
          "The answer is (A). BECAUSE: to find the answer, look at the compass rose.");

  private static final Path T5 =
      Path.of(System.getProperty("fusebox.shared", "")).resolve("data/tokenizer/tokenizer.json");

  @TempDir private Path directory;

  private Tokenizer pruned() throws IOException {
    assumeThat(Files.exists(T5)).as("T5's tokenizer in " + T5).isTrue();
    Path file = directory.resolve("tokenizer.json");
    Files.write(file, PrunedTokenizer.of(T5, TEXTS.stream()));
    return Tokenizers.open(file);
  }

  @Test
  void itsOwnTextsAreCutAsBefore() throws IOException {
    Tokenizer pruned = pruned();
    Tokenizer whole = Tokenizers.open(T5);
    assertThat(pruned.size()).isLessThan(3000);
    for (String text : TEXTS) {
      assertThat(pieces(pruned, text)).isEqualTo(pieces(whole, text));
      assertThat(pruned.decode(pruned.encode(text))).isEqualTo(whole.decode(whole.encode(text)));
    }
  }

  private static List<String> pieces(Tokenizer tokenizer, String text) {
    return Arrays.stream(tokenizer.encode(text)).mapToObj(tokenizer::token).toList();
  }

  @Test
  void otherTextsFallIntoSmallerPiecesAndComeBackWhole() throws IOException {
    Tokenizer pruned = pruned();
    String other = "A volcano erupts in Iceland, 1783.";
    assertThat(pruned.decode(pruned.encode(other))).isEqualTo(other);
    assertThat(pruned.encode(other)).hasSizeGreaterThan(Tokenizers.open(T5).encode(other).length);
  }

  @Test
  void marksAndSentinelsStay() throws IOException {
    Tokenizer pruned = pruned();
    assertThat(pruned.token(0)).isEqualTo("<pad>");
    assertThat(pruned.token(pruned.sentinel(0))).isEqualTo("<extra_id_0>");
    assertThat(pruned.token(pruned.sentinel(99))).isEqualTo("<extra_id_99>");
    assertThat(pruned.encode("a <extra_id_7> b")).contains(pruned.sentinel(7));
  }

  @Test
  void anotherKindOfTokenizerIsRefused() throws IOException {
    Path words = directory.resolve("words.json");
    Files.writeString(words, "{}");
    assertThatThrownBy(() -> PrunedTokenizer.of(words, Stream.of("a")))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("words.json")
        .hasMessageContaining("model.vocabulary = all");
  }
}
