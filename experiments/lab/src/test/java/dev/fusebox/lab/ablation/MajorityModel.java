package dev.fusebox.lab.ablation;

import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.StageTrainer;
import dev.fusebox.training.task.TokenCount;
import dev.fusebox.training.task.TrainingTask;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The smallest model that learns: it writes the target it saw most often. It learns in ten steps,
 * keeps count of them in its directory, and goes on from there.
 */
final class MajorityModel implements StageTrainer, StagePredictor {

  static final int STEPS = 10;

  /** Every task that was trained, in order; what a test may look at. */
  final List<TrainingTask> trained = Collections.synchronizedList(new ArrayList<>());

  /** Every task that was predicted. */
  final List<PredictionTask> predicted = Collections.synchronizedList(new ArrayList<>());

  /** Steps that were really taken. */
  int steps;

  @Override
  public TokenCount train(TrainingTask task, Path directory, StageProgress progress)
      throws IOException {
    if (task.training().optimizer().learningRate() == 8) {
      throw new AssertionError("names\n  first\n  second", new StackOverflowError());
    }
    if (task.training().optimizer().learningRate() > 1) {
      throw new IllegalStateException("loss is NaN at step 3");
    }
    trained.add(task);
    Path state = directory.resolve("state.txt");
    int done = Files.exists(state) ? Integer.parseInt(Files.readString(state)) : 0;
    for (; done < STEPS; done++) {
      if (progress.cancelled()) {
        Files.writeString(state, "" + done);
        throw new StageCancelled();
      }
      steps++;
      progress.at(done + 1, STEPS);
      progress.say("loss " + (STEPS - done));
    }
    Files.deleteIfExists(state);
    Path checkpoint = Files.createDirectories(directory.resolve(CHECKPOINT));
    Files.writeString(checkpoint.resolve("majority.txt"), majority(task.train()));
    Files.writeString(directory.resolve("metrics.jsonl"), "{\"step\":" + STEPS + "}\n");
    return new TokenCount(75, 100, 0);
  }

  private static String majority(List<Example> examples) {
    return examples.stream()
        .map(Example::targetText)
        .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            java.util.Map.Entry.<String, Long>comparingByValue()
                .thenComparing(java.util.Map.Entry.comparingByKey()))
        .orElseThrow()
        .getKey();
  }

  @Override
  public Predicted predict(PredictionTask task, StageProgress progress) throws IOException {
    predicted.add(task);
    String text = Files.readString(task.checkpoint().resolve("majority.txt"));
    return new Predicted(
        task.examples().stream()
            .map(example -> new Prediction(example.id(), text, example.targetText()))
            .toList(),
        List.of());
  }
}
