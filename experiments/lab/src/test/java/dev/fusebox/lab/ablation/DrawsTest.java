package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.grid.PlanJson;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.work.StageKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Draws of training questions: which runs they make, and what has to be said for them. */
class DrawsTest {

  private static final String HALF = "data { demo.questions = 60, limits.train = 0.5 }\n";

  @TempDir Path folder;
  private ExperimentFiles files;
  private ResultsRoot root;
  private StageStore store;
  private Devices devices;
  private AblationRunner runner;

  @BeforeEach
  void open() {
    files = ExperimentFiles.withBase(folder);
    root = new ResultsRoot(folder.resolve("results"));
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    store = new StageStore(root.stages(), hashes);
    OpenedFiles opened = new OpenedFiles(folder.resolve("cache"), hashes);
    MajorityModel model = new MajorityModel();
    FusionCatalogue fusions = new FusionCatalogue(List.of(new MistProvider()));
    devices = new Devices(new DeviceName("cpu"));
    runner =
        new AblationRunner(
            new RunPlanner(opened, model, model, new CodeKeys(fusions)),
            new StageRunner(store),
            store,
            new RunBook(root, store, hashes, opened),
            devices);
  }

  private AblationPlan plan(String text, String... overrides) throws IOException {
    return runner.plan(files.read(text, overrides));
  }

  private static Set<Stage> stages(AblationPlan plan, StageKind kind) {
    Set<Stage> stages = new HashSet<>(plan.stages());
    stages.removeIf(stage -> stage.kind() != kind);
    return stages;
  }

  @Test
  void everyVariantRunsWithEverySeedOnEveryDraw() throws IOException {
    AblationPlan plan =
        plan(HALF + "ablation { seeds = [1, 7], draws = [1, 3], variants { text {}, deep {} } }");
    assertThat(plan.runs())
        .extracting(PlannedRun::folder)
        .containsExactly(
            "text-draw1-seed1",
            "text-draw1-seed7",
            "text-draw3-seed1",
            "text-draw3-seed7",
            "deep-draw1-seed1",
            "deep-draw1-seed7",
            "deep-draw3-seed1",
            "deep-draw3-seed7");
    assertThat(plan.runs().get(3).title()).isEqualTo("text draw 3 seed 7");
    assertThat(plan.runs().get(3).variant().recipe().data().draw()).contains(3L);
    assertThat(plan.runs().get(3).variant().tree().toConfig().getLong("data.draw")).isEqualTo(3);
    assertThat(stages(plan, StageKind.DATA)).as("the data are the same for all").hasSize(1);
    assertThat(stages(plan, StageKind.TRAINING)).as("variants are alike").hasSize(4);
  }

  @Test
  void withoutDrawsNothingIsAnotherThanItWas() throws IOException {
    String lines = HALF + "ablation { seeds = [1, 2], variants { text {}, deep {} }";
    AblationPlan before = plan(lines + "}");
    AblationPlan none = plan(lines + ", draws = [] }");
    assertThat(none.runs())
        .extracting(PlannedRun::folder)
        .containsExactly("text-seed1", "text-seed2", "deep-seed1", "deep-seed2");
    assertThat(none.runs().get(1).title()).isEqualTo("text seed 2");
    assertThat(none.stages()).extracting(Stage::key).isEqualTo(keys(before));
    assertThat(none.stages()).noneMatch(stage -> stage.description().toString().contains("draw"));
  }

  private static List<String> keys(AblationPlan plan) {
    return plan.stages().stream().map(Stage::key).toList();
  }

  /** One draw by {@code data.draw} is that of {@code ablation.draws}: its stages are shared. */
  @Test
  void aDrawOfItsOwnIsTheSameAsOneOfSeveral() throws IOException {
    AblationPlan one = plan(HALF + "data.draw = 2");
    AblationPlan several = plan(HALF, "draws=[1,2]");
    assertThat(one.runs()).extracting(PlannedRun::folder).containsExactly("mine-seed1");
    assertThat(several.runs())
        .extracting(PlannedRun::folder)
        .containsExactly("mine-draw1-seed1", "mine-draw2-seed1");
    assertThat(one.runs().get(0).plan().key()).isEqualTo(several.runs().get(1).plan().key());
    assertThat(one.runs().get(0).plan().key()).isNotEqualTo(several.runs().get(0).plan().key());
    assertThat(one.runs().get(0).plan().key()).isNotEqualTo(plan(HALF).runs().get(0).plan().key());
  }

