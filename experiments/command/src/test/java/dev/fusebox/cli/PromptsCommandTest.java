package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.SmallScienceQa;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class PromptsCommandTest {

  @TempDir Path folder;

  @Test
  void promptsAreLinesOfJson() throws IOException {
    assertThat(run("--format", "QCMG-A", "--captions", "--first", "1"))
        .isEqualTo(
            "{\"pid\":\"7\",\"source\":\"Question: What is this? Context: Look at it. a hen in"
                + " grass Options: (A) a cat (B) a dog (C) a cow (D) a hen Solution: It has"
                + " feathers. Answer:\",\"target\":\"The answer is (D).\"}\n");
  }

  @Test
  void rationalesStandForG() throws IOException {
    Path file = folder.resolve("rationales.json");
    Files.writeString(file, "{\"3\": \"Solution: a “thing”\", \"7\": \"Solution: a bird\"}");
    assertThat(run("--format", "QCMG-A", "--rationales", file.toString()))
        .contains("(D) a hen Solution: a bird Answer:")
        .contains("(B) dog Solution: a “thing” Answer:");
  }

  @Test
  void theHashCoversTheSplit() throws IOException {
    assertThat(run("--format", "QM-A", "--split", "val", "--sha256"))
        .isEqualTo("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855\n");
    assertThat(run("--format", "QM-A", "--sha256")).matches("[0-9a-f]{64}\n");
  }

  private String run(String... arguments) throws IOException {
    Path data = SmallScienceQa.in(folder.resolve("data"));
    PrintStream out = System.out;
    ByteArrayOutputStream captured = new ByteArrayOutputStream();
    System.setOut(new PrintStream(captured, true, StandardCharsets.UTF_8));
    try {
      List<String> all =
          Stream.concat(Stream.of("--data", data.toString()), Stream.of(arguments)).toList();
      int status = new CommandLine(new PromptsCommand()).execute(all.toArray(String[]::new));
      assertThat(status).isZero();
    } finally {
      System.setOut(out);
    }
    return captured.toString(StandardCharsets.UTF_8);
  }
}
