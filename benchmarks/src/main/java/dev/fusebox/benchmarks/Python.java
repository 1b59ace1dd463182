package dev.fusebox.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * The Python side: an interpreter with torch and transformers ({@code FUSEBOX_PYTHON}, else {@code
 * python3}) and the reference scripts ({@code FUSEBOX_REFERENCE}, else {@code
 * ../shared/reference}).
 */
final class Python {

  /** What libtorch-memory sets for us, and no user of theirs. */
  private static final List<String> OURS =
      List.of(
          "THP_MEM_ALLOC_ENABLE",
          "MALLOC_MMAP_MAX_",
          "MALLOC_TRIM_THRESHOLD_",
          "MALLOC_ARENA_MAX",
          "GLIBC_TUNABLES");

  private final String interpreter;
  private final Path scripts;

  private Python(String interpreter, Path scripts) {
    this.interpreter = interpreter;
    this.scripts = scripts;
  }

  /** Python, if it is there; else prints what is missing. */
  static Optional<Python> find() throws IOException {
    String interpreter = environment("FUSEBOX_PYTHON", "python3");
    Path scripts = scripts();
    if (!Files.exists(scripts.resolve("bench_reference.py"))) {
      return missing(
          "no bench_reference.py in " + scripts + "; FUSEBOX_REFERENCE names its folder");
    }
    String problem = problem(interpreter, "torch, transformers");
    return problem.isEmpty() ? Optional.of(new Python(interpreter, scripts)) : missing(problem);
  }

  /** The folder of the reference's scripts. */
  static Path scripts() {
    return Path.of(environment("FUSEBOX_REFERENCE", "../shared/reference"));
  }

  private static String environment(String name, String otherwise) {
    return Optional.ofNullable(System.getenv(name)).orElse(otherwise);
  }

  private static String problem(String interpreter, String modules) {
    try {
      Process process =
          new ProcessBuilder(interpreter, "-c", "import " + modules)
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return Child.await(process) == 0
          ? ""
          : interpreter + " cannot import " + modules + ": " + lastLine(output);
    } catch (IOException e) {
      return "no Python: " + e.getMessage() + "; FUSEBOX_PYTHON names the interpreter";
    }
  }

  private static String lastLine(String output) {
    return output.lines().reduce((before, last) -> last).orElse("");
  }

  private static Optional<Python> missing(String why) {
    System.out.println("The Python side is skipped: " + why);
    return Optional.empty();
  }

  /**
   * Runs a reference script.
   *
   * @return the median seconds it reports
   */
  OptionalDouble reference(String... arguments) throws IOException {
    return run(scripts.resolve("bench_reference.py"), arguments);
  }

  /** Runs a script that prints a line of JSON with {@code seconds}. */
  OptionalDouble run(Path script, String... arguments) throws IOException {
    return start(script, List.of(arguments)).stream().mapToDouble(Turn::seconds).findFirst();
  }

  /**
   * The stronger opponents of {@code bench_more.py}, if this Python has what they need; else prints
   * what is missing.
   *
   * @param module what is to be imported
   */
  boolean hasOpponent(String module) {
    Path script = opponents();
    String problem =
        Files.exists(script)
            ? problem(interpreter, module)
            : "no " + script + "; FUSEBOX_REFERENCE names its folder";
    if (!problem.isEmpty()) {
      System.out.println("Beside " + module + " nothing is measured: " + problem);
    }
    return problem.isEmpty();
  }

  /** Runs one of the stronger opponents for its time and memory. */
  Optional<Turn> opponent(List<String> arguments) throws IOException {
    return start(opponents(), arguments);
  }

  /** Runs a script of ours for its time and memory. */
  Optional<Turn> own(Path script, List<String> arguments) throws IOException {
    return start(script, arguments);
  }

  private Path opponents() {
    return scripts.resolve("bench_more.py");
  }

  /** Runs the reference script for its time and memory. */
  Optional<Turn> measure(List<String> arguments) throws IOException {
    return start(scripts.resolve("bench_reference.py"), arguments);
  }

  private Optional<Turn> start(Path script, List<String> arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of(interpreter, script.toString()));
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    OURS.forEach(builder.environment()::remove);
    builder.environment().put("HF_HUB_OFFLINE", "1");
    builder.environment().put("TRANSFORMERS_VERBOSITY", "error");
    return Child.run(builder);
  }
}
