package dev.fusebox.benchmarks;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The command: which benchmark to run. */
public final class Benchmarks {

  /** A benchmark. */
  @FunctionalInterface
  private interface Benchmark {
    void run(BenchmarkSettings settings) throws IOException;
  }

  private static final Map<String, Benchmark> ALL =
      new TreeMap<>(
          Map.of(
              "extract", ExtractBenchmark::run,
              "generate", GenerateBenchmark::run,
              "growth", GrowthBenchmark::run,
              "hooks", HooksBenchmark::run,
              "profile", ProfileBenchmark::run,
              "train", TrainBenchmark::run));

  private Benchmarks() {}

  /**
   * Runs the benchmarks that are named.
   *
   * @param arguments names and {@code key=value} settings
   */
  public static void main(String[] arguments) throws IOException {
    // Before any class of the engine: it would look for a cloud's metadata and for downloads.
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    List<String> names;
    BenchmarkSettings settings;
    try {
      names = named(Stream.of(arguments).filter(a -> !a.contains("=")).toList());
      settings = BenchmarkSettings.of(Stream.of(arguments).filter(a -> a.contains("=")).toList());
    } catch (IllegalArgumentException e) {
      System.err.println(e.getMessage());
      System.exit(2);
      return;
    }
    System.setProperty("ai.djl.pytorch.num_threads", String.valueOf(settings.threads()));
    System.out.println(Machine.describe(settings.threads()));
    for (String name : names) {
      ALL.get(name).run(settings);
    }
  }

  private static List<String> named(List<String> names) {
    if (names.equals(List.of("all"))) {
      return List.copyOf(ALL.keySet());
    }
    if (names.isEmpty() || !ALL.keySet().containsAll(names)) {
      throw new IllegalArgumentException(
          "usage: benchmarks/run BENCHMARK... [rounds=N] [steps=N] [threads=N]; benchmarks: "
              + String.join(", ", ALL.keySet())
              + " or all; found "
              + names);
    }
    return names;
  }
}
