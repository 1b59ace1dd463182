package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Why a run failed reaches whoever started it: folded, whole with {@code --debug}, and kept. */
class FailedRunTest {

  private static final String CONFIG =
      """
      data  { demo { questions = 30, seed = 3 } }
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 2, batches.size = 4 }
      features = detr
      pipeline { answer { format = QCM-A } }
      ablation { variants { text { features = none, fusion = none }, broken { fusion = broken } } }
      """;

  /** As a library says it: many lines, the word that matters last, and causes behind. */
  private static final String MESSAGE =
      "nothing fits:\n"
          + IntStream.range(0, 30)
              .mapToObj(number -> "  weight " + number + " is missing")
              .collect(Collectors.joining("\n"))
          + "\n  and \u001b[2Jone clears the screen";

  private static final String CAUSES =
      "\ncaused by: dev.fusebox.cli.FailedRunTest$Trouble: the middle"
          + "\ncaused by: java.lang.ArithmeticException: the innermost";

  private static final String FOLDED =
      """
      ✗ broken seed 1   failed: dev.fusebox.cli.FailedRunTest$Trouble: nothing fits:
            weight 0 is missing
            weight 1 is missing
          … and 30 lines more, in run.json
          caused by: java.lang.ArithmeticException: the innermost
      """;

  @TempDir private static Path folder;
  private static Program folded;
  private static Program whole;

  /** An error that no reader of messages knows. */
  static final class Trouble extends RuntimeException {
    private static final long serialVersionUID = 1;

    Trouble(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** A fusion that fails as soon as it is made. */
  public static final class Broken implements FusionProvider<Broken.None> {

    record None() {}

    @Override
    public String name() {
      return "broken";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("breaks", "none");
    }

    @Override
    public Class<None> configType() {
      return None.class;
    }

    @Override
    public Fusion create(None config, FusionContext context) {
      throw new Trouble(
          MESSAGE, new Trouble("the middle", new ArithmeticException("the innermost")));
    }
  }

  @BeforeAll
  static void run() throws Exception {
    Path jar = folder.resolve("broken.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream zip = new ZipOutputStream(file)) {
      zip.putNextEntry(new ZipEntry("META-INF/services/" + FusionProvider.class.getName()));
      zip.write(Broken.class.getName().getBytes(StandardCharsets.UTF_8));
    }
    folded = run("folded", "run", "mine.conf", "--plugin=" + jar);
    whole = run("whole", "run", "mine.conf", "--debug", "--plugin=" + jar);
  }

  private static Program run(String name, String... words) throws Exception {
    Program program = Program.of(folder.resolve(name), CONFIG);
    Process process = program.start(Program.command(words));
    assertThat(process.waitFor()).as(program.output()).isEqualTo(ExitStatus.FAILED);
    return program;
  }

  private static String reason() {
    return "dev.fusebox.cli.FailedRunTest$Trouble: " + MESSAGE + CAUSES;
  }

  @Test
  void aFewLinesAreShown() throws IOException {
    assertThat(folded.output())
        .contains(FOLDED)
        .contains("✓ text seed 1")
        .doesNotContain("weight 2 is", " at dev.", "\u001b");
  }

  @Test
  void withDebugAllAreShownAndWhereItWas() throws IOException {
    List<String> lines = new ArrayList<>(reason().replace('\u001b', '\uFFFD').lines().toList());
    assertThat(whole.output())
        .contains("✗ broken seed 1   failed: " + String.join("\n    ", lines) + "\n")
        .contains("\n at dev.fusebox.cli.FailedRunTest$Broken.create(")
        .doesNotContain("\u001b");
  }

  /** Whatever was shown. */
  @Test
  void theRecordAndTheReportHaveAllOfIt() throws Exception {
    for (Program program : List.of(folded, whole)) {
      Path record = program.folder().resolve("results/mine/broken-seed1/run.json");
      assertThat(new ObjectMapper().readTree(record.toFile()).get("reason").asText())
          .isEqualTo(reason());
      Process report = program.start(Program.command("report", "results/mine"));
      assertThat(report.waitFor()).as(program.output()).isZero();
      String page = Files.readString(program.folder().resolve("results/mine/report.html"));
      assertThat(page).contains("weight 29 is missing", "the middle", "the innermost");
      assertThat(page).doesNotContain("\u001b");
    }
  }
}
