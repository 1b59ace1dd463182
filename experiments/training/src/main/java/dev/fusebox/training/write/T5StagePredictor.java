package dev.fusebox.training.write;

import ai.djl.Device;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ShownQuestions;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets a trained T5 write, questions of like length together. */
public final class T5StagePredictor implements StagePredictor {

  private final FusionCatalogue catalogue;
  private final Supplier<Device> device;

  /** A predictor that computes on {@code device}, asked for at each stage. */
  public T5StagePredictor(FusionCatalogue catalogue, Supplier<Device> device) {
    this.catalogue = catalogue;
    this.device = device;
  }

  @Override
  public Predicted predict(PredictionTask task, StageProgress progress) throws IOException {
    T5Config config = T5Config.read(task.checkpoint().resolve(Checkpoint.CONFIG));
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    try (LoadedModel loaded =
        LoadedModel.open(
            config,
            Optional.of(task.checkpoint()),
            task.fusion(),
            task.pictures(),
            catalogue,
            device.get(),
            Precision.FLOAT32,
            task.seed())) {
      loaded.checkFit(task.checkpoint(), false);
      return predict(task, loaded, tokenizer, progress);
    }
  }

  private static Predicted predict(
      PredictionTask task, LoadedModel loaded, Tokenizer tokenizer, StageProgress progress) {
    T5Config config = loaded.model().config();
    Optional<Integer> counted =
        task.countPadding() ? Optional.of(task.maxTokens()) : Optional.empty();
    BatchMaker maker = new BatchMaker(config, task.pictures(), counted);
    List<int[]> texts;
    try (Writer writer =
        Writer.of(loaded.model(), task.decoding(), task.maxTokens(), task.seed())) {
      texts = write(task, maker, writer, progress);
    }
    List<Example> examples = task.examples();
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Example example = examples.get(i);
      predictions.add(
          new Prediction(
              example.id(),
              tokenizer.decode(texts.get(i)),
              tokenizer.decode(example.target()))); // as the model could have written it
    }
    List<Example> shown = ShownQuestions.of(examples, task.pictures(), AttentionWatch.QUESTIONS);
    List<int[]> written = shown.stream().map(each -> texts.get(examples.indexOf(each))).toList();
    BatchMaker unpadded = new BatchMaker(config, task.pictures(), Optional.empty());
    AttentionWatch watch = new AttentionWatch(loaded.model(), unpadded, tokenizer);
    return new Predicted(predictions, watch.of(shown, written));
  }

  /** The tokens written for each example, in their order. */
  private static List<int[]> write(
      PredictionTask task, BatchMaker maker, Writer writer, StageProgress progress) {
    List<Example> examples = task.examples();
    int[] order = byLength(examples);
    int[][] texts = new int[order.length][];
    int batch = task.decoding().batch();
    progress.at(0, order.length);
    for (int from = 0; from < order.length; from += batch) {
      if (progress.cancelled()) {
        throw new StageCancelled();
      }
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
      List<int[]> together =
          writer.write(maker.make(Arrays.stream(rows).mapToObj(examples::get).toList()));
      for (int i = 0; i < rows.length; i++) {
        texts[rows[i]] = together.get(i);
      }
      progress.at(from + rows.length, order.length);
    }
    return List.of(texts);
  }

  private static int[] byLength(List<Example> examples) {
    return IntStream.range(0, examples.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> examples.get(i).source().length))
        .mapToInt(i -> i)
        .toArray();
  }
}
