package dev.fusebox.training.loop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.training.recipe.TrainingSettings;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** Runs of {@link TinyTask}s, and what they leave: relative name to content. */
record TinyRuns(Path folder) {

  static final int STEPS = 20;

  /** Looks at the validation questions twice an epoch, and keeps the best weights. */
  static TrainingSettingsBuilder halfEpochs(int steps) {
    return TrainingSettingsBuilder.learning(steps, 0.01).validating(0.5).keepingBest();
  }

  static TrainingSettings settings() {
    return halfEpochs(STEPS).build();
  }

  Map<String, String> train(String name, TrainingTask task, StageProgress progress)
      throws IOException {
    Path directory = folder.resolve(name);
    TinyTask.trainer().train(task, directory, progress);
    return contents(directory);
  }

  private static Map<String, String> contents(Path directory) throws IOException {
    Map<String, String> contents = new TreeMap<>();
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        contents.put(
            directory.relativize(file).toString(),
            Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return contents;
  }

  static List<JsonNode> metrics(Map<String, String> files) throws IOException {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : files.get("metrics.jsonl").split("\n")) {
      lines.add(new ObjectMapper().readTree(line));
    }
    return lines;
  }

  /** Those of steps, not of looks or gates. */
  static List<JsonNode> steps(List<JsonNode> lines) {
    return lines.stream().filter(line -> line.has("loss")).toList();
  }
}
