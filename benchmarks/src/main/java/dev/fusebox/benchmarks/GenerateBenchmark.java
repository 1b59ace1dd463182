package dev.fusebox.benchmarks;

import static java.util.stream.Collectors.joining;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.Decoding;
import dev.fusebox.t5.generate.Decoding.Beam;
import dev.fusebox.t5.generate.GenerationConfig;
import dev.fusebox.t5.generate.Generator;
import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import dev.fusebox.tensor.Step;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.IntSummaryStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Writing with a T5 of the small shape on random weights, text only: encoding the sources and
 * writing the targets, as one call each side. Beside transformers, and beside CTranslate2, the
 * fastest known way to run a T5 on a processor.
 */
final class GenerateBenchmark {

  private static final int SOURCE = 128;
  private static final int TARGET = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchmarkSettings settings;
  private final Optional<Python> python;
  private final NDManager root;
  private final T5Model model;
  private final Map<WeightPrecision, Generator> generators;

  private GenerateBenchmark(
      BenchmarkSettings settings,
      Optional<Python> python,
      NDManager root,
      T5Model model,
      Map<WeightPrecision, Generator> generators) {
    this.settings = settings;
    this.python = python;
    this.root = root;
    this.model = model;
    this.generators = generators;
  }

  /** Sources of one length, targets of one length. */
  private record Work(String name, int batch, Decoding decoding) {

    GenerationConfig config() {
      return new GenerationConfig(TARGET, TARGET, 0, decoding);
    }

    List<String> arguments() {
      int beams = decoding instanceof Beam beam ? beam.beams() : 1;
      return List.of(
          "--batch=" + batch, "--source=" + SOURCE, "--target=" + TARGET, "--beams=" + beams);
    }
  }

