package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.Device;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlan;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.work.Stage;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every setting that is changed, wherever it stands, either gives another key or the same bits,
 * which is computed.
 */
class SettingsKeysTest {

  private static final String SMALL =
      """
      model { shape { width = 8, headWidth = 4, heads = 2, feedForward = 16, encoderLayers = 1, decoderLayers = 1 } }
      training { steps = 2, batches.size = 4, dropout = 0.1 }
      data.limits { train = 8, validation = 4, test = 4 }
      """;

  /** Everything that there is. */
  private static final String WHOLE =
      SMALL
          + """
          features = [detr, passages]
          fusion = gated
          training.validation { every = 1, keepBest = true, patience = 3 }
          pretraining { texts = 8, source.maxTokens = 16, training { steps = 2, batches.size = 4 } }
          test { change = [no-rationale], samples = 2 }
          pipeline {
            rationale { format = QCM-LE, source.maxTokens = 24, target.maxTokens = 4 }
            answer {
              format = QCMG-A, from = rationale, source.maxTokens = 24, target.maxTokens = 4
              retrieval { passages = 1, source = index }, shots = 1
              model.tune { method = lora, rank = 2, targets = [q] }
              decoding.sampling { temperature = 1, topK = 0, topP = 1 }
            }
          }
          """;

  /** As little as there may be. */
  private static final String LEAST =
      SMALL
          + """
          data { demo { questions = 20, seed = 3 } }
          pipeline { answer { format = QCM-A, source.maxTokens = 24, target.maxTokens = 4, decoding.mode = ranked } }
          test { change = [shuffle-options], crossed = 2 }
          """;

  /** What is in no key. */
  private static final Set<String> CHANGES_NO_RESULT =
      Set.of("SaveSettings.every", "SaveSettings.keep", "DecodingSettings.batch");

