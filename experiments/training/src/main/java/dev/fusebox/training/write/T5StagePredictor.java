package dev.fusebox.training.write;

import ai.djl.Device;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.generate.WeightPrecision;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.tensor.Precision;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.model.ModelWeights;
import dev.fusebox.training.model.ShownQuestions;
import dev.fusebox.training.task.AttentionMap;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageCancelled;
import dev.fusebox.training.task.StagePredictor;
import dev.fusebox.training.task.StageProgress;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** Lets a trained T5 write, questions of like length together. */
public final class T5StagePredictor implements StagePredictor {

  private final FusionCatalogue catalogue;
  private final Supplier<Device> device;
  private final FileHashes hashes;

  /** A predictor that computes on {@code device}, asked for at each stage. */
  public T5StagePredictor(FusionCatalogue catalogue, Supplier<Device> device) {
    this(catalogue, device, FileHashes.ofThisProcess());
  }

  /**
   * A predictor that computes on {@code device}, asked for at each stage.
   *
   * @param hashes of the files of base models
   */
  public T5StagePredictor(FusionCatalogue catalogue, Supplier<Device> device, FileHashes hashes) {
    this.catalogue = catalogue;
    this.device = device;
    this.hashes = hashes;
  }

  @Override
  public Predicted predict(PredictionTask task, StageProgress progress) throws IOException {
    try (OpenedStage stage = open(task, hashes)) {
      return stage.predict(task, progress);
    }
  }

  /**
   * Opens the model of a task, to be asked more than once. Of the pictures only the width counts,
   * and the examples are not looked at.
   *
   * @param hashes of the files of its base model, if it has one
   */
  public OpenedStage open(PredictionTask task, FileHashes hashes) throws IOException {
    Device found = device.get();
    refuseBytesOn(found, task.decoding().weights());
    T5Config config = T5Config.read(task.checkpoint().resolve(Checkpoint.CONFIG));
    Tokenizer tokenizer = Tokenizers.open(task.tokenizer());
    LoadedModel loaded =
        LoadedModel.open(
            config,
            ModelWeights.stored(task.checkpoint(), hashes),
            task.fusion(),
            task.pictures(),
            catalogue,
            found,
            Precision.FLOAT32,
            task.seed());
    try {
      loaded.checkFit(true);
      return new OpenedStage(loaded, tokenizer);
    } catch (RuntimeException e) {
      loaded.close();
      throw e;
    }
  }

  private static void refuseBytesOn(Device device, WeightPrecision weights) {
    if (weights == WeightPrecision.INT8 && device.isGpu()) {
      throw new UserError(
          "decoding.weights must be float32 or bfloat16 on a GPU, found int8, which is for the CPU: device = cpu");
    }
  }

  static Predicted predict(
      PredictionTask task, LoadedModel loaded, Tokenizer tokenizer, StageProgress progress) {
    Optional<Integer> counted =
        task.countPadding() ? Optional.of(task.maxTokens()) : Optional.empty();
    BatchMaker maker = new BatchMaker(loaded.model().config(), task.pictures(), counted);
    return task.decoding().mode().ranks()
        ? ranked(task, loaded.model(), maker.withOptions(true), tokenizer, progress)
        : written(task, loaded.model(), maker, tokenizer, progress);
  }

  private static Predicted written(
      PredictionTask task,
      T5Model model,
      BatchMaker maker,
      Tokenizer tokenizer,
      StageProgress progress) {
    List<int[]> texts;
    try (Writer writer = Writer.of(model, task.decoding(), task.maxTokens(), task.seed())) {
      texts = inBatches(task, maker, writer::write, progress);
    }
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      Example example = task.examples().get(i);
      predictions.add(
          new Prediction(
              example.id(),
              tokenizer.decode(texts.get(i)),
              tokenizer.decode(example.target()))); // as the model could have written it
    }
    return new Predicted(predictions, attention(task, model, tokenizer, texts));
  }

  /** Where options are ranked, the answer is named by its letter, whatever the options' texts. */
  private static Predicted ranked(
      PredictionTask task,
      T5Model model,
      BatchMaker maker,
      Tokenizer tokenizer,
      StageProgress progress) {
    OptionRanker ranker = new OptionRanker(model, task.decoding().mode());
    List<double[]> found = inBatches(task, maker, ranker::rank, progress);
    List<Prediction> predictions = new ArrayList<>();
    List<OptionProbabilities> options = new ArrayList<>();
    List<int[]> texts = new ArrayList<>();
    for (int i = 0; i < found.size(); i++) {
      Example example = task.examples().get(i);
      Example.Options given = example.options().orElseThrow();
      int best = OptionRanker.best(found.get(i));
      predictions.add(
          new Prediction(
              example.id(), AnswerPattern.naming(best), AnswerPattern.naming(given.right())));
      options.add(
          new OptionProbabilities(
              example.id(), Arrays.stream(found.get(i)).boxed().toList(), given.right()));
      texts.add(given.texts().get(best));
    }
    return new Predicted(predictions, attention(task, model, tokenizer, texts), options);
  }

  private static List<AttentionMap> attention(
      PredictionTask task, T5Model model, Tokenizer tokenizer, List<int[]> texts) {
    List<Example> examples = task.examples();
    List<Example> shown = ShownQuestions.of(examples, task.pictures(), AttentionWatch.QUESTIONS);
    List<int[]> written = shown.stream().map(each -> texts.get(examples.indexOf(each))).toList();
    BatchMaker unpadded = new BatchMaker(model.config(), task.pictures(), Optional.empty());
    return new AttentionWatch(model, unpadded, tokenizer).of(shown, written);
  }

  /** What is found for each example, in their order; questions of like length go together. */
  private static <F> List<F> inBatches(
      PredictionTask task,
      BatchMaker maker,
      Function<Batch, List<F>> answer,
      StageProgress progress) {
    List<Example> examples = task.examples();
    int[] order = byLength(examples);
    List<F> all = new ArrayList<>(Collections.nCopies(order.length, null));
    int batch = task.decoding().batch();
    progress.at(0, order.length);
    for (int from = 0; from < order.length; from += batch) {
      if (progress.cancelled()) {
        throw new StageCancelled();
      }
      int[] rows = Arrays.copyOfRange(order, from, Math.min(from + batch, order.length));
      List<F> together =
          answer.apply(maker.make(Arrays.stream(rows).mapToObj(examples::get).toList()));
      for (int i = 0; i < rows.length; i++) {
        all.set(rows[i], together.get(i));
      }
      progress.at(from + rows.length, order.length);
    }
    return List.copyOf(all);
  }

  private static int[] byLength(List<Example> examples) {
    return IntStream.range(0, examples.size())
        .boxed()
        .sorted(Comparator.comparingInt(i -> examples.get(i).source().length))
        .mapToInt(i -> i)
        .toArray();
  }
}
