package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.tokenize.WordTokenizer;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A world in which every question has a passage of its own, without which it can only be guessed,
 * and models of which it is known what they read.
 */
class PassageRunTest {

  private static final int QUESTIONS = 60;
  private static final List<String> COLORS = List.of("red", "green", "blue");

  private static final String CONFIG =
      """
      data.root = "%1$s"
      pipeline { answer { format = QCM-A, decoding.mode = ranked, source.maxTokens = 200 } }
      test { every = [passage], change = [no-rationale, gold-rationale] }
      ablation.variants {
        none    {}
        reader  { pipeline.answer.retrieval { passages = 3, corpus = "%1$s/corpus.txt" } }
        deaf    { pipeline.answer.retrieval { passages = 3, corpus = "%1$s/corpus.txt" }, training.steps = 1 }
        recited { pipeline { lecture { format = QCM-L, decoding.mode = generated }, answer.from = lecture } }
        gold    { pipeline.answer.retrieval { passages = 1, source = gold } }
      }
      """;

  /**
   * Reads the color of what is asked for in the context, and says the first option where it finds
   * none. In one step it learns nothing, and says the first option always. Where it is to recite,
   * it says what it was taught first.
   */
  private static final class Reader implements StageTrainer, StagePredictor {

    private static final Pattern ASKED =
        Pattern.compile("What color is (\\w+)\\? Context: (.*) Options: (.*) Answer:");

    @Override
    public TokenCount train(TrainingTask task, Path directory, StageProgress progress)
        throws IOException {
      boolean deaf = task.training().steps().isPresent();
      Path checkpoint = Files.createDirectories(directory.resolve(CHECKPOINT));
      Files.writeString(
          checkpoint.resolve("known.txt"), deaf ? "" : task.train().get(0).targetText());
      return new TokenCount(1, 1, 0);
    }

    @Override
    public Predicted predict(PredictionTask task, StageProgress progress) throws IOException {
      String known = Files.readString(task.checkpoint().resolve("known.txt"));
      Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
      List<Prediction> texts = new ArrayList<>();
      List<OptionProbabilities> ranked = new ArrayList<>();
      for (Example each : task.examples()) {
        if (each.options().isEmpty()) {
          texts.add(new Prediction(each.id(), known, each.targetText()));
        } else {
          int option = known.isEmpty() ? 0 : read(tokenizer.decode(each.source()));
          texts.add(new Prediction(each.id(), AnswerPattern.naming(option), each.targetText()));
          ranked.add(probabilities(each, option));
        }
      }
      return new Predicted(texts, List.of(), ranked);
    }

    private static int read(String source) {
      Matcher asked = ASKED.matcher(source);
      assertThat(asked.find()).as(source).isTrue();
      Matcher told =
          Pattern.compile("The " + asked.group(1) + " is (\\w+) today").matcher(asked.group(2));
      if (!told.find()) {
        return 0;
      }
      Matcher place = Pattern.compile("\\((\\w)\\) " + told.group(1)).matcher(asked.group(3));
      return place.find() ? place.group(1).charAt(0) - 'A' : 0;
    }

    private static OptionProbabilities probabilities(Example example, int option) {
      List<Double> all = new ArrayList<>(List.of(0.1, 0.1, 0.1));
      all.set(option, 0.8);
      return new OptionProbabilities(example.id(), all, example.options().orElseThrow().right());
    }
  }

  /** Hears nothing. */
  private static final class Deaf implements AblationListener {
    @Override
    public StageProgress begins(PlannedRun run, Stage stage) {
      return StageProgress.SILENT;
    }

    @Override
    public void ended(PlannedRun run, Stage stage, StageEnd end) {}

    @Override
    public void ended(PlannedRun run, RunResult result, Optional<Double> accuracy, Duration took) {}
  }

  @TempDir Path folder;