  /** What is reached and not changed here, and why not. */
  private static final Map<String, String> UNTRIED =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("DataSettings.root", "a path: contents count, as StageKeysTest shows"),
              Map.entry("FeatureSettings.file", "paths: RunPlannerTest"),
              Map.entry("FeatureSettings.names", "paths"),
              Map.entry("FeatureSettings.backbone", "a path"),
              Map.entry("ModelSettings.checkpoint", "a path"),
              Map.entry("ModelSettings.tokenizer", "a path"),
              Map.entry("PassageSettings.corpus", "a path: StageKeysTest"),
              Map.entry("RetrievalSettings.corpus", "a path"),
              Map.entry("FeatureSettings.layer", "needs a backbone: PixelSettingsTest"),
              Map.entry("FeatureSettings.train", "needs a backbone: PixelSettingsTest"),
              Map.entry(
                  "FusionSettings.name", "another has other settings: the test of their order"),
              Map.entry("Recipe.pretraining", "needed by LoRA here: the test of it below")));

  @TempDir Path folder;
  private FileHashes hashes;
  private RunPlanner planner;
  private int stores;

  @BeforeEach
  void wire() throws IOException {
    DemoData.write(DemoSettings.of(30, 3), folder.resolve("given"));
    giveOneQuestionMorePictures(folder.resolve("given/name_map.json"));
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    hashes = new FileHashes(folder.resolve(".hashes"), false);
    planner =
        new RunPlanner(
            new OpenedFiles(folder.resolve("cache"), hashes),
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
  }

  /** Else nothing could be shown but the first. */
  private static void giveOneQuestionMorePictures(Path names) throws IOException {
    ObjectNode rows = (ObjectNode) new ObjectMapper().readTree(names.toFile());
    String first = rows.fieldNames().next();
    JsonNode row = rows.get(first);
    rows.set(first + "/image_0", row);
    rows.set(first + "/choice_0", row);
    Files.writeString(names, rows.toString());
  }

  private Recipe recipe(String text) throws IOException {
    Path file = Files.writeString(folder.resolve("mine.conf"), text);
    FusionCatalogue fusions = FusionCatalogue.of(getClass().getClassLoader());
    return new ExperimentReader(fusions, getClass().getClassLoader())
        .read(file, List.of())
        .variants()
        .get(0)
        .recipe();
  }

  private static List<String> names(RunPlan plan) {
    return plan.stages().stream().map(Stage::name).toList();
  }

  /** What all stages hold, computed from nothing. */
  private Map<String, String> bits(RunPlan plan) throws IOException {
    Path root = folder.resolve("store" + stores++);
    StageStore store = new StageStore(root, hashes);
    for (Stage stage : plan.stages()) {
      new StageRunner(store).run(stage, StageProgress.SILENT);
    }
    Map<String, String> bits = new TreeMap<>();
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.endsWith("stage.json") && !name.startsWith(".locks")) {
          bits.put(name, Fingerprint.ofFiles(List.of(file)));
        }
      }
    }
    return bits;
  }

  @Test
  void everySettingIsInAKeyOrChangesNoBit() throws IOException {
    Set<String> counted = new TreeSet<>();
    Set<String> all = new TreeSet<>();
    Set<String> untried = new TreeSet<>();
    for (String config :
        List.of(WHOLE + "data.root = \"%s\"\n".formatted(folder.resolve("given")), LEAST)) {
      Recipe recipe = recipe(config);
      RunPlan plan = planner.plan(recipe, 1);
      Map<String, String> bits = bits(plan);
      ChangedSetting.Walk walk = ChangedSetting.walk(recipe);
      untried.addAll(walk.untried());
      List<ChangedSetting> changes =
          walk.changes().stream().filter(SettingsKeysTest::acts).toList();
      for (ChangedSetting change : changes) {
        all.add(change.kind());
        RunPlan other = planner.plan((Recipe) change.record(), 1);
        if (!names(other).equals(names(plan))) {
          counted.add(change.kind());
        } else {
          assertThat(bits(other)).as(change.path()).isEqualTo(bits);
        }
      }
    }
    untried.removeAll(all);
    assertThat(untried)
        .as("settings of which no other value was tried")
        .isEqualTo(UNTRIED.keySet());
    assertThat(counted).contains("DataSettings.draw", "SplitLimits.train");
    Set<String> never = new TreeSet<>(all);
    never.removeAll(counted);
    assertThat(never).isEqualTo(new TreeSet<>(CHANGES_NO_RESULT));
  }

  /**
   * What stands outside of the stages is where they have it from; plans look at them alone. What is
   * of a backbone alone is tried with one, by {@link PixelSettingsTest}.
   */
  private static boolean acts(ChangedSetting change) {
    return change.path().matches("(data|pretraining|pipeline|test)\\b.*")
        && !change.kind().matches("FeatureSettings\\.(layer|learningRateFactor)");
  }

  @Test
  void theWalkReachesEverySettingsRecord() throws IOException {
    Set<String> records =
        ChangedSetting.all(recipe(WHOLE)).stream()
            .map(change -> change.owner().getSimpleName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(records)
        .contains(
            "Adamw",
            "BatchSettings",
            "DecodingSettings",
            "DemoSettings",
            "FeatureSettings",
            "GatedFusionConfig",
            "Length",
            "Lora",
            "ModelSettings",
            "ModelShape",
            "PatchSettings",
            "PretrainingSettings",
            "RetrievalSettings",
            "SamplingSettings",
            "SaveSettings",
            "Schedule",
            "SplitLimits",
            "SplitNames",
            "StageSettings",
            "TestSettings",
            "TrainingSettings",
            "ValidationSettings");
  }

  @Test
  void theOrderOfSeveralFusionsIsInTheKey() throws IOException {
    List<String> lines = List.of("[concat, gated]", "[gated, concat]", "gated", "concat");
    Set<List<String>> keys = new HashSet<>();
    for (String fusion : lines) {
      keys.add(names(planner.plan(recipe(WHOLE + "fusion = " + fusion), 1)));
    }
    assertThat(keys).hasSize(lines.size());
  }

  @Test
  void aPretrainingIsInTheKeyOfWhatStartsFromIt() throws IOException {
    List<String> shared = new ArrayList<>(names(planner.plan(recipe(LEAST), 1)));
    shared.retainAll(
        names(planner.plan(recipe(LEAST + "pretraining { texts = 8, training.steps = 2 }"), 1)));
    assertThat(shared).hasSize(1).first().asString().startsWith("data-");
  }

  @Test
  void theSeedIsInEveryTrainingsKey() throws IOException {
    Recipe recipe = recipe(LEAST);
    List<String> shared = new ArrayList<>(names(planner.plan(recipe, 1)));
    shared.retainAll(names(planner.plan(recipe, 2)));
    assertThat(shared).hasSize(1).first().asString().startsWith("data-");
  }
}
