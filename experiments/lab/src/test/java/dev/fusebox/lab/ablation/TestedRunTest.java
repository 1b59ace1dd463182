package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.file.Whitespace;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.CrossedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TransferredAnswer;
import dev.fusebox.training.task.VersionAnswer;
import dev.fusebox.training.work.ChangedFile;
import dev.fusebox.training.work.CrossedFile;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.OptionsFile;
import dev.fusebox.training.work.PassagesFile;
import dev.fusebox.training.work.SampledFile;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.TransferredFile;
import dev.fusebox.training.work.VersionsFile;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is asked more than the test questions, with real models. */
class TestedRunTest {

  private static final String RANKED =
      """
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 12, batches.size = 4, optimizer.learningRate = 0.05 }
      data.limits { train = 24, validation = 4 }
      features = detr
      fusion = gated
      pipeline { answer { format = QCM-T, source.maxTokens = 64, target.maxTokens = 8, decoding.mode = ranked } }
      """;

  private static final String TWO_STAGES =
      RANKED
          + """
          pipeline { rationale { format = QCM-E, source.maxTokens = 64, target.maxTokens = 8, decoding.mode = generated }
                     answer { format = QCMG-T, from = rationale } }
          """;

  @TempDir Path folder;
  private RunPlanner planner;
  private StageStore store;
  private final List<PredictionTask> asked = new ArrayList<>();

  @BeforeEach
  void wire() throws IOException {
    DemoData.write(DemoSettings.of(80, 3), folder.resolve("given"));
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    store = new StageStore(folder.resolve("stages"), hashes);
    StagePredictor predictor = new T5StagePredictor(fusions, Device::cpu);
    planner =
        new RunPlanner(
            new OpenedFiles(folder.resolve("cache"), hashes),
            new T5StageTrainer(fusions, Device::cpu),
            (task, progress) -> {
              asked.add(task);
              return predictor.predict(task, progress);
            },
            new CodeKeys(fusions));
  }

