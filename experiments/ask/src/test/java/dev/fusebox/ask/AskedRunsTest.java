package dev.fusebox.ask;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.lab.store.StageRecord;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.recipe.StageRole;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.work.OptionsFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Asks small runs that were really trained. */
class AskedRunsTest {

  private static final int FEW = 4; // of the test questions; each takes every run a moment

  @TempDir static Path folder;

  private static Path experiment;
  private static AskedRuns runs;

  @BeforeAll
  static void train() throws IOException {
    experiment = TrainedSample.experiment();
    runs = TrainedSample.open(experiment);
  }

  @AfterAll
  static void close() {
    runs.close();
  }

  private static FinishedRun run(String variant) {
    return runs.runs().stream()
        .filter(run -> run.record().variant().equals(variant))
        .findFirst()
        .orElseThrow();
  }

  private static Answer answer(String variant, Asking asking) throws IOException {
    return runs.answer(run(variant), asking, OpenedRuns.Listener.SILENT);
  }

  private static List<Question> tested() {
    return runs.questions().search("test", "");
  }

  /** One of the test questions whose picture the runs saw. */
  private static Question pictured() {
    return tested().stream().filter(Question::picture).findFirst().orElseThrow();
  }

  private static Path stage(FinishedRun run, String part) {
    StageRecord writing =
        run.record().stages().stream()
            .filter(stage -> stage.role() == StageRole.WRITING && stage.part().equals(part))
            .findFirst()
            .orElseThrow();
    return run.results().resolve("stages").resolve(writing.name());
  }

  @Test
  void everyRunAnswersAsItDidWhenItWasTested() throws IOException {
    assertThat(runs.runs()).hasSize(7);
    for (FinishedRun run : runs.runs()) {
      List<Prediction> before = new RunFolder(run.folder()).predictions();
      assertThat(before).hasSameSizeAs(tested());
      for (int i = 0; i < FEW; i++) {
        Asking asking = Asking.of(runs.questions().question(before.get(i).id()));
        Answer answer = runs.answer(run, asking, OpenedRuns.Listener.SILENT);
        assertThat(answer.text()).as(run.title()).isEqualTo(before.get(i).text());
      }
    }
  }