  /** Prints the table. */
  static void run(BenchmarkSettings settings) throws IOException {
    Optional<Python> python = Python.find();
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Config small = T5Config.small(32128, 512, 8).withDepths(6, 6);
      T5Model model = T5Model.textOnly(small, parameters, ops);
      try (Generator exact = Generator.of(model);
          Generator bytes = Generator.of(model, WeightPrecision.INT8)) {
        Map<WeightPrecision, Generator> generators =
            Map.of(WeightPrecision.FLOAT32, exact, WeightPrecision.INT8, bytes);
        new GenerateBenchmark(settings, python, root, model, generators).table();
      }
    }
  }

  private void table() throws IOException {
    Work one = new Work("greedy, batch 1, 128 -> 64", 1, new Decoding.Greedy());
    Work many = new Work("greedy, batch 16, 128 -> 64", 16, new Decoding.Greedy());
    Work beam = new Work("beam 4, batch 4, 128 -> 64", 4, Beam.of(4));
    System.out.println(Comparison.heading());
    System.out.println(besideTransformers(one, 2));
    System.out.println(besideTransformers(many, 1.5));
    System.out.println(besideTransformers(beam, 2));
    Optional<int[]> lengths = realLengths(16);
    if (lengths.isPresent()) {
      System.out.println(endings(lengths.get()));
    }
    if (python.isPresent() && python.get().hasOpponent("ctranslate2")) {
      System.out.println("beside CTranslate2");
      System.out.println(besideCtranslate2(one, WeightPrecision.FLOAT32, 1.3));
      System.out.println(besideCtranslate2(many, WeightPrecision.FLOAT32, 2));
      System.out.println(besideCtranslate2(beam, WeightPrecision.FLOAT32, 2));
      System.out.println(besideCtranslate2(one, WeightPrecision.INT8, 1));
      System.out.println(besideCtranslate2(many, WeightPrecision.INT8, 1));
    }
  }

  private Comparison besideTransformers(Work work, double aim) throws IOException {
    List<String> arguments = new ArrayList<>(List.of("generate", "--size=small", "--vision=0"));
    arguments.addAll(work.arguments());
    arguments.addAll(repeated());
    return compare(
        work.name(),
        work,
        WeightPrecision.FLOAT32,
        aim,
        () -> reference(arguments.toArray(String[]::new)));
  }

  private Comparison besideCtranslate2(Work work, WeightPrecision weights, double aim)
      throws IOException {
    List<String> arguments = new ArrayList<>(List.of("ctranslate2", "--type=" + weights.label()));
    arguments.add("--tokenizer=" + Python.scripts().resolve("../data/tokenizer"));
    arguments.addAll(work.arguments());
    arguments.addAll(repeated());
    return compare(
        work.name() + ", " + weights.label(),
        work,
        weights,
        aim,
        () ->
            python.orElseThrow().opponent(arguments).stream()
                .mapToDouble(Turn::seconds)
                .findFirst());
  }

  private List<String> repeated() {
    return List.of("--steps=" + settings.steps(), "--threads=" + settings.threads());
  }

  private Comparison compare(
      String name, Work work, WeightPrecision weights, double aim, Comparison.Turn theirs)
      throws IOException {
    return Comparison.of(
        name,
        work.batch() * TARGET,
        "tokens",
        aim,
        settings.rounds(),
        () ->
            OptionalDouble.of(
                seconds(
                    generators.get(weights),
                    work.batch(),
                    () -> FusionPass.IDENTITY,
                    work.config())),
        theirs);
  }

  private OptionalDouble reference(String... arguments) throws IOException {
    return python.isPresent() ? python.get().reference(arguments) : OptionalDouble.empty();
  }

  /** Sentences that end where real solutions of ScienceQA end. */
  private Comparison endings(int[] lengths) throws IOException {
    IntSummaryStatistics summary = IntStream.of(lengths).summaryStatistics();
    int longest = summary.getMax();
    GenerationConfig config = GenerationConfig.greedy(longest);
    String list = IntStream.of(lengths).mapToObj(String::valueOf).collect(joining(","));
    return Comparison.of(
        "greedy, batch 16, ends after " + summary.getMin() + " to " + longest,
        summary.getSum(),
        "tokens",
        2,
        settings.rounds(),
        () ->
            OptionalDouble.of(
                seconds(
                    generators.get(WeightPrecision.FLOAT32),
                    lengths.length,
                    () -> new Endings(lengths, 0),
                    config)),
        () ->
            python.isPresent()
                ? python
                    .get()
                    .run(
                        Path.of("benchmarks/endings.py"),
                        "--source=" + SOURCE,
                        "--lengths=" + list,
                        "--steps=" + settings.steps(),
                        "--threads=" + settings.threads())
                : OptionalDouble.empty());
  }

  /** The target lengths of the first questions of the reference's list, if it is there. */
  private static Optional<int[]> realLengths(int count) throws IOException {
    Path file = Python.scripts().resolve("lengths_QCM-E.json");
    if (!Files.exists(file)) {
      System.out.println("no " + file + ": sentences of real lengths are skipped");
      return Optional.empty();
    }
    JsonNode pairs = JSON.readTree(file.toFile());
    int[] lengths = new int[count];
    for (int i = 0; i < count; i++) {
      lengths[i] = pairs.get(i).get(1).asInt();
    }
    return Optional.of(lengths);
  }

  private double seconds(
      Generator generator, int batch, Supplier<FusionPass> pass, GenerationConfig config) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i <= settings.steps(); i++) {
      long start = System.nanoTime();
      write(generator, batch, pass.get(), config);
      if (i > 0) {
        times.add((System.nanoTime() - start) / 1e9);
      }
    }
    return Comparison.median(times);
  }

  private void write(Generator generator, int batch, FusionPass pass, GenerationConfig config) {
    try (Step step = Step.inference(root)) {
      long[] numbers = new Random(0).longs((long) batch * SOURCE, 3, 32_000).toArray();
      Shape shape = new Shape(batch, SOURCE);
      NDArray ids = step.manager().create(numbers, shape);
      NDArray mask = step.manager().ones(shape, DataType.FLOAT32);
      TextStates encoded = model.encode(ids, mask, pass, Mode.INFERENCE);
      generator.generate(encoded, pass, config);
    }
  }
}
