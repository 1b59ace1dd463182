package dev.fusebox.training.recipe;

import dev.fusebox.t5.tune.Tuning;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code model}: the language model.
 *
 * @param checkpoint directory as Hugging Face lays it out; without it the model starts from {@code
 *     shape} with fresh weights
 * @param shape the model's size where there is no checkpoint
 * @param tokenizer {@code tokenizer.json} or {@code spiece.model}, or the directory of one; without
 *     it the checkpoint's, else the data directory's
 * @param vocabulary which of the tokenizer's pieces a fresh model knows
 * @param frozen patterns of parameter names that are not trained; {@code *} stands for any text
 * @param tune what of the language model is trained
 * @param frozenWeights what the language model's weights are held in where it stays as it is
 */
public record ModelSettings(
    Optional<Path> checkpoint,
    ModelShape shape,
    Optional<Path> tokenizer,
    VocabularyChoice vocabulary,
    List<String> frozen,
    Tuning tune,
    FrozenWeights frozenWeights) {

  public ModelSettings {
    Rules.require(
        vocabulary == VocabularyChoice.ALL || checkpoint.isEmpty(),
        "vocabulary must be all where there is a checkpoint, which knows all of its tokenizer's"
            + " pieces, found used");
    Rules.require(
        frozenWeights == FrozenWeights.FLOAT32 || tune.keepsBase(),
        "frozenWeights must be float32 where tune.method = all trains the weights themselves, found "
            + frozenWeights.name().toLowerCase(Locale.ROOT));
  }

  /** A model of which everything is trained but what is {@code frozen}. */
  public ModelSettings(
      Optional<Path> checkpoint,
      ModelShape shape,
      Optional<Path> tokenizer,
      VocabularyChoice vocabulary,
      List<String> frozen) {
    this(checkpoint, shape, tokenizer, vocabulary, frozen, new Tuning.All(), FrozenWeights.FLOAT32);
  }
}
