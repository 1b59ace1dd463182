package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonTokenizerTest {

  private static final String WHOLE =
      """
      {"version": "1.0", "truncation": {"direction": "Right", "max_length": 3,
        "strategy": "LongestFirst", "stride": 0},
       "padding": {"strategy": {"Fixed": 9}, "direction": "Right", "pad_to_multiple_of": null,
        "pad_id": 0, "pad_type_id": 0, "pad_token": "<pad>"},
       "added_tokens": [], "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
       "post_processor": {"type": "TemplateProcessing",
         "single": [{"Sequence": {"id": "A", "type_id": 0}}, {"SpecialToken": {"id": "</s>", "type_id": 0}}],
         "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 0}}],
         "special_tokens": {"</s>": {"id": "</s>", "ids": [1], "tokens": ["</s>"]}}},
       "decoder": {"type": "Fuse"},
       "model": {"type": "WordLevel", "unk_token": "<unk>",
         "vocab": {"<pad>": 0, "</s>": 1, "<unk>": 2, "a": 3, "b": 4}}}
      """;

  @TempDir private Path directory;

  private Path write(String json) throws IOException {
    return Files.writeString(directory.resolve("tokenizer.json"), json);
  }

  @Test
  void anotherKindOfModelRunsAsTheLibraryRunsIt() throws IOException {
    Tokenizer tokenizer = Tokenizers.open(write(WHOLE));
    assertThat(tokenizer.encode("a b c a b"))
        .containsExactly(3, 4, 2, 3, 4, 1); // neither cut nor filled
  }

  @Test
  void whatT5CannotUseIsRefusedByItsName() throws IOException {
    refused(
        WHOLE.replaceAll(
            "(?s)\"post_processor\": .*?\"decoder\"", "\"post_processor\": null, \"decoder\""),
        "post_processor must add </s> (id 1) behind a text and nothing else, found the ids []");
    refused(WHOLE.replace("{\"type\": \"Fuse\"}", "null"), "decoder must be set, found nothing");
    refused(
        WHOLE.replace("\"unk_token\"", "\"dropout\": 0.1, \"unk_token\""),
        "model.dropout must not be set, found 0.1");
    refused(WHOLE.replace("WordLevel", "Nonsense"), "");
    refused("[]", "");
  }

  @Test
  void whatWouldEndTheProgramIsRefusedByItsKey() throws IOException {
    String decoder = "{\"type\": \"Fuse\"}";
    refused(
        WHOLE.replace(
            decoder, "{\"type\": \"Strip\", \"content\": \"a\", \"start\": 1, \"stop\": 3}"),
        "decoder.stop must be 0, found 3");
    String words = "{\"type\": \"Whitespace\"}";
    refused(
        WHOLE.replace(words, "{\"type\": \"FixedLength\", \"length\": 0}"),
        "pre_tokenizer.length must be at least 1, found 0");
    String single = "{\"SpecialToken\": {\"id\": \"</s>\", \"type_id\": 0}}]";
    refused(
        WHOLE.replace(single, single.replace("</s>", "</S>")),
        "post_processor.single names the token </S>, which special_tokens must have");
    refused(
        WHOLE.replace("\"ids\": [1]", "\"ids\": [5]"),
        "post_processor.special_tokens must have ids below 5, found 5");
    refused(
        WHOLE.replace("\"unk_token\": \"<unk>\"", "\"unk_token\": \"<UNK>\""),
        "model.unk_token must be a token of model.vocab, found \"<UNK>\"");
    refused(
        WHOLE.replace("\"b\": 4", "\"b\": 3"),
        "model.vocab must have an id for each token, found 3");
    refused(
        WHOLE.replace(
            "\"vocab\"",
            "\"continuing_subword_prefix\": \"####\", \"merges\": [\"a ####b\", \"a b\"], \"vocab\""),
        "model.merges must go on with the continuing_subword_prefix ####, found \"a b\"");
  }

  @Test
  void aTextIsEncodedOnce() throws IOException {
    String text = "\"single\": [{\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}";
    refused(
        WHOLE.replace(text, text + ", {\"Sequence\": {\"id\": \"A\", \"type_id\": 0}}"),
        "post_processor.single must hold the text A once, found 2 times");
    refused(
        WHOLE.replace(text, text.replace("\"A\"", "\"B\"")),
        "post_processor.single must hold the text A alone, found {\"Sequence\":{\"id\":\"B\"");
  }

  @Test
  void addedTokensAreFewAndShortAndHaveAnIdEach() throws IOException {
    String token =
        "{\"id\": %d, \"content\": \"%s\", \"single_word\": false, \"lstrip\": false,"
            + " \"rstrip\": false, \"normalized\": false, \"special\": true}";
    added(
        token.formatted(5, "x") + ", " + token.formatted(5, "y"),
        "added_tokens must have an id each, found 5 for x and y");
    added(
        token.formatted(5, ""),
        "added_tokens must have 1 to 1,000 characters, found 0 with the id 5");
    added(
        token.formatted(5, "x".repeat(1001)),
        "added_tokens must have 1 to 1,000 characters, found 1,001 with the id 5");
    added(
        IntStream.range(0, 10_001)
            .mapToObj(i -> token.formatted(5 + i, "x" + i))
            .collect(Collectors.joining(",")),
        "added_tokens must be at most 10,000, found 10,001");
  }

  private void added(String tokens, String message) throws IOException {
    refused(WHOLE.replace("\"added_tokens\": []", "\"added_tokens\": [" + tokens + "]"), message);
  }

  @Test
  void textsDoNotGrowWithoutBound() throws IOException {
    String ten =
        "{\"type\": \"Replace\", \"pattern\": {\"String\": \"a\"}, \"content\": \"aaaaaaaaaa\"}";
    String four = String.join(", ", Collections.nCopies(4, ten));
    refused(
        WHOLE.replace(
            "\"normalizer\": null",
            "\"normalizer\": {\"type\": \"Sequence\", \"normalizers\": [" + four + "]}"),
        "normalizer.normalizers[3].content must not make a text more than 1,000 times as long");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a*)*b",
        "(?:a|b)+",
        "((a+))*",
        "(?i:x?){2,}",
        "([^)]*)+",
        "(a|\\\\))*",
      })
  void patternsThatMayTakeForEverAreRefused(String pattern) throws IOException {
    refused(
        split(pattern),
        "pre_tokenizer.pattern.Regex must not repeat a group in which something is repeated or"
            + " chosen, found "
            + pattern.replace("\\\\", "\\"));
  }

  @Test
  void patternsAreShortAndFlat() throws IOException {
    refused(
        split("(".repeat(60) + ")".repeat(60)), "pre_tokenizer.pattern.Regex must be at most 50");
    refused(
        split("a".repeat(2001)), "pre_tokenizer.pattern.Regex must be at most 2,000 characters");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " {2,}",
        "'s|'t|'re|'ve|'m|'ll|'d| ?\\\\p{L}+| ?\\\\p{N}+| ?[^\\\\s\\\\p{L}\\\\p{N}]+|\\\\s+(?!\\\\S)|\\\\s+",
        "(?i:'s|'t|'re)|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?\\\\p{L}+|\\\\p{N}{1,3}|[\\\\r\\\\n]*|(?:ab)+",
        "[()*+|\\\\]]+",
      })
  void thePatternsOfWordsAreTaken(String pattern) throws IOException {
    Tokenizers.open(write(split(pattern))).encode("a b's 12345   a");
  }

  private static String split(String pattern) {
    return WHOLE.replace(
        "{\"type\": \"Whitespace\"}",
        "{\"type\": \"Split\", \"pattern\": {\"Regex\": \""
            + pattern
            + "\"}, \"behavior\": \"Isolated\", \"invert\": false}");
  }

  private void refused(String json, String message) throws IOException {
    Path file = write(json);
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": " + message);
  }
}