  private RunPlan plan(String text) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"),
            text + "\ndata.root = \"%s\"\n".formatted(folder.resolve("given")));
    ClassLoader loader = getClass().getClassLoader();
    Recipe recipe =
        new ExperimentReader(FusionCatalogue.of(loader), loader)
            .read(file, List.of())
            .variants()
            .get(0)
            .recipe();
    return planner.plan(recipe, 1);
  }

  private Path result(Stage stage) throws IOException {
    return new StageRunner(store).run(stage, StageProgress.SILENT).path();
  }

  private static List<Stage> tested(RunPlan plan) {
    return plan.stages().stream().filter(stage -> stage.role() == StageRole.TESTING).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void eachTextIsAskedBesideEachPictureAndBesideItsOwnAsAlways(String config) throws IOException {
    RunPlan plan = plan(config + "test.crossed = 6");
    for (Stage stage : plan.stages()) {
      result(stage);
    }
    Map<String, OptionProbabilities> plain =
        OptionsFile.read(result(plan.answer()).resolve(OptionsFile.NAME)).stream()
            .collect(Collectors.toMap(OptionProbabilities::id, Function.identity()));
    List<CrossedAnswer> crossed =
        CrossedFile.read(
            result(tested(plan).get(tested(plan).size() - 1)).resolve(CrossedFile.NAME));
    Map<String, List<CrossedAnswer>> byText =
        crossed.stream().collect(Collectors.groupingBy(CrossedAnswer::text));
    assertThat(byText).hasSizeBetween(2, 6);
    boolean looks = false;
    for (Map.Entry<String, List<CrossedAnswer>> text : byText.entrySet()) {
      OptionProbabilities own = plain.get(text.getKey());
      for (CrossedAnswer answer : text.getValue()) {
        assertThat(answer.right()).isEqualTo(own.right());
        boolean same = answer.picture().equals(answer.text());
        for (int k = 0; k < own.probabilities().size(); k++) {
          double less = answer.probabilities().get(k) - own.probabilities().get(k);
          if (same) {
            assertThat(less).isCloseTo(0, within(1e-5));
          }
          looks |= !same && Math.abs(less) > 1e-4;
        }
      }
    }
    assertThat(looks || config.equals(TWO_STAGES)) // whose few steps may write the same for all
        .as("another picture gives another answer")
        .isTrue();
  }

  @Test
  void changedQuestionsHaveStagesOfTheirOwnAndShareTheTraining() throws IOException {
    RunPlan plain = plan(TWO_STAGES);
    RunPlan both =
        plan(TWO_STAGES + "test.change = [shuffle-options, no-rationale, gold-rationale]");
    assertThat(both.stages()).containsAll(plain.stages());
    assertThat(both.answer()).isEqualTo(plain.answer());
    assertThat(both.key()).isNotEqualTo(plain.key());
    assertThat(plain.key()).isEqualTo(plain.answer().key());
    assertThat(tested(both))
        .extracting(Stage::title)
        .containsExactly(
            "rationale, tested by shuffle-options",
            "answer, tested by shuffle-options",
            "answer, tested by no-rationale",
            "answer, tested by gold-rationale");
    for (Stage stage : both.stages()) {
      result(stage);
    }
    int questions = OptionsFile.read(result(both.answer()).resolve(OptionsFile.NAME)).size();
    for (Stage stage : tested(both).subList(1, 4)) {
      List<ChangedAnswer> answers = ChangedFile.read(result(stage).resolve(ChangedFile.NAME));
      assertThat(answers).hasSize(questions);
      assertThat(answers).allMatch(answer -> answer.option() >= 0);
      boolean shuffled = answers.get(0).change() == QuestionChange.SHUFFLE_OPTIONS;
      assertThat(answers.stream().anyMatch(answer -> answer.option() != answer.place()))
          .isEqualTo(shuffled);
    }
  }

  @Test
  void withoutARationaleThereIsNoneToChange() throws IOException {
    assertThat(tested(plan(RANKED + "test.change = [no-rationale, no-picture]")))
        .extracting(Stage::title)
        .containsExactly("answer, tested by no-picture");
  }

  @Test
  void picturesAreFramedOtherwiseWhereTheyLieInAGrid() throws IOException {
    String clip = RANKED.replace("features = detr", "features = clip");
    for (Stage stage : plan(clip + "test.change = [shifted-picture, cropped-picture]").stages()) {
      result(stage);
    }
    PictureFeatures own = asked.get(0).pictures().orElseThrow();
    String id = asked.get(1).examples().stream().map(Example::id).findFirst().orElseThrow();
    List<float[]> seen = new ArrayList<>();
    for (PredictionTask task : asked) {
      float[] numbers = new float[own.patches() * own.width()];
      assertThat(task.pictures().orElseThrow().read(id, FloatBuffer.wrap(numbers))).isEqualTo(16);
      seen.add(numbers);
    }
    assertThat(seen).hasSize(3);
    int middle = 5 * own.width();
    assertThat(Arrays.copyOf(seen.get(2), own.width()))
        .isEqualTo(Arrays.copyOfRange(seen.get(0), middle, middle + own.width()));
    assertThat(seen.get(1)).isNotEqualTo(seen.get(0)).isNotEqualTo(seen.get(2));
    assertThatThrownBy(() -> plan(RANKED + "test.change = [no-hint, cropped-picture]"))
        .hasMessageContaining(
            "must not hold cropped-picture where vectors lie in no grid over the"
                + " picture, as pipeline.answer sees those of detr; clip, vit, patches,"
                + " pixels and file have one");
    assertThat(plan(RANKED + "fusion = none\ntest.change = [cropped-picture]").stages()).hasSize(3);
  }

  @Test
  void crossingNeedsRankedAnswers() {
    assertThatThrownBy(
            () ->
                plan(
                    RANKED.replace("QCM-T", "QCM-A").replace("mode = ranked", "mode = generated")
                        + "test.crossed = 6"))
        .hasMessageContaining(
            "test.crossed = 6  must be 0 unless the last stage ranks options (its decoding.mode ="
                + " ranked), found generated, greedy");
    assertThatThrownBy(() -> plan(RANKED + "test.change = [no-hints]"))
        .hasMessageContaining("no-hints")
        .hasMessageContaining("no-hint, ");
  }

  @Test
  void drawnRationalesAreAnsweredOneByOne() throws IOException {
    RunPlan plan = plan(TWO_STAGES + "test { samples = 2, sampling.temperature = 2 }");
    assertThat(tested(plan)).hasSize(4);
    for (Stage stage : plan.stages()) {
      result(stage);
    }
    List<String> texts = new ArrayList<>();
    for (Stage stage : tested(plan)) {
      Path folder = result(stage);
      if (stage.part().equals("rationale")) {
        texts.add(Files.readString(folder.resolve(PredictionFile.NAME)));
      } else {
        assertThat(SampledFile.read(folder.resolve(SampledFile.NAME)))
            .hasSameSizeAs(OptionsFile.read(folder.resolve(OptionsFile.NAME)))
            .allMatch(answer -> answer.probabilities().get(answer.option()) > 0.2);
      }
    }
    assertThat(texts).doesNotHaveDuplicates();
  }

  /** Each set as it is published, in a question or two. */
  private void otherData() throws IOException {
    put(
        "mmlu/test/astronomy_test.csv",
        "What shines?,Sun,Rock,Mud,Ash,A\n\"Which is near, and round?\",Fog,Moon,Ox,Wax,B\n");
    put("mmlu/test/virology_test.csv", "What is a virus?,A,B,C,D,D\n");
    put(
        "bbh/boolean_expressions.json",
        "{\"examples\": [{\"input\": \"not True is\", \"target\": \"False\"},"
            + " {\"input\": \"not False is\", \"target\": \"True\"}]}");
    put(
        "arc/ARC-Challenge-Test.jsonl",
        "{\"id\": \"a1\", \"question\": {\"stem\": \"What melts?\", \"choices\": [{\"text\": \"ice\","
            + " \"label\": \"1\"}, {\"text\": \"stone\", \"label\": \"2\"}]}, \"answerKey\": \"1\"}\n");
    put(
        "own/dev.jsonl",
        "{\"id\": \"o1\", \"question\": \"Red?\", \"options\": [\"yes\", \"no\"], \"answer\": \"B\"}\n");
  }

  private void put(String name, String text) throws IOException {
    Path file = folder.resolve("others").resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private String other(String name, String more) {
    return "test.transfer.%s { root = \"%s\" %s }\n"
        .formatted(name, folder.resolve("others").resolve(name), more);
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void questionsOfOtherDataGoTheWholeWay(String config) throws IOException {
    otherData();
    RunPlan plan =
        plan(
            config
                + other("mmlu", "")
                + other("bbh", ", questions = 1")
                + other("arc", "")
                + other("own", ", split = dev"));
    assertThat(plan.stages()).containsAll(plan(config).stages());
    assertThat(plan.answer()).isEqualTo(plan(config).answer());
    List<TransferredAnswer> answers = new ArrayList<>();
    for (Stage stage : plan.stages()) {
      Path file = result(stage).resolve(TransferredFile.NAME);
      if (Files.isRegularFile(file)) {
        answers.addAll(TransferredFile.read(file));
      }
    }
    assertThat(tested(plan))
        .extracting(Stage::title)
        .contains("answer, tested on mmlu", "answer, tested on own")
        .hasSize(config.equals(RANKED) ? 4 : 8);
    assertThat(answers)
        .extracting(
            TransferredAnswer::set,
            TransferredAnswer::subjects,
            TransferredAnswer::right,
            TransferredAnswer::options)
        .containsExactly(
            tuple("mmlu", List.of("astronomy"), 0, 4),
            tuple("mmlu", List.of("astronomy"), 1, 4),
            tuple("mmlu", List.of("virology"), 3, 4),
            tuple("bbh", List.of("boolean_expressions"), 0, 2),
            tuple("arc", List.of(), 0, 2),
            tuple("own", List.of(), 1, 2));
    assertThat(answers).allMatch(each -> each.option() >= 0 && each.option() < each.options());
  }

  @Test
  void otherDataThatAreNotThereAreToldBeforeAnythingIsComputed() {
    assertThatThrownBy(() -> plan(RANKED + other("mmlu", "")))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder.resolve("others/mmlu")
                + ": there is no such folder; a data directory is expected");
  }

  /** What a stage read, question by question: beside all passages, then without each. */
  private static Map<String, List<String>> read(PredictionTask task) throws IOException {
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    Map<String, List<String>> texts = new LinkedHashMap<>();
    for (Example each : task.examples()) {
      String question = each.id().replaceAll("(?s)\n.*", "");
      texts
          .computeIfAbsent(question, any -> new ArrayList<>())
          .add(tokenizer.decode(each.source()));
    }
    return texts;
  }

  @ParameterizedTest
  @ValueSource(strings = {"answer", "rationale"})
  void eachPassageIsLeftOutWhereItIsRead(String reader) throws IOException {
    String config =
        (reader.equals("answer") ? RANKED : TWO_STAGES)
            + "pipeline.%s { retrieval.passages = 3, source.maxTokens = 400 }\n".formatted(reader);
    RunPlan plan = plan(config + "test.every = [passage]");
    assertThat(plan.stages()).containsAll(plan(config).stages());
    for (Stage stage : plan.stages()) {
      result(stage);
    }
    List<String> lectures =
        ScienceQaDataset.open(folder.resolve("given")).split("train").stream()
            .map(question -> Whitespace.normalise(question.lecture()))
            .distinct()
            .toList();
    int stages = reader.equals("answer") ? 1 : 2;
    Map<String, List<String>> read = read(asked.get(asked.size() - stages));
    Map<String, PassageAnswer> answers =
        PassagesFile.read(result(tested(plan).get(stages - 1)).resolve(PassagesFile.NAME)).stream()
            .collect(Collectors.toMap(PassageAnswer::id, Function.identity()));
    assertThat(answers.keySet()).isEqualTo(read.keySet());
    assertThat(tested(plan)).hasSize(stages);
    for (Map.Entry<String, List<String>> each : read.entrySet()) {
      String all = each.getValue().get(0);
      List<String> found =
          lectures.stream()
              .filter(all::contains)
              .sorted(Comparator.comparing(all::indexOf))
              .toList();
      assertThat(found).hasSizeBetween(2, 3);
      List<String> without = each.getValue().subList(1, each.getValue().size());
      assertThat(without).hasSameSizeAs(found);
      for (int left = 0; left < found.size(); left++) {
        assertThat(without.get(left))
            .isEqualTo(Whitespace.normalise(all.replace(found.get(left), "")));
      }
      PassageAnswer answer = answers.get(each.getKey());
      assertThat(answer.without()).hasSameSizeAs(found);
      assertThat(answer.all().probabilities().stream().mapToDouble(Double::doubleValue).sum())
          .isCloseTo(1, within(1e-4));
    }
    assertThat(answers.values()).anyMatch(answer -> answer.gold() == 1);
  }

  /** What stands in the place of a passage, by what is said to stand there. */
  @Test
  void aRecitedLectureIsReadWhereARetrievedOneOrTheGoldOneWouldBe() throws IOException {
    String recited =
        RANKED
            + """
            pipeline { lecture { format = QCM-L, source.maxTokens = 160, target.maxTokens = 24, decoding.mode = generated }
                       answer { from = lecture, source.maxTokens = 300 } }
            """;
    RunPlan plan = plan(recited + "test.change = [gold-rationale, no-rationale]");
    for (Stage stage : plan.stages()) {
      result(stage);
    }
    assertThat(plan.stages().stream().filter(stage -> stage.role() != StageRole.TESTING))
        .extracting(Stage::title)
        .containsExactlyInAnyOrder("lecture", "lecture, writing", "answer", "answer, writing");
    Stage writing =
        plan.stages().stream()
            .filter(stage -> stage.title().equals("lecture, writing"))
            .findFirst()
            .orElseThrow();
    Map<String, String> written =
        PredictionFile.read(result(writing).resolve(PredictionFile.NAME)).stream()
            .collect(Collectors.toMap(Prediction::id, Prediction::text));
    Map<String, List<String>> own = read(asked.get(1));
    Map<String, List<String>> gold = read(asked.get(2));
    Map<String, List<String>> none = read(asked.get(3));
    asked.clear();
    for (Stage stage :
        plan(RANKED
                + "pipeline.answer { source.maxTokens = 300, retrieval { passages = 1, source ="
                + " gold } }")
            .stages()) {
      result(stage);
    }
    assertThat(read(asked.get(0))).as("gold at the same place").isEqualTo(gold);
    assertThat(written.values()).anyMatch(text -> !OutputFormat.lecture(text).isBlank());
    for (Question question : ScienceQaDataset.open(folder.resolve("given")).split("test")) {
      String id = question.id();
      String text = Whitespace.normalise(OutputFormat.lecture(written.get(id)));
      assertThat(gold.get(id).get(0)).contains(Whitespace.normalise(question.lecture()));
      assertThat(own.get(id).get(0)).contains(text + " Options:");
      assertThat(none.get(id).get(0)).doesNotContain(question.lecture().substring(0, 12));
    }
    assertThat(plan(recited).answer().inputs())
        .as("what a stage learns from is a part of its key")
        .doesNotContainAnyElementsOf(
            plan(RANKED + "pipeline.answer.source.maxTokens = 300").answer().inputs());
  }

  @Test
  void whereOnePassageIsReadThereIsNoneToCompare() throws IOException {
    assertThat(tested(plan(RANKED + "test.every = [passage]"))).isEmpty();
    assertThatThrownBy(
            () -> plan(RANKED + "pipeline.answer.retrieval.passages = 1\ntest.every = [passage]"))
        .hasMessageContaining(
            "must not hold passage where one alone is retrieved: retrieval.passages must be at"
                + " least 2 to leave one out and compare, found 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {RANKED, TWO_STAGES})
  void questionsAreAskedInEveryOrderTheFirstOfWhichIsTheirOwn(String config) throws IOException {
    RunPlan plan = plan(config + "test.every = [order, sentence]");
    for (Stage stage : plan.stages()) {
      result(stage);
    }
    Map<String, OptionProbabilities> plain =
        OptionsFile.read(result(plan.answer()).resolve(OptionsFile.NAME)).stream()
            .collect(Collectors.toMap(OptionProbabilities::id, Function.identity()));
    assertThat(tested(plan))
        .extracting(Stage::title)
        .containsExactlyElementsOf(
            config.equals(RANKED)
                ? List.of("answer, tested by every order")
                : List.of(
                    "rationale, tested by every order",
                    "answer, tested by every order",
                    "answer, tested by every sentence"));
    Stage orders = tested(plan).get(config.equals(RANKED) ? 0 : 1);
    Map<String, List<VersionAnswer>> byQuestion =
        VersionsFile.read(result(orders).resolve(VersionsFile.NAME)).stream()
            .collect(Collectors.groupingBy(VersionAnswer::id));
    assertThat(byQuestion).isNotEmpty();
    byQuestion.forEach(
        (id, answers) -> {
          List<Double> own = plain.get(id).probabilities();
          int best = own.indexOf(own.stream().max(Double::compare).orElseThrow());
          assertThat(answers).hasSize(List.of(0, 1, 2, 6, 24).get(own.size()));
          assertThat(answers.get(0).option()).isEqualTo(best);
        });
  }
}
