package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.Device;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunPlannerTest {

  private static final String ONE = "pipeline.answer { format = QCM-A, start = model }\n";
  private static final String TWO =
      """
      pipeline {
        rationale { format = QCM-E, start = model }
        answer { format = QCMG-A, from = rationale, start = model }
      }
      """;
  private static final String PRETRAINING = "pretraining { texts = 8, training.steps = 2 }\n";

  @TempDir private Path folder;
  private FusionCatalogue fusions;
  private RunPlanner planner;

  @BeforeEach
  void wire() {
    fusions = FusionCatalogue.of(getClass().getClassLoader());
    planner =
        new RunPlanner(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)),
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
  }

  private RunPlan plan(String lines, long seed) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), lines);
    Recipe recipe =
        new ExperimentReader(fusions, getClass().getClassLoader())
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    RunPlan plan = planner.plan(recipe, seed);
    Set<Stage> before = new HashSet<>();
    for (Stage stage : plan.stages()) {
      assertThat(before).as("inputs of " + stage).containsAll(stage.inputs());
      assertThat(before.add(stage)).as(stage + " stands once").isTrue();
    }
    return plan;
  }

  private List<String> titles(String lines) throws IOException {
    return plan(lines, 1).stages().stream().map(Stage::title).toList();
  }

  @Test
  void aModelAndWhatItWritesAreTwoStages() throws IOException {
    assertThat(titles(ONE)).containsExactly("demo data", "answer", "answer, writing");
    assertThat(plan(ONE, 1).answer().title()).isEqualTo("answer, writing");
    assertThat(titles(TWO))
        .containsExactlyInAnyOrder(
            "demo data", "rationale", "rationale, writing", "answer", "answer, writing");
  }

  private Stage pretraining(String lines, String own) throws IOException {
    return plan(lines + PRETRAINING + own, 1).stages().stream()
        .filter(stage -> stage.kind() == StageKind.PRETRAINING)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void variantsThatDifferElsewhereHaveOnePretraining() throws IOException {
    String both = TWO.replace("start = model", "start = pretraining");
    Stage first = pretraining(both, "training.steps = 3");
    assertThat(pretraining(both, "training.steps = 4")).isSameAs(first);
    Stage other = pretraining(both, "pretraining.texts = 9");
    assertThat(other).isNotEqualTo(first);
    wire(); // whoever plans anew finds the same keys
    assertThat(pretraining(both, "pretraining.texts = 9").key()).isEqualTo(other.key());
    assertThat(pretraining(both, "training.steps = 4").key()).isEqualTo(first.key());
  }

  @Test
  void aPretrainingIsSharedByTheStagesThatStartFromIt() throws IOException {
    assertThat(titles(TWO + PRETRAINING)).doesNotContain("pretraining");
    String both = TWO.replace("start = model", "start = pretraining");
    RunPlan plan = plan(both + PRETRAINING, 1);
    assertThat(plan.stages()).filteredOn(stage -> stage.kind() == StageKind.PRETRAINING).hasSize(1);
    assertThat(plan.stages())
        .filteredOn(stage -> stage.kind() == StageKind.TRAINING)
        .hasSize(2)
        .allSatisfy(
            stage ->
                assertThat(stage.inputs())
                    .extracting(Stage::kind)
                    .containsExactly(StageKind.DATA, StageKind.PRETRAINING));
    assertThat(titles(both)).doesNotContain("pretraining");
  }

  @Test
  void whatIsLearntFromIsWrittenFirst() throws IOException {
    String generated = "pipeline.answer.trainOn = generated\n";
    String looks = "pipeline.answer.training.validation.every = 1\n";
    assertThat(titles(TWO + generated)).contains("rationale, writing train");
    assertThat(titles(TWO)).doesNotContain("rationale, writing train");
    assertThat(titles(TWO + looks)).contains("rationale, writing validation");
    assertThat(titles(TWO)).doesNotContain("rationale, writing validation");
  }

  @Test
  void picturesThatCannotBeShiftedAreToldBeforeAnythingIsComputed() throws IOException {
    Path data = folder.resolve("data");
    DemoData.write(DemoSettings.of(40, 1), data);
    Path three = data.resolve("three.npy");
    int pictures = (int) NpyFile.open(data.resolve("vision_features/clip.npy")).rows();
    try (NpyWriter rows = NpyWriter.floats(three, pictures, 3, 2)) {
      for (int row = 0; row < pictures; row++) {
        rows.write(new float[6]);
      }
    }
    String lines = ONE + "data.root = \"%s\"\nfusion = gated\n".formatted(data);
    String file = "features { source = file, file = three.npy }\n";
    assertThatCode(() -> plan(lines + file, 1)).doesNotThrowAnyException();
    assertThatThrownBy(() -> plan(lines + file + "test.change = [cropped-picture]", 1))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("3 vectors of 2 numbers lie in no square over their picture");
    assertThatCode(() -> plan(lines + "features = clip\ntest.change = [cropped-picture]", 1))
        .doesNotThrowAnyException();
  }

  /** Each file by its content: a number changed in the second is other pictures. */
  @Test
  void aStageDependsOnAllOfItsFeatureFiles() throws IOException {
    Path data = folder.resolve("data");
    DemoData.write(DemoSettings.of(40, 1), data);
    int pictures = (int) NpyFile.open(data.resolve("vision_features/clip.npy")).rows();
    write(data.resolve("two.npy"), pictures, 2, 1);
    write(data.resolve("three.npy"), pictures, 3, 1);
    String lines = ONE + "data.root = \"%s\"\nfusion = gated\n".formatted(data);
    String both = lines + "features { source = file, file = [two.npy, three.npy] }";
    String key = plan(both, 1).answer().key();
    assertThat(plan(both, 1).answer().key()).isEqualTo(key);
    assertThat(plan(both.replace("two.npy, three.npy", "three.npy, two.npy"), 1).answer().key())
        .isNotEqualTo(key);
    write(data.resolve("three.npy"), pictures, 3, 2);
    assertThat(plan(both, 1).answer().key()).isNotEqualTo(key);
    assertThatThrownBy(() -> plan(both + "\ntest.change = [cropped-picture]", 1))
        .hasMessageContaining("no grid over the picture, as pipeline.answer sees those of 2 files");
  }

  private static void write(Path file, int rows, int width, float number) throws IOException {
    try (NpyWriter writer = NpyWriter.floats(file, rows, 1, width)) {
      for (int row = 0; row < rows; row++) {
        float[] vector = new float[width];
        Arrays.fill(vector, number);
        writer.write(vector);
      }
    }
  }

  @Test
  void changedQuestionsGoTheWholeWayAndChangedRationalesTheLastStep() throws IOException {
    assertThat(titles(TWO + "test.change = [no-hint]"))
        .contains("rationale, tested by no-hint", "answer, tested by no-hint");
    assertThat(titles(TWO + "test.change = [no-rationale]"))
        .contains("answer, tested by no-rationale")
        .doesNotContain("rationale, tested by no-rationale");
    assertThat(titles(ONE + "test.change = [no-rationale]")).isEqualTo(titles(ONE));
    assertThat(titles(ONE + "test.change = [no-hint]")).contains("answer, tested by no-hint");
  }

  @Test
  void picturesAreCrossedAndRationalesAreDrawn() throws IOException {
    assertThat(titles(TWO + "pipeline.answer.decoding.mode = ranked\ntest.crossed = 3"))
        .filteredOn(title -> title.endsWith(", tested"))
        .containsExactly("rationale, tested", "answer, tested");
    assertThat(titles(TWO + "test.samples = 3"))
        .filteredOn(title -> title.endsWith(", tested"))
        .hasSize(6);
    assertThat(titles(ONE + "test.samples = 3")).isEqualTo(titles(ONE));
  }

  @Test
  void aRunsKeyHoldsItsAnswersAndWhatTestsThem() throws IOException {
    RunPlan plain = plan(TWO, 1);
    RunPlan tested = plan(TWO + "test.change = [no-hint]", 1);
    assertThat(plain.key()).isEqualTo(plain.answer().key());
    assertThat(tested.answer()).isEqualTo(plain.answer());
    assertThat(tested.key())
        .isNotEqualTo(plain.key())
        .isNotEqualTo(plan(TWO + "test.change = [no-picture]", 1).key());
    Set<String> keys = new TreeSet<>();
    for (int samples : new int[] {0, 2, 3, 4}) {
      keys.add(plan(TWO + "test.samples = " + samples, 1).key());
    }
    assertThat(keys).hasSize(4);
  }

  @Test
  void anotherSeedTrainsAnewAndTakesAsLong() throws IOException {
    RunPlan one = plan(ONE, 1);
    RunPlan two = plan(ONE, 2);
    assertThat(two.stages().get(0)).isEqualTo(one.stages().get(0));
    assertThat(two.stages()).hasSize(3);
    for (int i = 1; i < 3; i++) {
      assertThat(two.stages().get(i)).isNotEqualTo(one.stages().get(i));
      assertThat(two.stages().get(i).likeness()).isEqualTo(one.stages().get(i).likeness());
    }
    RunPlan longer = plan(ONE + "training.steps = 77", 1);
    assertThat(longer.stages().get(1).likeness()).isNotEqualTo(one.stages().get(1).likeness());
  }

  @Test
  void aSampledDecodingDependsOnTheSeed() throws IOException {
    assertThat(plan(ONE, 1).answer().description().path("decoding").has("seed")).isFalse();
    RunPlan drawn =
        plan(ONE + "decoding { sampling { temperature = 0.7, topK = 0, topP = 1.0 } }", 9);
    assertThat(drawn.answer().description().path("decoding").path("seed").asLong()).isEqualTo(9);
  }

  @Test
  void anInputThatChangesMeanwhileIsTold() throws Exception {
    Path corpus = Files.writeString(folder.resolve("corpus.txt"), "before");
    ExternalInputs given = new ExternalInputs();
    assertThat(given.hash(corpus, () -> Files.readString(corpus))).isEqualTo("before");
    Path made = Files.createDirectory(folder.resolve("made"));
    Stage.Work steady = given.unchangedDuring((directory, inputs, progress) -> Map.of("n", 1));
    assertThat(steady.run(made, stage -> made, null)).isEqualTo(Map.of("n", 1));
    Stage.Work work =
        given.unchangedDuring(
            (directory, inputs, progress) -> {
              Files.writeString(corpus, "after");
              return Map.of();
            });
    String told = corpus + ": was changed while results were computed from it. Run again";
    assertThatThrownBy(() -> work.run(made, stage -> made, null))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(told);
    assertThat(made).doesNotExist();
    assertThatThrownBy(() -> steady.run(made, stage -> made, null)).hasMessageStartingWith(told);
  }

  @Test
  void everyOrderGoesTheWholeWayAndEverySentenceTheLastStep() throws IOException {
    assertThat(tested(ONE + "test.every = [order, sentence]"))
        .containsExactly("answer, tested by every order");
    assertThat(tested(TWO + "test.every = [sentence, order]"))
        .containsExactly(
            "answer, tested by every sentence",
            "rationale, tested by every order",
            "answer, tested by every order");
  }

  private List<String> tested(String lines) throws IOException {
    return titles(lines).stream().filter(title -> title.contains(", tested")).toList();
  }

  @Test
  void onlyWhatWasRetrievedIsLeftOut() throws IOException {
    String every = "test.every = [passage]\n";
    assertThat(tested(ONE + every)).isEmpty();
    assertThat(tested(TWO + every + "pipeline.answer.retrieval { passages = 2 }"))
        .containsExactly("rationale, tested by every passage", "answer, tested by every passage");
    assertThat(tested(ONE + every + "pipeline.answer.retrieval { passages = 2 }"))
        .containsExactly("answer, tested by every passage");
  }

  @Test
  void whereOneStageAnswersItIsCrossedAlone() throws IOException {
    assertThat(tested(ONE + "pipeline.answer.decoding.mode = ranked\ntest.crossed = 3"))
        .containsExactly("answer, tested");
  }

  /** The data, the model, and what the stage before it wrote for the same questions. */
  @Test
  void whatATestReadsIsMadeBefore() throws IOException {
    String tests =
        "test { change = [no-hint, no-rationale], samples = 2, every = [order, sentence] }";
    for (Stage stage : plan(TWO + tests, 1).stages()) {
      if (stage.title().startsWith("answer, tested")) {
        assertThat(stage.inputs())
            .as(stage.title())
            .extracting(Stage::kind)
            .containsExactly(StageKind.DATA, StageKind.TRAINING, StageKind.PREDICTION);
        assertThat(stage.inputs().get(1).title()).isEqualTo("answer");
        assertThat(stage.inputs().get(2).part()).isEqualTo("rationale");
      } else if (stage.title().startsWith("rationale, ")) {
        assertThat(stage.inputs())
            .extracting(Stage::title)
            .containsExactly("demo data", "rationale");
      }
    }
  }

  @Test
  void theDataAreMadeFromTheirSettings() throws Exception {
    Stage data = plan(ONE + "data.demo { questions = 12, seed = 5 }", 1).stages().get(0);
    Path made = Files.createDirectory(folder.resolve("data"));
    assertThat(data.work().run(made, stage -> made, null)).isEmpty();
    assertThat(Datasets.open(made).split("train")).isNotEmpty();
    assertThat(plan(ONE + "data.demo { questions = 12, seed = 6 }", 1).stages().get(0).key())
        .isNotEqualTo(data.key());
  }
}
