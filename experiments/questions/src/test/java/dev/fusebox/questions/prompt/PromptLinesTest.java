package dev.fusebox.questions.prompt;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.SmallScienceQa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptLinesTest {

  @TempDir Path folder;
  private PromptLines lines;

  @BeforeEach
  void open() throws IOException {
    List<Question> questions = ScienceQaDataset.open(SmallScienceQa.in(folder)).split("test");
    lines = new PromptLines(questions, q -> new TextPair("asks " + q.id(), "é \"" + q.id() + "\""));
  }

  @Test
  void eachQuestionIsALineOfJson() throws IOException {
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    lines.write(written);
    assertThat(written.toString(StandardCharsets.UTF_8))
        .isEqualTo(
            """
            {"pid":"7","source":"asks 7","target":"é \\"7\\""}
            {"pid":"3","source":"asks 3","target":"é \\"3\\""}
            """);
  }

  @Test
  void theHashIsOverAllThatIsWritten() {
    // printf '7\1asks 7\1é "7"\0003\1asks 3\1é "3"\0' | sha256sum
    assertThat(lines.sha256())
        .isEqualTo("ef7a6978d664e77e38060606601fdee45dbddf7043d857bba829afc5cc95bcf9");
  }
}