  @BeforeEach
  void world() throws IOException {
    List<String> lectures = new ArrayList<>();
    for (String split : List.of("train", "val", "test")) {
      StringBuilder lines = new StringBuilder();
      for (int i = 0; i < QUESTIONS; i++) {
        String thing = name(split, i);
        String lecture = "The %s is %s today.".formatted(thing, COLORS.get(i * 7 % 3));
        lectures.add(lecture);
        lines.append(
            """
            {"id": "%s", "question": "What color is %s?", "options": ["red", "green", "blue"], "answer": "%s", "lecture": "%s"}
            """
                .formatted(thing, thing, COLORS.get(i * 7 % 3), lecture));
      }
      Files.writeString(
          Files.createDirectories(folder.resolve("world")).resolve(split + ".jsonl"),
          lines.toString());
    }
    Files.writeString(folder.resolve("world/corpus.txt"), String.join("\n", lectures) + "\n");
    WordTokenizer.learn(
            Stream.concat(
                lectures.stream(),
                Stream.of(
                    "Question: What color is it? Context: N/A Options: (A) red (B) green (C) blue"
                        + " Answer: The answer is (A). Lecture:")),
            1)
        .save(folder.resolve("world"));
  }

  /** A word of letters alone, which no other question has, and with no ending to be stemmed. */
  private static String name(String split, int i) {
    String letters = "bcdfghjkmn";
    return split + "x" + letters.charAt(i / 10) + letters.charAt(i % 10);
  }

  private Report run() throws IOException {
    ResultsRoot root = new ResultsRoot(folder.resolve("results"));
    FileHashes hashes = new FileHashes(root.hashes(), false);
    StageStore store = new StageStore(root.stages(), hashes);
    OpenedFiles files = new OpenedFiles(folder.resolve("cache"), hashes);
    ClassLoader loader = getClass().getClassLoader();
    FusionCatalogue fusions = FusionCatalogue.of(loader);
    Reader model = new Reader();
    AblationRunner runner =
        new AblationRunner(
            new RunPlanner(files, model, model, new CodeKeys(fusions)),
            new StageRunner(store),
            store,
            new RunBook(root, store, hashes, files),
            new Devices(new DeviceName("cpu")));
    Path config =
        Files.writeString(folder.resolve("mine.conf"), CONFIG.formatted(folder.resolve("world")));
    assertThat(
            runner.run(
                runner.plan(new ExperimentReader(fusions, loader).read(config, List.of())),
                new Deaf()))
        .allMatch(RunResult.Finished.class::isInstance);
    return ResultsFolder.open(
            root.path().resolve("mine"), new ResultsCheck(hashes), Optional.empty())
        .report();
  }

  private static List<List<String>> rows(Report report, String title) {
    Table table =
        report.tests().stream().filter(one -> one.title().equals(title)).findFirst().orElseThrow();
    return table.sections().stream()
        .flatMap(List::stream)
        .map(row -> row.stream().map(Cell::text).toList())
        .toList();
  }

  /**
   * Of three options the first is right in a third, which is all that one has without a passage.
   */
  @Test
  void theTablesSayWhatTheModelsRead() throws IOException {
    Report report = run();
    assertThat(report.table().sections().get(0))
        .extracting(row -> row.get(0).text() + " " + row.get(1).text())
        .containsExactly("none 33.3", "reader 100.0", "deaf 33.3", "recited 33.3", "gold 100.0");
    assertThat(rows(report, "Do answers rest on the passage that they name?"))
        .satisfiesExactly(
            reader ->
                assertThat(reader)
                    .startsWith("reader", "60", "100.0", "100.0", "66.7", "0.0", "46.7", "0.0")
                    .contains("rests on it"),
            deaf ->
                assertThat(deaf)
                    .startsWith("deaf", "60", "100.0", "33.3", "0.0", "0.0", "0.0", "0.0")
                    .contains("reads none"));
    assertThat(rows(report, "Are the right passages retrieved?"))
        .extracting(row -> row.subList(0, 3))
        .containsExactly(
            List.of("reader", "60", "100.0 [94.0, 100.0]"),
            List.of("deaf", "60", "100.0 [94.0, 100.0]"));
    assertThat(rows(report, "How the answers change when the questions are changed"))
        .as("what was recited was another's; the question's own lecture helps")
        .extracting(row -> row.subList(0, 6))
        .containsExactly(
            List.of("recited", "gold-rationale", "60", "0", "33.3", "100.0 [94.0, 100.0]"),
            List.of("recited", "no-rationale", "60", "0", "33.3", "33.3 [22.7, 45.9]"));
  }
}
