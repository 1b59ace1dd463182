package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LongTextsTest {

  private static final String ONE = "pipeline.answer { format = QCM-A }\n";

  @TempDir private Path folder;
  private final FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
  private OpenedFiles files;
  private StageStore store;
  private RunPlanner planner;

  @BeforeEach
  void wire() {
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    files = new OpenedFiles(folder.resolve("cache"), hashes);
    store = new StageStore(folder.resolve("stages"), hashes);
    planner =
        new RunPlanner(
            files,
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
  }

  private Path demo(int questions) throws IOException {
    Path data = folder.resolve("demo" + questions);
    DemoData.write(DemoSettings.of(questions, 3), data);
    return data;
  }

  private AblationPlan plan(String text, String... overrides) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    ClassLoader loader = getClass().getClassLoader();
    Experiment experiment = new ExperimentReader(fusions, loader).read(file, List.of(overrides));
    List<PlannedRun> runs = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      for (Repeat repeat : experiment.repeats()) {
        runs.add(new PlannedRun(variant, repeat, planner.plan(variant.recipe(), repeat.seed())));
      }
    }
    return new AblationPlan(experiment, runs, List.of());
  }

  private List<String> lines(Path data, String text, String... overrides) throws IOException {
    return new LongTexts(files, store)
        .lines(plan(text + "\ndata.root = \"" + data + "\"", overrides));
  }

  @Test
  void ofTextsThatFitNothingIsSaid() throws IOException {
    assertThat(lines(demo(80), ONE)).isEmpty();
  }

  @Test
  void ofFewQuestionsAllAreCounted() throws IOException {
    assertThat(lines(demo(80), ONE, "pipeline.answer.source.maxTokens=25"))
        .containsExactly(
            "answer: 10 of 64 inputs are longer than pipeline.answer.source.maxTokens = 25 (up to 39 tokens) and are cut");
    assertThat(lines(demo(80), ONE, "pipeline.answer.source.maxTokens=24"))
        .containsExactly(
            "answer: 15 of 64 inputs are longer than pipeline.answer.source.maxTokens = 24 (up to 39 tokens) and are cut",
            "answer, writing: 2 of 8 inputs are longer than pipeline.answer.source.maxTokens = 24 (up to 25 tokens) and are cut");
    assertThat(lines(demo(80), ONE, "pipeline.answer.source.maxTokens=39")).isEmpty();
  }

  /** The same as the whole set counted by hand, question by question. */
  @Test
  void ofManyQuestionsTwoHundredAreMeasuredEvenlySpread() throws IOException {
    Path data = demo(1000);
    List<Question> train = files.questions(data).split("train");
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QCM-A"), false, false);
    Tokenizer tokenizer = files.tokenizer(Tokenizers.find(data).orElseThrow());
    int[] lengths =
        IntStream.range(0, 200)
            .mapToObj(at -> train.get(at * train.size() / 200))
            .mapToInt(each -> tokenizer.encode(builder.prompt(each).source()).length)
            .toArray();
    long longer = IntStream.of(lengths).filter(length -> length > 25).count();
    assertThat(longer).isBetween(4L, 196L);
    assertThat(train).hasSize(800);
    assertThat(lines(data, ONE, "pipeline.answer.source.maxTokens=25").get(0))
        .isEqualTo(
            "answer: about %.0f %% of the inputs are longer than pipeline.answer.source.maxTokens = 25 (up to %d tokens) and are cut, measured on 200 of 800 questions"
                .formatted(longer / 2.0, IntStream.of(lengths).max().orElseThrow()));
  }

  @Test
  void whatIsLearntIsCutAndWhatIsWrittenEnds() throws IOException {
    assertThat(lines(demo(80), ONE, "pipeline.answer.target.maxTokens=3"))
        .containsExactly(
            "answer: 64 of 64 outputs are longer than pipeline.answer.target.maxTokens = 3 (up to 6 tokens) and are cut",
            "answer, writing: 8 of 8 gold outputs are longer than pipeline.answer.target.maxTokens = 3 (up to 6 tokens), where writing ends");
    assertThat(
            lines(
                demo(80),
                ONE,
                "pipeline.answer.decoding.mode=ranked",
                "pipeline.answer.target.maxTokens=3"))
        .containsExactly(
            "answer: 64 of 64 questions' options are longer than pipeline.answer.target.maxTokens = 3 (up to 6 tokens) and are cut",
            "answer, writing: 8 of 8 questions' options are longer than pipeline.answer.target.maxTokens = 3 (up to 6 tokens) and are cut");
  }

  /** Some of them only for whoever reads captions. */
  @Test
  void variantsAreNamedWhereNotAllCut() throws IOException {
    assertThat(
            lines(
                demo(80),
                ONE
                    + "ablation.variants { text { features = none }, caption { features = caption } }",
                "pipeline.answer.source.maxTokens=30"))
        .containsExactly(
            "answer: 8 of 64 inputs are longer than pipeline.answer.source.maxTokens = 30 (up to 39 tokens) and are cut (text)",
            "answer: 23 of 64 inputs are longer than pipeline.answer.source.maxTokens = 30 (up to 39 tokens) and are cut (caption)",
            "answer, writing: 7 of 8 inputs are longer than pipeline.answer.source.maxTokens = 30 (up to 36 tokens) and are cut (caption)");
  }

  @Test
  void goldTextStandsForWhatIsYetToBeWritten() throws IOException {
    String two =
        """
        pipeline {
          rationale { format = QCM-E }
          answer { format = QCMG-A, from = rationale, source.maxTokens = 30 }
        }
        """;
    assertThat(lines(demo(80), two))
        .containsExactly(
            "answer: 64 of 64 inputs are longer than pipeline.answer.source.maxTokens = 30 (up to 107 tokens) and are cut",
            "answer, writing: 8 of 8 inputs are longer than pipeline.answer.source.maxTokens = 30 (up to 104 tokens) and are cut; with gold text for what rationale will write");
    assertThat(lines(demo(80), two, "pipeline.answer.trainOn=generated").get(0))
        .endsWith(" and are cut; with gold text for what rationale will write");
  }

  /** Nothing before the demo is made, afterwards as of any data. */
  @Test
  void ofDataThatAreYetToBeMadeNothingIsKnown() throws IOException {
    String demo =
        ONE + "data.demo { questions = 80, seed = 3 }\npipeline.answer.source.maxTokens = 25";
    AblationPlan plan = plan(demo);
    assertThat(new LongTexts(files, store).lines(plan)).isEmpty();
    Stage data = plan.stages().get(0);
    new StageRunner(store).run(data, StageProgress.SILENT);
    assertThat(new LongTexts(files, store).lines(plan))
        .containsExactly(
            "answer: 10 of 64 inputs are longer than pipeline.answer.source.maxTokens = 25 (up to 39 tokens) and are cut");
  }

  @Test
  void aTokenizerThatCannotBeReadIsTold() throws IOException {
    Path data = demo(80);
    Path tokenizer = Files.writeString(folder.resolve("tokenizer.json"), "{}");
    assertThatThrownBy(() -> lines(data, ONE, "model.tokenizer=" + tokenizer))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(tokenizer.toString());
  }
}
