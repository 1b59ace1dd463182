package dev.fusebox.training.write;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.batch.BatchMaker;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.model.EncodedBatch;
import dev.fusebox.training.model.LoadedModel;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageProgress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A trained stage with its weights in memory, as long as it is not closed. Not for threads. */
public final class OpenedStage implements AutoCloseable {

  private final LoadedModel loaded;
  private final Tokenizer tokenizer;

  OpenedStage(LoadedModel loaded, Tokenizer tokenizer) {
    this.loaded = loaded;
    this.tokenizer = tokenizer;
  }

  /** What its texts are made of. */
  public Tokenizer tokenizer() {
    return tokenizer;
  }

  /**
   * Writes for each example, or ranks its options.
   *
   * @param task of the same model
   */
  public Predicted predict(PredictionTask task, StageProgress progress) {
    return T5StagePredictor.predict(task, loaded, tokenizer, progress);
  }

  /**
   * How probable the options of an example are among them all, whatever the stage's own way to
   * answer.
   *
   * @param mode one that {@linkplain DecodingMode#ranks ranks}
   */
  public List<Double> probabilities(
      Example example, Optional<PictureFeatures> pictures, DecodingMode mode) {
    Batch batch = maker(pictures).withOptions(true).make(List.of(example));
    double[] found = new OptionRanker(loaded.model(), mode).rank(batch).get(0);
    return Arrays.stream(found).boxed().toList();
  }

  /** The fusion's gates by name while it reads an example; empty where it has none. */
  public Map<String, Double> gates(Example example, Optional<PictureFeatures> pictures) {
    return EncodedBatch.gates(loaded.model(), maker(pictures).make(List.of(example)));
  }

  private BatchMaker maker(Optional<PictureFeatures> pictures) {
    return new BatchMaker(loaded.model().config(), pictures, Optional.empty());
  }

  @Override
  public void close() {
    loaded.close();
  }
}
