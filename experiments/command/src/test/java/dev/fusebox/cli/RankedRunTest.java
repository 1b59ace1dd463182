package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a config that ranks options to its table and its report. */
class RankedRunTest {

  private static final String TINY =
      """
      data  { demo { questions = 30, seed = 3 }, heldOut = 0.2 }
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training {
        loss = ranked-per-token, steps = 2, batches.size = 4
        validation { every = 1, metric = ranked-per-token-accuracy }
      }
      decoding.mode = ranked-per-token
      pipeline { answer { format = QCM-T, source.maxTokens = 24, target.maxTokens = 4 } }
      ablation { question = "Ranked?", compare { mine = majority }, among = [IMG] }
      """;

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int fusebox(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private String config(String more) throws IOException {
    return Files.writeString(folder.resolve("mine.conf"), TINY + more).toString();
  }

  @Test
  void everyAnswerIsReadAndItsProbabilityIsInTheReport() throws IOException {
    Path results = folder.resolve("results");
    assertThat(fusebox("run", config(""), "--results", results.toString()))
        .as(err.toString())
        .isZero();
    assertThat(out.toString())
        .contains("options ranked per token", "vs majority", "mine against majority among IMG")
        .doesNotContain("named no option");
    List<String> options = lines(results, "options.jsonl");
    assertThat(options).isNotEmpty().hasSameSizeAs(lines(results, "predictions.jsonl"));
    assertThat(options.get(0)).contains("\"probabilities\":[", "\"right\":");
    assertThat(fusebox("report", results.resolve("mine").toString())).isZero();
    assertThat(Files.readString(results.resolve("mine/report.html")))
        .contains("\"calibration\":[{\"variant\":\"mine\"");
  }

  private static List<String> lines(Path results, String name) throws IOException {
    try (Stream<Path> files = Files.walk(results.resolve("stages"))) {
      Path file =
          files
              .filter(each -> each.getFileName().toString().equals(name))
              .findFirst()
              .orElseThrow();
      return Files.readAllLines(file);
    }
  }

  @Test
  void aVocabularyThatCannotBeCutIsToldWithItsFile() throws IOException {
    Path results = folder.resolve("results");
    assertThat(fusebox("run", config("model.vocabulary = used"), "--results", results.toString()))
        .isNotZero();
    assertThat(Files.readString(results.resolve("mine/mine-seed1/run.json")))
        .contains(
            "tokenizer.json: only a tokenizer.json of type Unigram",
            "model.vocabulary = all keeps it whole");
  }
}
