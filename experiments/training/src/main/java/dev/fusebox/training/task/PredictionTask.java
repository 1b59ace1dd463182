package dev.fusebox.training.task;

import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.DecodingSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a trained stage has to write.
 *
 * @param checkpoint directory that {@link StageTrainer} left
 * @param tokenizer file of the tokenizer
 * @param fusion as it was trained
 * @param pictures the vectors of each question's picture; empty where the stage sees none
 * @param examples to answer; their targets are read in teacher-forced mode only
 * @param decoding how to write
 * @param maxTokens longest output
 * @param countPadding whether the stage learned to write the padding behind a target too, so that a
 *     text in teacher-forced mode goes on to the longest output
 * @param seed of sampling
 */
public record PredictionTask(
    Path checkpoint,
    Path tokenizer,
    FusionSettings fusion,
    Optional<PictureFeatures> pictures,
    List<Example> examples,
    DecodingSettings decoding,
    int maxTokens,
    boolean countPadding,
    long seed) {

  /** The same for other examples and pictures. */
  public PredictionTask asking(List<Example> others, Optional<PictureFeatures> shown) {
    return new PredictionTask(
        checkpoint, tokenizer, fusion, shown, others, decoding, maxTokens, countPadding, seed);
  }
}
