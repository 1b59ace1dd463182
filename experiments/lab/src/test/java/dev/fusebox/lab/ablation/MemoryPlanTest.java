package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import ai.djl.Device;
import dev.fusebox.demo.DemoData;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.lab.plan.StageRunner;
import dev.fusebox.lab.store.StageStore;
import dev.fusebox.questions.DemoSettings;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.model.DeviceName;
import dev.fusebox.training.model.Devices;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is told of the memory that an experiment takes, and of settings that take less. */
class MemoryPlanTest {

  private static final ClassLoader LOADER = MemoryPlanTest.class.getClassLoader();
  private static final FusionCatalogue FUSIONS = FusionCatalogue.of(LOADER);
  private static final Devices DEVICES = new Devices(new DeviceName("cpu"));

  /** 44 million numbers beside its small vocabulary. */
  private static final String LARGE =
      """
      model.shape { width = 512, headWidth = 64, heads = 8, feedForward = 2048, encoderLayers = 6, decoderLayers = 6 }
      training { steps = 2, batches.size = 16, dropout = 0.1 }
      decoding.batch = 16
      pipeline.answer { format = QCM-A, source.maxTokens = 256, target.maxTokens = 32 }
      """;

  @TempDir Path folder;
  private OpenedFiles files;

  @BeforeEach
  void writeData() throws IOException {
    DemoData.write(DemoSettings.of(20, 3), folder.resolve("data"));
    files =
        new OpenedFiles(folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false));
  }

  private AblationPlan plan(String config, String... overrides) throws IOException {
    FileHashes hashes = new FileHashes(folder.resolve(".hashes"), false);
    ResultsRoot root = new ResultsRoot(folder.resolve("results"));
    StageStore store = new StageStore(root.stages(), hashes);
    RunPlanner planner =
        new RunPlanner(
            files,
            new T5StageTrainer(FUSIONS, Device::cpu),
            new T5StagePredictor(FUSIONS, Device::cpu),
            new CodeKeys(FUSIONS));
    AblationRunner runner =
        new AblationRunner(
            planner,
            new StageRunner(store),
            store,
            new RunBook(root, store, hashes, files),
            DEVICES);
    String data = folder.resolve("data").toString().replace('\\', '/');
    Path file =
        Files.writeString(
            folder.resolve("mine.conf"), config + "data.root = \"%s\"\n".formatted(data));
    return runner.plan(new ExperimentReader(FUSIONS, LOADER).read(file, List.of(overrides)));
  }

  private MemoryPlan memory(double gigabytes) {
    return new MemoryPlan(FUSIONS, files, DEVICES, device -> (long) (gigabytes * 1e9));
  }

  private String refusal(double gigabytes, String config, String... overrides) throws IOException {
    AblationPlan plan = plan(config, overrides);
    Throwable error = catchThrowable(() -> memory(gigabytes).check(plan));
    assertThat(error).isInstanceOf(UserError.class);
    return error.getMessage();
  }

  /** The numbers of a line, by what they are of. */
  private static double bytes(String text, String what) {
    Matcher found = Pattern.compile(what + " (\\d+\\.\\d) GB").matcher(text);
    assertThat(found.find()).as(what + " in " + text).isTrue();
    return Double.parseDouble(found.group(1));
  }

  @Test
  void saysWhatTrainingAndWritingTake() throws IOException {
    String text = memory(100).text(plan(LARGE));
    List<String> lines = text.lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0))
        .matches(
            "  mine seed 1, answer takes about [\\d.]+ GB \\(weights 0\\.2 GB, optimizer 0\\.4 GB, gradients 0\\.2 GB, activations [\\d.]+ GB, program 0\\.6 GB\\); [\\d.]+ GB with batches\\.recompute = true");
    assertThat(bytes(lines.get(0), "about"))
        .isGreaterThan(bytes(lines.get(0), ";"))
        .isCloseTo(
            0.2 + 0.4 + 0.6 + bytes(lines.get(0), "activations"),
            org.assertj.core.data.Offset.offset(0.15));
    assertThat(lines.get(1))
        .matches(
            "  mine seed 1, answer, .* takes about [\\d.]+ GB to write \\(weights 0\\.2 GB, decoder laid out for writing [\\d.]+ GB, keys and values [\\d.]+ GB, activations [\\d.]+ GB, program 0\\.6 GB\\)");
    assertThat(memory(100).text(plan(LARGE, "training.batches.recompute = true")))
        .contains("GB with batches.recompute = false");
  }

  @Test
  void smallModelsAreNotAsked() throws IOException {
    String small =
        LARGE.replace("512", "16").replace("64,", "8,").replace("2048", "32").replace("6 }", "1 }");
    assertThat(memory(0).text(plan(small))).isEmpty();
    assertThatCode(() -> memory(0).check(plan(small))).doesNotThrowAnyException();
  }

  /** What is advised is taken at its word. */
  @Test
  void adviceThatChangesNoResultComesFirstAndHolds() throws IOException {
    String told = refusal(1.6, LARGE);
    assertThat(told)
        .startsWith("mine seed 1, answer does not fit: it takes about ")
        .contains(", and this machine has 1.6 GB.\nIt fits with batches.accumulation = ");
    Matcher advice =
        Pattern.compile("accumulation = (\\d+) and batches.recompute = (\\w+): ([\\d.]+) GB")
            .matcher(told);
    assertThat(advice.find()).isTrue();
    assertThat(Double.parseDouble(advice.group(3))).isLessThanOrEqualTo(1.6);
    String recompute = "training.batches.recompute = " + advice.group(2);
    String parts = "training.batches.accumulation = " + advice.group(1);
    AblationPlan advised = plan(LARGE, parts, recompute);
    assertThatCode(() -> memory(1.6).check(advised)).doesNotThrowAnyException();
    int fewer = Integer.parseInt(advice.group(1)) / 2;
    AblationPlan less = plan(LARGE, "training.batches.accumulation = " + fewer, recompute);
    assertThat(catchThrowable(() -> memory(1.6).check(less))).isInstanceOf(UserError.class);
  }

  @Test
  void whereOnlyFewNumbersFitTheMethodIsNamed() throws IOException {
    assertThat(refusal(1.0, LARGE))
        .contains(
            "It fits with model.tune { method = lora } over a stored model, model.frozenWeights = float32");
    assertThat(refusal(0.5, LARGE))
        .contains("Nothing that was tried fits. The least takes 0.7 GB, with model.tune");
  }

  @Test
  void writingThatDoesNotFitIsRefusedWithASmallerBatch() throws IOException {
    String many = "decoding.batch = 4096";
    String told = refusal(8, LARGE, many);
    assertThat(told)
        .startsWith("mine seed 1, answer, ")
        .contains("GB to write (")
        .contains("It fits with decoding.batch = ");
    assertThat(memory(100).text(plan(LARGE, "decoding.beams = 4"))).contains("keys and values 0.");
  }

  @Test
  void pretrainingIsCountedAndItsStagesHaveItsShape() throws IOException {
    String pretrained =
        LARGE.replace(
            "training {", "pretraining { texts = 20, source.maxTokens = 64 }\ntraining {");
    AblationPlan plan = plan(pretrained);
    assertThat(memory(100).text(plan).lines().toList())
        .hasSize(3)
        .first()
        .asString()
        .startsWith("  mine seed 1, pretraining takes about ");
    assertThat(refusal(0.9, pretrained))
        .startsWith("mine seed 1, pretraining does not fit")
        .doesNotContain("lora");
  }
}
