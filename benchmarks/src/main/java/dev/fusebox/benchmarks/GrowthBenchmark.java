package dev.fusebox.benchmarks;

import ai.djl.Device;
import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.lab.plan.CodeKeys;
import dev.fusebox.lab.plan.RunPlanner;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.loop.T5StageTrainer;
import dev.fusebox.training.work.OpenedFiles;
import dev.fusebox.training.write.T5StagePredictor;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * How what Java does grows with what it is given, each at three sizes: seconds of one thread, which
 * no other load on the machine changes by much, and the power of the size that they follow.
 */
final class GrowthBenchmark {

  private static final int BATCH = 16;
  private static final int FED = 4096; // questions that are put into batches
  private static final int WIDTH = 256;
  private static final String HEADING = "%-52s %9s %9s %9s   %s";

  private final BenchmarkSettings settings;
  private final Path folder;

  private GrowthBenchmark(BenchmarkSettings settings, Path folder) {
    this.settings = settings;
    this.folder = folder;
  }

  /** Prints the table. */
  static void run(BenchmarkSettings settings) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      new GrowthBenchmark(settings, folder.path()).table();
    }
  }

  /** Something that is done at a size. */
  private interface Work {
    void at(int size) throws IOException;
  }

  private void table() throws IOException {
    System.out.printf(Locale.ROOT, HEADING + "%n", "seconds of one thread", "", "", "", "grows as");
    row("questions opened (problems.json)", this::open, 10_000, 20_000, 40_000);
    words("prompt and tokens of 2,000 questions, by words");
    row("4,096 questions into batches, by tokens", size -> feed(size, 0), 128, 256, 512);
    row("4,096 questions with pictures, by vectors of 256", size -> feed(64, size), 100, 200, 400);
    row("variants planned, four stages each", this::plan, 250, 1_000, 4_000);
  }

  private void row(String name, Work work, int... sizes) throws IOException {
    work.at(sizes[0]); // what is read and compiled once
    work.at(sizes[0]);
    List<String> cells = new ArrayList<>();
    double[] seconds = new double[sizes.length];
    for (int i = 0; i < sizes.length; i++) {
      seconds[i] = least(work, sizes[i]);
      cells.add(String.format(Locale.ROOT, "%,d: %.2f", sizes[i], seconds[i]));
    }
    System.out.printf(
        Locale.ROOT,
        HEADING + "%n",
        name,
        cells.get(0),
        cells.get(1),
        cells.get(2),
        String.format(Locale.ROOT, "size^%.2f", power(sizes, seconds)));
  }

  private double least(Work work, int size) throws IOException {
    double least = Double.POSITIVE_INFINITY;
    for (int round = 0; round < settings.rounds(); round++) {
      long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
      work.at(size);
      long spent = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
      least = Math.min(least, spent / 1e9);
    }
    return least;
  }

  /** The slope of the line through the logarithms, by least squares. */
  static double power(int[] sizes, double[] seconds) {
    double x = IntStream.of(sizes).mapToDouble(Math::log).average().orElseThrow();
    double y = DoubleStream.of(seconds).map(Math::log).average().orElseThrow();
    double above = 0;
    double below = 0;
    for (int i = 0; i < sizes.length; i++) {
      above += (Math.log(sizes[i]) - x) * (Math.log(seconds[i]) - y);
      below += (Math.log(sizes[i]) - x) * (Math.log(sizes[i]) - x);
    }
    return above / below;
  }

  private void open(int questions) throws IOException {
    Path root = folder.resolve("questions-" + questions);
    if (!Files.exists(root)) {
      Files.createDirectories(root);
      write(root, questions);
    }
    Datasets.open(root).split("train");
  }

  private static void write(Path root, int questions) throws IOException {
    String problem =
        "\"%d\": {\"question\": \"%s?\", \"choices\": [\"one\", \"two\"], \"answer\": 0, \"hint\": \"%s\", \"image\": null, \"task\": \"closed choice\", \"grade\": \"grade2\", \"subject\": \"natural science\", \"lecture\": \"%s\", \"solution\": \"%s\", \"split\": \"train\"}";
    String problems =
        IntStream.range(0, questions)
            .mapToObj(
                id -> problem.formatted(id, text(id, 12), text(id, 30), text(id, 90), text(id, 40)))
            .collect(Collectors.joining(",\n", "{", "}"));
    String ids =
        IntStream.range(0, questions)
            .mapToObj(id -> "\"" + id + "\"")
            .collect(Collectors.joining(",", "{\"train\": [", "], \"val\": [], \"test\": []}"));
    Files.writeString(root.resolve("problems.json"), problems);
    Files.writeString(root.resolve("pid_splits.json"), ids);
  }

  private static final List<String> WORDS =
      List.of(
          "the", "which", "animal", "feather", "magnet", "weaker", "between", "force", "of", "is");

  private static String text(long seed, int words) {
    Random random = new Random(seed);
    return IntStream.range(0, words)
        .mapToObj(i -> WORDS.get(random.nextInt(WORDS.size())))
        .collect(Collectors.joining(" "));
  }

  private void words(String name) throws IOException {
    Path file = Python.scripts().resolve("../data/tokenizer");
    if (!Files.exists(file)) {
      System.out.println("no tokenizer in " + file + ": tokenising is not measured");
      return;
    }
    Tokenizer tokenizer = Tokenizers.open(file);
    PromptBuilder builder = new PromptBuilder(PromptFormat.parse("QCM-A"), false);
    row(
        name,
        words -> {
          for (int id = 0; id < 2_000; id++) {
            TextPair prompt = builder.prompt(question(id, words));
            tokenizer.encode(prompt.source());
            tokenizer.encode(prompt.target());
          }
        },
        50,
        100,
        200);
  }

  private static Question question(int id, int words) {
    return new Question(
        String.valueOf(id),
        text(id, words) + "?",
        List.of("one", "two"),
        0,
        "",
        false,
        "",
        "",
        "",
        "",
        "");
  }

  private void feed(int tokens, int patches) throws IOException {
    Optional<PictureFeatures> pictures =
        patches == 0 ? Optional.empty() : Optional.of(new Mapped(array(patches)));
    BatchMaker maker = new BatchMaker(T5Config.small(32128, 512, 8), pictures, Optional.empty());
    List<Example> examples =
        IntStream.range(0, FED)
            .mapToObj(id -> new Example(String.valueOf(id), new int[tokens], new int[8], ""))
            .toList();
    for (int from = 0; from < FED; from += BATCH) {
      maker.make(examples.subList(from, from + BATCH));
    }
  }

  private FeatureArray array(int patches) throws IOException {
    Path file = folder.resolve("features-" + patches + ".npy");
    if (!Files.exists(file)) {
      try (NpyWriter writer = NpyWriter.floats(file, 512, patches, WIDTH)) {
        for (int row = 0; row < 512; row++) {
          writer.write(new float[patches * WIDTH]);
        }
      }
    }
    return NpyFile.open(file);
  }

  /** Pictures of a feature file, many questions to a row. */
  private record Mapped(FeatureArray array) implements PictureFeatures {

    @Override
    public int patches() {
      return array.patches();
    }

    @Override
    public int width() {
      return array.width();
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      array.read(Integer.parseInt(questionId) % array.rows(), into);
      return patches();
    }
  }

  private void plan(int variants) throws IOException {
    String lines =
        IntStream.range(0, variants)
            .mapToObj(
                i ->
                    "v%d { features = detr, fusion = gated, training.steps = %d }"
                        .formatted(i, i + 1))
            .collect(Collectors.joining("\n"));
    Path base = Path.of("configs/base/demo.conf").toAbsolutePath();
    Path file = folder.resolve("many.conf");
    Files.writeString(
        file, "include file(\"%s\")%nablation { variants {%n%s%n} }".formatted(base, lines));
    ClassLoader loader = getClass().getClassLoader();
    FusionCatalogue fusions = FusionCatalogue.of(loader);
    RunPlanner planner =
        new RunPlanner(
            new OpenedFiles(
                folder.resolve("cache"), new FileHashes(folder.resolve(".hashes"), false)),
            new T5StageTrainer(fusions, Device::cpu),
            new T5StagePredictor(fusions, Device::cpu),
            new CodeKeys(fusions));
    Experiment experiment = new ExperimentReader(fusions, loader).read(file, List.of());
    for (Variant variant : experiment.variants()) {
      planner.plan(variant.recipe(), 1);
    }
  }
}
