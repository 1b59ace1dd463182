package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two programs at work on one folder of results. */
class SharedResultsTest {

  private static final Pattern MADE =
      Pattern.compile("(?m)^  (\\S+ seed 1   .+?)   (.*  )?in [\\d.]+ s$");

  @TempDir Path folder;

  @Test
  void takeDifferentStagesAndPrintTheSameTable() throws Exception {
    String config = Program.GRID.replace("jobs = 2", "jobs = 1");
    Program shared = Program.of(folder, config);
    List<Process> both = new ArrayList<>();
    List<Path> outputs = List.of(folder.resolve("one.txt"), folder.resolve("two.txt"));
    for (Path output : outputs) {
      both.add(start(output));
    }
    for (Process each : both) {
      assertThat(each.waitFor()).as(Files.readString(outputs.get(0))).isZero();
    }
    List<String> first = made(outputs.get(0));
    List<String> second = made(outputs.get(1));
    assertThat(first).isNotEmpty().doesNotContainAnyElementsOf(second);
    assertThat(second).isNotEmpty();
    try (Stream<Path> stages = Files.list(shared.stages())) {
      long there = stages.filter(stage -> !stage.getFileName().toString().startsWith(".")).count();
      assertThat(first.size() + second.size()).as("each stage once").isEqualTo((int) there);
    }
    assertThat(table(outputs.get(0))).isNotEmpty().isEqualTo(table(outputs.get(1)));
  }

  private Process start(Path output) throws IOException {
    ProcessBuilder builder = new ProcessBuilder(Program.command());
    builder.environment().put("OMP_NUM_THREADS", "1");
    return builder
        .directory(folder.toFile())
        .redirectErrorStream(true)
        .redirectOutput(output.toFile())
        .start();
  }

  /** What it computed itself. */
  private static List<String> made(Path output) throws IOException {
    return MADE.matcher(Files.readString(output)).results().map(found -> found.group(1)).toList();
  }

  /** From its first line to its last, without progress and time. */
  private static List<String> table(Path output) throws IOException {
    return Files.readAllLines(output).stream()
        .dropWhile(line -> !line.startsWith("accuracy"))
        .filter(line -> !line.contains("fusebox report"))
        .toList();
  }
}