  @Test
  void stagesOfOtherDrawsTakeAsLong() throws IOException {
    String pretrained = HALF + "pretraining { texts = 9, training.steps = 2 }\n";
    for (StageKind kind : List.of(StageKind.PRETRAINING, StageKind.TRAINING)) {
      Set<Stage> stages =
          stages(plan(kind == StageKind.TRAINING ? HALF : pretrained, "draws=[1,2]"), kind);
      assertThat(stages).hasSize(2).extracting(Stage::likeness).containsOnly(likeness(stages));
    }
  }

  private static String likeness(Set<Stage> stages) {
    return stages.iterator().next().likeness();
  }

  @Test
  void aPartOfAnExperimentHasItsDraws() {
    Experiment all = files.read(HALF + "ablation.variants { a {}, b {} }", "draws=[4,5]");
    assertThat(all.only(List.of("b")).repeats()).isEqualTo(all.repeats()).hasSize(2);
    assertThat(ConfigText.of(all)).contains("# seeds [1], draws [4, 5]\n");
    assertThat(ConfigText.of(files.read(HALF))).contains("# seeds [1]\n");
  }

  @Test
  void aPlanAsJsonTellsDrawsWhereThereAreAny() throws IOException {
    AblationPlan drawn = plan(HALF, "draws=[2]");
    JsonNode run = PlanJson.of(drawn, store, root, List.of(), devices).at("/runs/0");
    assertThat(run.path("name").asText()).isEqualTo("mine-draw2-seed1");
    assertThat(run.path("draw").asLong()).isEqualTo(2);
    assertThat(PlanJson.of(plan(HALF), store, root, List.of(), devices).at("/runs/0").has("draw"))
        .isFalse();
  }

  @Test
  void aRunsOwnFolderFindsIt() throws IOException {
    Experiment experiment = files.read(HALF, "draws=[1,2]", "seeds=[1,2]");
    assertThat(runner.plan(experiment, "mine-draw2-seed1"::equals).runs())
        .extracting(PlannedRun::title)
        .containsExactly("mine draw 2 seed 1");
  }

  @Test
  void drawsNeedALimitAndAreSaidOnce() {
    assertThat(told(() -> files.read("ablation { draws = [1], variants { a {}, b {} } }")))
        .contains(
            "line 2  ablation.draws  need data.limits.train, without which every draw is all"
                + " questions; for example data.limits.train = 0.8. Without it: a, b");
    assertThat(
            told(
                () ->
                    files.read(
                        HALF + "ablation { draws = [1], variants { a {}, b { data.draw = 2 } } }")))
        .contains(
            "line 3  ablation.draws  say which draws there are, and so does data.draw; leave"
                + " one of them out. With data.draw: b");
    assertThat(told(() -> files.read("data.draw = 2")))
        .contains(
            "line 2  data.draw = 2  needs limits.train, without which a draw is all questions,"
                + " found draw = 2 alone; for example limits.train = 0.8");
  }

  @Test
  void drawsAreDifferentNumbersFromOneOn() {
    for (String draws : List.of("[0, 1]", "[2, 2]", "[-1]")) {
      assertThat(told(() -> files.read(HALF + "ablation.draws = " + draws)))
          .contains("must be different numbers from 1 on, found " + draws + "; [] for none");
    }
    assertThat(told(() -> files.read(HALF + "data.draw = 0")))
        .contains("data.draw = 0  must be at least 1");
  }

  @Test
  void aDrawOfAllQuestionsIsToldBeforeAnythingIsComputed() throws IOException {
    String rule =
        "there are %d training questions, so that every draw would be all of them; for example"
            + " data.limits.train = 0.8";
    String all = "data.demo.questions = 60\ndata.limits.train = ";
    assertThatThrownBy(() -> plan(all + "48", "draws=[1,2]"))
        .isInstanceOf(UserError.class)
        .hasMessage("data.limits.train = 48: " + rule.formatted(48));
    assertThatThrownBy(() -> plan(all + "0.99\ndata.draw = 1"))
        .hasMessage("data.limits.train = 0.99: " + rule.formatted(48));
    assertThatThrownBy(() -> plan(all + "40\ndata { draw = 1, heldOut = 0.5 }"))
        .hasMessageStartingWith("data.limits.train = 40: there are 2");
    assertThat(plan(all + "47", "draws=[1,2]").runs()).hasSize(2);

    DemoData.write(DemoSettings.of(60, 3), folder.resolve("given"));
    String given = "data.root = \"%s\"\n".formatted(folder.resolve("given"));
    assertThatThrownBy(() -> plan(given + "data.limits.train = 50", "draws=[1,2]"))
        .isInstanceOf(UserError.class)
        .hasMessage("data.limits.train = 50: " + rule.formatted(48));
    assertThat(plan(given + "data.limits.train = 47", "draws=[1,2]").runs()).hasSize(2);
  }
}
