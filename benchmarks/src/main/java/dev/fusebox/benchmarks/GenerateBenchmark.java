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
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Writing with a T5 of the small shape on random weights, fp32, text only: encoding the sources and
 * writing the targets, as one call each side.
 */
final class GenerateBenchmark {

  private static final int SOURCE = 128;
  private static final int TARGET = 64;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Settings settings;
  private final Optional<Python> python;
  private final NDManager root;
  private final T5Model model;
  private final Generator generator;

  private GenerateBenchmark(
      Settings settings,
      Optional<Python> python,
      NDManager root,
      T5Model model,
      Generator generator) {
    this.settings = settings;
    this.python = python;
    this.root = root;
    this.model = model;
    this.generator = generator;
  }

  /** Prints the table. */
  static void run(Settings settings) throws IOException {
    Optional<Python> python = Python.find();
    try (NDManager root = NDManager.newBaseManager();
        Parameters parameters = new Parameters(root, 0)) {
      Ops ops = Ops.load(root, Precision.FLOAT32);
      T5Config small = T5Config.small(32128, 512, 8).withDepths(6, 6);
      T5Model model = T5Model.textOnly(small, parameters, ops);
      try (Generator generator = Generator.of(model)) {
        new GenerateBenchmark(settings, python, root, model, generator).table();
      }
    }
  }

  private void table() throws IOException {
    System.out.println(Comparison.heading());
    System.out.println(fixed("greedy, batch 1, 128 -> 64", 1, new Decoding.Greedy(), 2));
    System.out.println(fixed("greedy, batch 16, 128 -> 64", 16, new Decoding.Greedy(), 1.5));
    System.out.println(fixed("beam 4, batch 4, 128 -> 64", 4, Beam.of(4), 2));
    Optional<int[]> lengths = realLengths(16);
    if (lengths.isPresent()) {
      System.out.println(endings(lengths.get()));
    }
  }

  private Comparison fixed(String name, int batch, Decoding decoding, double aim)
      throws IOException {
    GenerationConfig config = new GenerationConfig(TARGET, TARGET, 0, decoding);
    int beams = decoding instanceof Beam beam ? beam.beams() : 1;
    return Comparison.of(
        name,
        batch * TARGET,
        "tokens",
        aim,
        settings.rounds(),
        () -> OptionalDouble.of(seconds(batch, () -> FusionPass.IDENTITY, config)),
        () ->
            reference(
                "generate",
                "--size=small",
                "--vision=0",
                "--batch=" + batch,
                "--source=" + SOURCE,
                "--target=" + TARGET,
                "--beams=" + beams,
                "--steps=" + settings.steps(),
                "--threads=" + settings.threads()));
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
        () -> OptionalDouble.of(seconds(lengths.length, () -> new Endings(lengths, 0), config)),
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

  private double seconds(int batch, Supplier<FusionPass> pass, GenerationConfig config) {
    List<Double> times = new ArrayList<>();
    for (int i = 0; i <= settings.steps(); i++) {
      long start = System.nanoTime();
      write(batch, pass.get(), config);
      if (i > 0) {
        times.add((System.nanoTime() - start) / 1e9);
      }
    }
    return Comparison.median(times);
  }

  private void write(int batch, FusionPass pass, GenerationConfig config) {
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
