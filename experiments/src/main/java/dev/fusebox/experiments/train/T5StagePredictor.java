package dev.fusebox.experiments.train;

import ai.djl.Device;
import dev.fusebox.experiments.evaluate.Prediction;
import dev.fusebox.experiments.fusion.FusionCatalogue;
import dev.fusebox.experiments.pipeline.Example;
import dev.fusebox.experiments.pipeline.PredictionTask;
import dev.fusebox.experiments.pipeline.StageCancelled;
import dev.fusebox.experiments.pipeline.StagePredictor;
import dev.fusebox.experiments.pipeline.StageProgress;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.t5.weights.Checkpoint;
import dev.fusebox.tensor.Precision;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Lets a trained T5 write, questions of like length together. */
public final class T5StagePredictor implements StagePredictor {

  private final FusionCatalogue catalogue;
  private final Device device;

  /** A predictor that computes on {@code device}. */
  public T5StagePredictor(FusionCatalogue catalogue, Device device) {
    this.catalogue = catalogue;
    this.device = device;
  }

  @Override
  public List<Prediction> predict(PredictionTask task, StageProgress progress) throws IOException {
    T5Config config = T5Config.read(task.checkpoint().resolve(Checkpoint.CONFIG));
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    try (LoadedModel loaded =
        LoadedModel.open(
            config,
            Optional.of(task.checkpoint()),
            task.fusion(),
            task.pictures(),
            catalogue,
            device,
            Precision.FLOAT32,
            task.seed())) {
      loaded.checkFit(task.checkpoint(), false);
      BatchMaker maker = new BatchMaker(config, task.pictures(), false);
      try (Writer writer =
          Writer.of(loaded.model(), task.decoding(), task.maxTokens(), task.seed())) {
        return predict(task, tokenizer, maker, writer, progress);
      }
    }
  }

  private static List<Prediction> predict(
      PredictionTask task,
      Tokenizer tokenizer,
      BatchMaker maker,
      Writer writer,
      StageProgress progress) {
    List<Example> examples = task.examples();
    int[] order = byLength(examples);
    Prediction[] predictions = new Prediction[order.length];
    int batch = task.decoding().batch();
    for (int from = 0; from < order.length; from += batch) {
      if (progress.cancelled()) {
        throw new StageCancelled();
      }
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
      List<Example> together = Arrays.stream(rows).mapToObj(examples::get).toList();
      List<int[]> texts = writer.write(maker.make(together));
      for (int i = 0; i < rows.length; i++) {
        Example example = together.get(i);
        predictions[rows[i]] =
            new Prediction(example.id(), tokenizer.decode(texts.get(i)), example.targetText());
      }
      progress.at(Math.min(from + batch, order.length), order.length);
    }
    return List.of(predictions);
  }

  private static int[] byLength(List<Example> examples) {
    return IntStream.range(0, examples.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> examples.get(i).source().length))
        .mapToInt(i -> i)
        .toArray();
  }
}