  /** However many stages there are: asking all runs in turn never loads one again. */
  @Test
  void aStageIsLoadedOnce() throws IOException {
    Path results = experiment.getParent();
    Path copy = folder.resolve("copy"); // the same runs once more, with weights of their own
    copy(results, copy);
    List<String> loaded = new ArrayList<>();
    try (AskedRuns both =
        AskedRuns.open(
            List.of(experiment, copy.resolve(experiment.getFileName())),
            getClass().getClassLoader(),
            new DeviceName("cpu"),
            Optional.empty(),
            List.of())) {
      Asking asking = Asking.of(tested().get(0));
      for (int round = 0; round < 2; round++) {
        for (FinishedRun run : both.runs()) {
          both.answer(run, asking, what -> loaded.add(run.folder() + " " + what));
        }
      }
    }
    loaded.removeIf(what -> !what.endsWith(": loading"));
    assertThat(loaded).hasSize(16).doesNotHaveDuplicates();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  @Test
  void rationalesAreThoseOfTheTestToo() throws IOException {
    for (String variant : List.of("text", "gated", "patches", "pixels", "shuffled")) {
      FinishedRun run = run(variant);
      Path file = stage(run, "rationale").resolve(PredictionFile.NAME);
      Prediction first = PredictionFile.read(file).get(0);
      Answer answer = answer(variant, Asking.of(runs.questions().question(first.id())));
      assertThat(answer.rationales()).extracting(StageAnswer::text).containsExactly(first.text());
    }
  }

  @Test
  void rankedOptionsHaveTheProbabilitiesOfTheTest() throws IOException {
    List<OptionProbabilities> before =
        OptionsFile.read(stage(run("ranked"), "choice").resolve(OptionsFile.NAME));
    for (OptionProbabilities each : before) {
      Answer answer = answer("ranked", Asking.of(runs.questions().question(each.id())));
      assertThat(answer.probabilities()).hasSameSizeAs(each.probabilities());
      for (int i = 0; i < each.probabilities().size(); i++) {
        assertThat(answer.probabilities().get(i))
            .isCloseTo(each.probabilities().get(i), within(1e-4));
      }
    }
  }

  @Test
  void whoeverWritesHasAProbabilityForEachLetter() throws IOException {
    Question question = pictured();
    Answer answer = answer("gated", Asking.of(question));
    assertThat(answer.probabilities()).hasSameSizeAs(question.choices());
    assertThat(answer.probabilities().stream().mapToDouble(each -> each).sum())
        .isCloseTo(1, within(1e-6));
    assertThat(answer.scored()).contains("letter");
    assertThat(answer.stages().get(0).gates()).isNotEmpty();
    assertThat(answer.stages().get(0).attention()).isPresent();
    assertThat(answer("text", Asking.of(question)).stages().get(0).attention()).isEmpty();
  }

  @Test
  void theLastStageReadsTheRationaleThatIsGiven() throws IOException {
    Asking asking = Asking.of(pictured());
    Answer own = answer("gated", asking);
    Answer same = answer("gated", asking.reading(own.rationales().get(0).text()));
    assertThat(same.probabilities()).isEqualTo(own.probabilities());
    assertThat(same.rationales()).allMatch(StageAnswer::given);
    Answer other = answer("gated", asking.reading("The duck is a bird."));
    assertThat(other.probabilities()).isNotEqualTo(own.probabilities());
    assertThat(answer("ranked", asking.reading("A duck.")).notes())
        .containsExactly("it reads no rationale, so the given one makes no difference");
  }

  @Test
  void aPictureOfAFileIsCutAsTheDataAre() throws IOException {
    Question question = pictured();
    Path file = PictureFiles.below(runs.root().resolve("images")).get(question.id());
    Answer own = answer("patches", Asking.of(question));
    Answer given = answer("patches", Asking.of(question).with(new ChosenPicture.Given(file)));
    assertThat(given.text()).isEqualTo(own.text());
    assertThat(given.stages().get(0).attention().orElseThrow().layers())
        .isEqualTo(own.stages().get(0).attention().orElseThrow().layers());
    assertThat(runs.refusal(run("patches"))).isEmpty();
  }

  @Test
  void whoeverJoinsKindsOfVectorsNeedsABackboneForEach() throws IOException {
    String why = runs.refusal(run("joined")).orElseThrow();
    assertThat(why).contains("detr.npy does not say which backbone made it (detr.json, written");
    Asking asking = Asking.of(pictured()).with(new ChosenPicture.Given(folder.resolve("any.png")));
    assertThatThrownBy(() -> answer("joined", asking))
        .isInstanceOf(UserError.class)
        .hasMessage(why);
    assertThat(answer("joined", Asking.of(pictured())).probabilities()).isNotEmpty();
  }

  @Test
  void aPictureOfAFileGoesThroughTheBackboneAsTheDataDo() throws IOException {
    Question question = pictured();
    Path file = PictureFiles.below(runs.root().resolve("images")).get(question.id());
    Answer own = answer("pixels", Asking.of(question));
    Answer given = answer("pixels", Asking.of(question).with(new ChosenPicture.Given(file)));
    assertThat(given.probabilities()).isEqualTo(own.probabilities());
    assertThat(given.stages().get(0).attention()).isPresent();
    assertThat(given.stages().get(0).attention().orElseThrow().layers())
        .isEqualTo(own.stages().get(0).attention().orElseThrow().layers());
    assertThat(runs.refusal(run("pixels"))).isEmpty();
  }

  /** Which one is counted in {@code NamedPassageTest}. */
  @Test
  void anAnswerNamesThePassageThatHasItsWords() throws IOException {
    Question asked =
        tested().stream()
            .filter(question -> question.lecture().startsWith("Goods are"))
            .findFirst()
            .orElseThrow();
    Asking asking = Asking.of(asked);
    assertThat(answer("pixels", asking.reading(asked.solution())).notes())
        .singleElement(InstanceOfAssertFactories.STRING)
        .matches("of [23] passages retrieved, the answer names number [123]: Goods are things .*");
    assertThat(answer("text", asking).notes()).noneMatch(note -> note.contains("passage"));
  }

  @Test
  void withoutAPictureNobodyLooks() throws IOException {
    Asking asking = Asking.of(pictured()).with(new ChosenPicture.None());
    assertThat(answer("gated", asking).stages().get(0).attention()).isEmpty();
    assertThat(answer("text", asking).notes())
        .containsExactly("it sees no picture, so another one makes no difference");
  }

  @Test
  void anotherQuestionsPictureIsLookedAtInstead() throws IOException {
    Question question = pictured();
    Question other =
        tested().stream()
            .filter(each -> each.picture() && !each.id().equals(question.id()))
            .findFirst()
            .orElseThrow();
    Asking swapped = Asking.of(question).with(new ChosenPicture.Of(other));
    assertThat(answer("gated", swapped).stages().get(0).attention())
        .isPresent()
        .isNotEqualTo(answer("gated", Asking.of(question)).stages().get(0).attention());
  }

  @Test
  void aRunWhoseFeaturesNobodyCanMakeSaysWhy() throws IOException {
    Path file = PictureFiles.below(runs.root().resolve("images")).get(pictured().id());
    Asking asking = Asking.of(pictured()).with(new ChosenPicture.Given(file));
    Path detr = runs.root().resolve("vision_features/detr.npy");
    assertThatThrownBy(() -> answer("gated", asking))
        .isInstanceOf(UserError.class)
        .hasMessage(
            detr
                + " does not say which backbone made it (detr.json, written by fusebox extract, is missing), so a new picture cannot be turned into such vectors");
    assertThatThrownBy(() -> answer("shuffled", asking))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("control = shuffled replaces the picture");
    assertThat(runs.refusal(run("gated"))).isPresent();
    assertThat(runs.refusal(run("text"))).isEmpty();
  }

  @Test
  void aQuestionOfNobodysDataIsAnswered() throws IOException {
    Asking asking = Asking.typed("Is it red?", List.of("yes", "no"), "");
    for (FinishedRun run : runs.runs()) {
      Answer answer = runs.answer(run, asking, OpenedRuns.Listener.SILENT);
      assertThat(answer.probabilities()).as(run.title()).hasSize(2);
      assertThat(AnswerSheet.of(asking, answer)).contains("(A) yes", "(B) no", "probabilities");
      assertThat(AnswerJson.of(answer).path("stages")).hasSameSizeAs(answer.stages());
    }
  }

  @Test
  void whatIsNotThereIsToldWithWhatIs() {
    assertThatThrownBy(() -> runs.questions().question("0x"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("no question 0x in the data; ");
    Path nowhere = experiment.resolve("gatd-seed1");
    assertThatThrownBy(() -> TrainedSample.open(nowhere))
        .isInstanceOf(UserError.class)
        .hasMessage(
            nowhere
                + ": no run of sample; did you mean gated-seed1?; known: text-seed1, gated-seed1,"
                + " patches-seed1, shuffled-seed1, pixels-seed1, ranked-seed1, joined-seed1");
    assertThatThrownBy(() -> TrainedSample.open(folder))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(folder + ": neither a run's folder nor an experiment's");
  }

  @Test
  void weightsThatAreGoneAreToldWithTheWayBack() throws IOException {
    FinishedRun run = run("ranked");
    Path weights = run.results().resolve("stages").resolve(run.weights("choice"));
    Path aside = Files.move(weights, weights.resolveSibling("aside"));
    try (AskedRuns others =
        AskedRuns.open(
            List.of(run.folder()),
            getClass().getClassLoader(),
            new DeviceName("cpu"),
            Optional.empty(),
            List.of())) {
      Asking asking = Asking.of(pictured());
      assertThatThrownBy(() -> others.answer(run, asking, OpenedRuns.Listener.SILENT))
          .isInstanceOf(UserError.class)
          .hasMessage(
              "%s: the weights of its stage choice are gone (%s); the command that made the run recreates them"
                  .formatted(run.folder(), weights));
    } finally {
      Files.move(aside, weights);
    }
  }
}
