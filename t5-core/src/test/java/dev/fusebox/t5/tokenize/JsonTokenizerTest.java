package dev.fusebox.t5.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

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

  private void refused(String json, String message) throws IOException {
    Path file = write(json);
    assertThatThrownBy(() -> Tokenizers.open(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(file + ": " + message);
  }
}
