package dev.fusebox.benchmarks;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/**
 * Training a T5 of the small shape with mm-cot's fusion, random weights. Both sides run in a
 * process of their own for each turn.
 */
final class TrainBenchmark {

  private static final int BATCH = 8;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BenchmarkSettings settings;
  private final Optional<Python> python;
  private final Path directory;

  private TrainBenchmark(BenchmarkSettings settings, Optional<Python> python, Path directory) {
    this.settings = settings;
    this.python = python;
    this.directory = directory;
  }

  /** Prints the table. */
  static void run(BenchmarkSettings settings) throws IOException {
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      new TrainBenchmark(settings, Python.find(), folder.path()).table();
    }
  }

  private void table() throws IOException {
    System.out.println(Comparison.heading());
    equalShapes("tiny, 8 x 64 -> 16, fp32", "tiny", 64, 16, false, 1 / 0.6);
    equalShapes("small, 8 x 256 -> 64, fp32", "small", 256, 64, false, 1.4);
    equalShapes("small, 8 x 256 -> 64, bf16", "small", 256, 64, true, 1.3);
    realLengths("stage 1, real lengths", "lengths_QCM-E.json", 512, 12, 1.8);
    realLengths("stage 2, real lengths", "lengths_QCMG-A.json", 64, 6, 1.5);
    // torch.compile needs a C++ compiler besides, and minutes for its first step
    if (python.isPresent() && python.get().hasOpponent("torch")) {
      System.out.println("beside torch.compile");
      compiled("small, 8 x 256 -> 64, fp32", false, 1.4);
      compiled("small, 8 x 256 -> 64, bf16", true, 1.4);
    }
  }

  private void compiled(String name, boolean halves, double aim) throws IOException {
    List<String> shape = List.of("size=small", "source=256", "target=64");
    List<String> theirs = new ArrayList<>(List.of("compiled", "--batch=" + BATCH));
    shape.forEach(part -> theirs.add("--" + part));
    theirs.addAll(List.of("--steps=" + settings.steps(), "--threads=" + settings.threads()));
    if (halves) {
      theirs.add("--bf16");
    }
    String precision = "precision=" + (halves ? "bfloat16" : "float32");
    Sides sides =
        Sides.take(
            settings.rounds(),
            () -> ours(with(shape, "steps=" + settings.steps(), precision).toArray(String[]::new)),
            () -> python.orElseThrow().opponent(theirs));
    System.out.println(sides.speed(name, BATCH, "questions", aim));
    System.out.println(sides.memory("  peak memory", 1));
  }

  private void equalShapes(
      String name, String size, int source, int target, boolean halves, double aim)
      throws IOException {
    int steps = size.equals("tiny") ? 100 * settings.steps() : settings.steps();
    List<String> shape = List.of("--size=" + size, "--source=" + source, "--target=" + target);
    List<String> reference = new ArrayList<>(shape);
    reference.addAll(List.of("train-step", "--fused", "--steps=" + steps, "--batch=" + BATCH));
    if (halves) {
      reference.add("--bf16");
    }
    Sides sides =
        Sides.take(
            settings.rounds(),
            () ->
                ours(
                    "size=" + size,
                    "source=" + source,
                    "target=" + target,
                    "steps=" + steps,
                    "precision=" + (halves ? "bfloat16" : "float32")),
            () -> theirs(reference));
    System.out.println(sides.speed(name, BATCH, "questions", aim));
    System.out.println(sides.memory("  peak memory", 1 / 0.8));
  }

  /** The same questions on both sides; mm-cot's way costs the same for any question. */
  private void realLengths(String name, String file, int target, double aimPadded, double aim)
      throws IOException {
    Path all = Python.scripts().resolve(file);
    if (!Files.exists(all)) {
      System.out.println("no " + all + ": questions of real lengths are skipped");
      return;
    }
    int steps = 5 * settings.steps();
    Path some = sample(all, steps * BATCH, target);
    List<String> epoch =
        List.of("epoch", "--size=small", "--lengths=" + some, "--source=512", "--target=" + target);
    Sides longest =
        Sides.take(
            settings.rounds(),
            () -> ours("size=small", "lengths=" + some, "precision=float32"),
            () -> theirs(with(epoch, "--padding=longest", "--fused", "--steps=" + steps)));
    String unit = "questions";
    System.out.println(longest.speed(name + ", padded to longest", steps * BATCH, unit, aim));
    Sides padded =
        new Sides(longest.ours(), scaled(theirs(with(epoch, "--padding=max", "--steps=1")), steps));
    System.out.println(padded.speed(name + ", padded to maximum", steps * BATCH, unit, aimPadded));
  }

  private static List<String> with(List<String> arguments, String... more) {
    return Stream.concat(arguments.stream(), Stream.of(more)).toList();
  }

  /** One turn for every turn of ours, for a step padded to the maximum takes minutes. */
  private List<Turn> scaled(Optional<Turn> step, int steps) {
    return step.map(turn -> new Turn(turn.seconds() * steps, turn.mebibytes()))
        .map(turn -> Collections.nCopies(settings.rounds(), turn))
        .orElse(List.of());
  }

  private Path sample(Path all, int count, int target) throws IOException {
    int[][] lengths = JSON.readValue(all.toFile(), int[][].class);
    List<int[]> drawn = new ArrayList<>(List.of(lengths));
    Collections.shuffle(drawn, new Random(0));
    List<int[]> cut =
        drawn.subList(0, count).stream()
            .map(pair -> new int[] {Math.min(pair[0], 512), Math.min(pair[1], target)})
            .toList();
    Path file = directory.resolve(all.getFileName());
    JSON.writeValue(file.toFile(), cut);
    return file;
  }

  private Optional<Turn> ours(String... arguments) throws IOException {
    try (TemporaryFolder work = TemporaryFolder.make()) {
      List<String> all = with(List.of("directory=" + work.path(), "batch=" + BATCH), arguments);
      return Child.java(TrainingTurn.class, settings.threads(), all);
    }
  }

  private Optional<Turn> theirs(List<String> arguments) throws IOException {
    if (python.isEmpty()) {
      return Optional.empty();
    }
    return python.get().measure(with(arguments, "--threads=" + settings.threads()));
  }
}
