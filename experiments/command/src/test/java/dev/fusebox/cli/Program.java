package dev.fusebox.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The program as a process of its own, at work on {@code mine.conf} in a folder. */
record Program(Path folder) {

  /** Lines of records that tell of the clock and of interruptions. */
  private static final Pattern OF_THE_CLOCK =
      Pattern.compile("(?m)^ *\"(finished|first|seconds|resumed|peakMegabytes|checksum)\" : .*\n");

  /** A stage that reads first, then two stages, in two variants and two at once. */
  static final String GRID =
      """
      data  { demo { questions = 60, seed = 3 } }
      model { shape { width = 16, headWidth = 8, heads = 2, feedForward = 32, encoderLayers = 1, decoderLayers = 1 } }
      pretraining {
        texts = 200
        source { maxTokens = 64 }
        training {
          steps = 25, optimizer.type = adafactor, batches.size = 8
          saves { every = 0, keep = 2 }
        }
      }
      training {
        steps = 30, optimizer.learningRate = 5e-3, batches.size = 8, dropout = 0.1
        validation { every = 0.5, keepBest = true, patience = 4 }
        saves.every = 0
      }
      pipeline {
        rationale { format = QCM-E, source.maxTokens = 64, target.maxTokens = 6 }
        answer    { format = QCMG-A, from = rationale, source.maxTokens = 64, target.maxTokens = 6, features = none, fusion = none }
      }
      ablation {
        jobs = 2
        variants { text {}, gated { features = detr, fusion = gated } }
      }
      """;

  /** A program at work on {@code config} in {@code folder}, which is made. */
  static Program of(Path folder, String config) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("mine.conf"), config);
    return new Program(folder);
  }

  /** The command that runs the experiment. */
  static List<String> command() {
    return command("run", "mine.conf");
  }

  /** Any other command. */
  static List<String> command(String... arguments) {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                classPath,
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return command;
  }

  /** Starts it; what it says goes to {@code output.txt}. */
  Process start() throws IOException {
    return start(command());
  }

  Process start(List<String> command) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("output.txt").toFile()))
        .start();
  }

  String output() throws IOException {
    return Files.readString(folder.resolve("output.txt"));
  }

  /** Where stages are computed. */
  Path stages() {
    return folder.resolve("results/stages");
  }

  /**
   * All results by name, but for what tells of the clock, and for what killed processes left where
   * others may be writing.
   */
  Map<String, String> results() throws IOException {
    Map<String, String> results = new TreeMap<>();
    Path root = folder.resolve("results");
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = root.relativize(file).toString();
        if (!name.matches(
            "(cache|mine)/(.*/)?\\.[^/]*|stages/\\.(locks|logs)/.*|stages/.*/log.txt")) {
          results.put(name, content(file));
        }
      }
    }
    return results;
  }

  private static String content(Path file) throws IOException {
    String content = Files.readString(file, StandardCharsets.ISO_8859_1);
    String name = file.getFileName().toString();
    boolean record = name.matches("(stage|run|evaluations)\\.json");
    return record ? OF_THE_CLOCK.matcher(content).replaceAll("") : content;
  }
}
