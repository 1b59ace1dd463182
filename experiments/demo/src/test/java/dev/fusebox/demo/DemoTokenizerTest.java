package dev.fusebox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTokenizerTest {

  @TempDir Path folder;

  @Test
  void huggingFaceReadsItAndAnswersComeBackAsTheyWere() throws IOException {
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file())) {
      String text = "The answer is (B).";
      long[] ids = tokenizer.encode(text).getIds();
      assertThat(ids).hasSize(6).endsWith(1);
      assertThat(tokenizer.decode(ids, true)).isEqualTo(text);
      assertThat(tokenizer.encode("Which animal is red?").getTokens())
          .containsExactly("Which", "animal", "is", "red", "?", "</s>");
    }
  }

  @Test
  void everyWordOfOtherDataIsKnown() throws IOException {
    DemoWorld other = new DemoWorld(DemoSettings.of(1000, 99));
    try (HuggingFaceTokenizer tokenizer = HuggingFaceTokenizer.newInstance(file())) {
      for (int number = 1; number <= 1000; number++) {
        SceneQuestion question = other.question(number);
        String text =
            String.join(
                " ",
                question.text(),
                question.hint(),
                question.solution(),
                question.kind().lecture(),
                String.join(" ", question.choices().options()),
                question.scene().map(Scene::caption).orElse(""));
        assertThat(LongStream.of(tokenizer.encode(text).getIds())).as(text).doesNotContain(2L);
      }
    }
  }

  @Test
  void specialTokensStandWhereT5HasThem() {
    Map<String, Integer> ids = DemoTokenizer.vocabulary();
    assertThat(ids).containsEntry("<pad>", 0).containsEntry("</s>", 1).containsEntry("<unk>", 2);
    assertThat(ids).containsEntry("<extra_id_0>", ids.size() - 1);
    assertThat(ids).containsEntry("<extra_id_99>", ids.size() - 100);
    assertThat(ids.values()).doesNotHaveDuplicates();
  }

  private Path file() throws IOException {
    Path file = folder.resolve("tokenizer.json");
    try (JsonGenerator out = new JsonFactory().createGenerator(file.toFile(), JsonEncoding.UTF8)) {
      DemoTokenizer.write(out);
    }
    return file;
  }
}
