package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class WordTokenizerTest {

  private static final String QUESTION =
      "Question: What colour is the bird's beak? Context: N/A Options: (A) dark red (B) blue-green"
          + " (C) 12.5 % . . . Answer:";
  private static final WordTokenizer TOKENIZER =
      WordTokenizer.learn(Stream.of(QUESTION, "The answer is (B)."), 1);

  @TempDir private Path directory;

  @Test
  void decodingGivesTheTextBack() {
    for (String text : new String[] {QUESTION, "The answer is (B).", "The answer is (C)."}) {
      assertThat(TOKENIZER.decode(TOKENIZER.encode(text))).isEqualTo(text);
    }
    assertThat(TOKENIZER.decode(TOKENIZER.encode("  dark \n red "))).isEqualTo("dark red");
  }

  @Test
  void anAnswerIsSevenTokens() {
    int[] ids = TOKENIZER.encode("The answer is (B).");
    assertThat(IntStream.of(ids).mapToObj(TOKENIZER::token))
        .containsExactly("▁The", "▁answer", "▁is", "▁(", "B", ")", ".", "</s>");
  }

  @Test
  void theFirstIdsAreAsInEveryT5() {
    assertThat(TOKENIZER.token(Tokenizer.PAD)).isEqualTo("<pad>");
    assertThat(TOKENIZER.token(Tokenizer.END)).isEqualTo("</s>");
    assertThat(TOKENIZER.token(Tokenizer.UNKNOWN)).isEqualTo("<unk>");
    assertThat(TOKENIZER.token(TOKENIZER.sentinel(0))).isEqualTo("<extra_id_0>");
    assertThat(TOKENIZER.encode("")).containsExactly(Tokenizer.END);
  }

  @Test
  void anUnseenWordIsSpelledAndAnUnseenLetterUnknown() {
    assertThat(TOKENIZER.decode(TOKENIZER.encode("the reddest bird")))
        .isEqualTo("the reddest bird");
    assertThat(TOKENIZER.decodeRaw(TOKENIZER.encode("a ж b"))).isEqualTo("a <unk> b</s>");
  }

  @Test
  void rareWordsAreSpelled() {
    WordTokenizer frugal = WordTokenizer.learn(Stream.of("red red blue"), 2);
    assertThat(frugal.encode("red")).hasSize(2);
    assertThat(frugal.encode("blue")).hasSize(1 + "blue".length() + 1);
  }

  @Test
  void specialTokensAreReadFromText() {
    int[] ids = TOKENIZER.encode("dark <extra_id_1> beak");
    assertThat(ids).hasSize(4).contains(TOKENIZER.sentinel(1));
    assertThat(TOKENIZER.decode(ids)).isEqualTo("dark beak");
    assertThatThrownBy(() -> TOKENIZER.sentinel(32))
        .hasMessage("the vocabulary has no sentinel <extra_id_32>");
  }

  @Test
  void longTextsAreCutWithTheEndKept() {
    int[] ids = TOKENIZER.encode(QUESTION, 5);
    assertThat(ids).hasSize(5).endsWith(Tokenizer.END);
    assertThatThrownBy(() -> TOKENIZER.encode(QUESTION, 0))
        .hasMessage("maxLength must be at least 1, found 0");
  }

  @Test
  void theOrderOfTextsDoesNotMatter() {
    WordTokenizer other = WordTokenizer.learn(Stream.of("The answer is (B).", QUESTION), 1);
    assertThat(other.encode(QUESTION)).isEqualTo(TOKENIZER.encode(QUESTION));
  }

  @Test
  void aDirectoryIsOpenedByWhatItHolds() throws IOException {
    assertThatThrownBy(() -> Tokenizers.open(directory))
        .hasMessage(
            directory + " holds no tokenizer; looked for tokenizer.json, spiece.model, words.json");
    TOKENIZER.save(directory);
    Tokenizer opened = Tokenizers.open(directory);
    assertThat(opened.size()).isEqualTo(TOKENIZER.size());
    assertThat(opened.encode(QUESTION)).isEqualTo(TOKENIZER.encode(QUESTION));
  }

  @Test
  void aDamagedVocabularyIsNamed() throws IOException {
    Path file = directory.resolve("words.json");
    Files.writeString(file, "{}");
    assertThatThrownBy(() -> Tokenizers.open(file))
        .hasMessage(file + ": not a vocabulary of kind 'fusebox words 1'");
    Files.writeString(file, "{\"kind\": \"fusebox words 1\", \"tokens\": [\"a\"]}");
    assertThatThrownBy(() -> Tokenizers.open(file))
        .hasMessage(file + ": a T5 vocabulary begins with [<pad>, </s>, <unk>], found [a]");
  }
}
