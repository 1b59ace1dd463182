package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.ask.Answer;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.ask.OpenedRuns;
import dev.fusebox.ask.collect.AskedQuestion;
import dev.fusebox.ask.collect.CollectedQuestions;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.training.model.DeviceName;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks a run whose pictures went through a backbone that can be asked again. */
class AskCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String TINY =
      """
      data.root = "%s"
      features { source = file, file = quarters/quarters.npy }
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 4, batches.size = 4, optimizer.learningRate = 0.05 }
      pipeline { answer { format = QCM-A, source.maxTokens = 64, target.maxTokens = 8 } }
      ablation.variants {
        one   { fusion = gated }
        two   { fusion = gated, control = blind }
        three { features.source = [patches, file], fusion = gated }
      }
      """;

  @TempDir static Path folder;

  private static Path data;
  private static String experiment;
  private static Question pictured;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void train() throws IOException {
    data = folder.resolve("data");
    AskCommandTest first = new AskCommandTest();
    first.done("generate-demo", "--out", data.toString(), "--questions=40");
    Path network = folder.resolve("quarters.pt");
    try (InputStream resource = AskCommandTest.class.getResourceAsStream("quarters.pt")) {
      Files.copy(resource, network);
    }
    first.done(
        "extract",
        "--data",
        data.toString(),
        "--backbone",
        network.toString(),
        "--out",
        data.resolve("quarters/quarters.npy").toString(),
        "--preprocessing=vit",
        "--size=4",
        "--mean=0.25,0.5,0.5",
        "--sd=0.5",
        "--resample=box",
        "--device=cpu");
    Path config = Files.writeString(folder.resolve("tiny.conf"), TINY.formatted(data.toString()));
    Path results = folder.resolve("results");
    first.done("run", config.toString(), "--results", results.toString());
    experiment = results.resolve("tiny").toString();
    pictured = pictured();
  }

  private static AskedRuns runs() throws IOException {
    return AskedRuns.open(
        List.of(Path.of(experiment)),
        AskCommandTest.class.getClassLoader(),
        new DeviceName("cpu"),
        Optional.empty(),
        List.of(folder.resolve("quarters.pt")));
  }

  private static Question pictured() throws IOException {
    try (AskedRuns runs = runs()) {
      return runs.questions().search("test", "").stream()
          .filter(Question::picture)
          .findFirst()
          .orElseThrow();
    }
  }

  private int fusebox(String... arguments) {
    return Main.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  private void done(String... arguments) {
    assertThat(fusebox(arguments)).as(err.toString()).isZero();
  }

  private JsonNode json(String... more) throws IOException {
    String[] all = new String[more.length + 3];
    all[0] = "ask";
    all[1] = experiment;
    all[2] = "--json";
    System.arraycopy(more, 0, all, 3, more.length);
    out.getBuffer().setLength(0);
    done(all);
    return JSON.readTree(out.toString()).path("answers");
  }

  @Test
  void aPictureOfAFileGoesThroughTheRunsOwnBackbone() throws IOException {
    String picture = PictureFiles.below(data.resolve("images")).get(pictured.id()).toString();
    JsonNode own = json("--question", pictured.id());
    JsonNode given =
        json("--question", pictured.id(), "--picture", picture, "--backbone", network());
    JsonNode none = json("--question", pictured.id(), "--no-picture");
    for (int run = 0; run < 3; run++) {
      for (String field : List.of("text", "option", "probabilities", "stages")) {
        assertThat(given.get(run).get(field)).as(field).isEqualTo(own.get(run).get(field));
      }
    }
    assertThat(none.get(0).get("probabilities")).isNotEqualTo(own.get(0).get("probabilities"));
    assertThat(own.get(0).get("stages").get(0).path("attention").path("layers")).isNotEmpty();
    assertThat(own.get(1).get("notes").get(0).asText())
        .isEqualTo("answer: control = blind, so it does not see the picture itself");
  }

  private static String network() {
    return folder.resolve("quarters.pt").toString();
  }

  /** A sheet lies beside the data, and the data may be anybody's. */
  @Test
  void aProgramThatNobodyNamedIsNotOpened() throws IOException {
    String picture = PictureFiles.below(data.resolve("images")).get(pictured.id()).toString();
    Path other = Files.writeString(folder.resolve("other.pt"), "another");
    String[] asked = {"ask", experiment + "/one-seed1", "--question", pictured.id()};
    for (List<String> named : List.of(List.<String>of(), List.of("--backbone", other.toString()))) {
      List<String> all = new ArrayList<>(List.of(asked));
      all.addAll(List.of("--picture", picture));
      all.addAll(named);
      err.getBuffer().setLength(0);
      assertThat(fusebox(all.toArray(String[]::new))).isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "%s: the features were made by %s, a TorchScript file, which is a program; if you trust it, name it: --backbone %s%n"
                  .formatted(data.resolve("quarters/quarters.json"), network(), network()));
    }
  }

  @Test
  void aBackboneThatIsNamedIsThere() {
    assertThat(fusebox("ask", experiment, "--question", pictured.id(), "--backbone", "no.pt"))
        .isEqualTo(2);
    assertThat(err.toString())
        .isEqualTo("--backbone no.pt: there is no such file or directory" + System.lineSeparator());
  }

  @Test
  void anotherBackboneThanTheOneThatMadeTheFeaturesIsRefused() throws IOException {
    Path network = folder.resolve("quarters.pt");
    byte[] before = Files.readAllBytes(network);
    String picture = PictureFiles.below(data.resolve("images")).get(pictured.id()).toString();
    Files.writeString(network, "no network at all, so opening it would be another complaint");
    try {
      assertThat(
              fusebox(
                  "ask",
                  experiment + "/one-seed1",
                  "--question",
                  pictured.id(),
                  "--picture",
                  picture,
                  "--backbone",
                  network()))
          .isEqualTo(2);
      assertThat(err.toString())
          .isEqualTo(
              "%s: %s is no longer the backbone that made the features: its files have changed%n"
                  .formatted(data.resolve("quarters/quarters.json"), network));
    } finally {
      Files.write(network, before);
    }
  }

  @Test
  void aPersonReadsTheAnswers() {
    done("ask", experiment, "--question", pictured.id(), "--no-picture");
    assertThat(out.toString())
        .startsWith("question " + pictured.id() + ": " + pictured.question())
        .contains("  picture    none", "one seed 1\n", "two seed 1\n", "  gates  ", " %")
        .contains("  probabilities of the letter after \"The answer is\"")
        .containsPattern("  answer +.* (right|it is \\([A-C]\\))\n");
  }

  @Test
  void lineAfterLineIsAnsweredAndWhatIsNotSaidStays() {
    InputStream before = System.in;
    String lines =
        pictured.id()
            + "\n--no-picture\n\n--options \"one | other\" --right B\nnosuch\n--text Q? --options a\n--frob\n";
    System.setIn(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)));
    try {
      done("ask", experiment + "/one-seed1", "--interactive");
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString().split("question " + pictured.id() + ": ", -1)).hasSize(4);
    assertThat(out.toString()).contains("(A) one", "(B) other", "  picture    none");
    assertThat(err.toString())
        .contains(
            "no question nosuch in the data",
            "--options must be 2 to 26 texts separated by |, found a",
            "Unknown option: '--frob'");
  }

  @Test
  void whatIsMissingIsTold() {
    assertThat(fusebox("ask", experiment)).isEqualTo(2);
    assertThat(fusebox("ask", experiment, "--text", "Is it?")).isEqualTo(2);
    assertThat(fusebox("ask", experiment, "--question", pictured.id(), "--picture", "no.png"))
        .isEqualTo(2);
    assertThat(fusebox("ask", experiment, "--question", pictured.id(), "--right", "Z"))
        .isEqualTo(2);
    assertThat(err.toString().lines())
        .containsExactly(
            "nothing to ask: give --question ID, or --text TEXT with --options \"one | another\","
                + " --interactive or --collected DIR",
            "--text needs its options: --options \"one | another\"",
            "--picture no.png: there is no such file",
            "--right must be a letter from A to %s, found Z"
                .formatted(Question.letter(pictured.choices().size() - 1)));
  }

  @Test
  void whatFooledARunIsScoredAndAskedAgain() throws IOException {
    CollectedQuestions collected = new CollectedQuestions(folder.resolve("adversarial"));
    try (AskedRuns runs = runs()) {
      FinishedRun run = runs.runs().get(0);
      keep(runs, run, collected, new ChosenPicture.None(), Optional.empty());
      Path picture = PictureFiles.below(data.resolve("images")).get(pictured.id());
      keep(runs, run, collected, new ChosenPicture.Given(picture), Optional.of(picture));
    }
    String kept = collected.folder().toString();
    done("score", "--data", kept, kept + "/answers/tiny-one-seed1.jsonl");
    assertThat(out.toString()).contains("answers/tiny-one-seed1.jsonl  0.00", "2 questions");
    out.getBuffer().setLength(0);
    done("ask", experiment, "--collected", kept, "--backbone", network());
    assertThat(out.toString())
        .contains("Questions that fooled a run")
        .contains("accuracy % ↑ [95% CI] · " + kept + " · 2 questions")
        .contains("new-picture", "no-picture")
        .containsPattern("one seed 1 +0\\.0 +0\\.0 .*0\\.0 \\[0\\.0, 65\\.8] +2\n")
        .contains("n by kind; one question may have several: new-picture 1, no-picture 1");
    String table = out.toString();
    out.getBuffer().setLength(0);
    Path page = folder.resolve("collected.html");
    done("report", experiment, "--collected", kept, "--out", page.toString());
    assertThat(page)
        .content()
        .contains("Questions that fooled a run, by what was changed", "no-picture", kept);
    done("ask", experiment, "--collected", kept, "--backbone", network());
    assertThat(out.toString()).as("answers are kept, not added").endsWith(table);
  }

  private static void keep(
      AskedRuns runs,
      FinishedRun run,
      CollectedQuestions collected,
      ChosenPicture picture,
      Optional<Path> file)
      throws IOException {
    Asking asking = Asking.of(pictured).with(picture);
    Answer answer = runs.answer(run, asking, OpenedRuns.Listener.SILENT);
    int wrong = answer.option().orElse(0) == 0 ? 1 : 0;
    Asking marked =
        new Asking(pictured.withAnswer(wrong), picture, Optional.empty(), OptionalInt.of(wrong));
    collected.add(new AskedQuestion(Optional.of(pictured), marked, Map.of(run.id(), answer)), file);
  }
}
