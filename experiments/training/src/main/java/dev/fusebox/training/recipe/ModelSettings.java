package dev.fusebox.training.recipe;

import java.nio.file.Path;
import java.util.List;
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
 */
public record ModelSettings(
    Optional<Path> checkpoint,
    ModelShape shape,
    Optional<Path> tokenizer,
    VocabularyChoice vocabulary,
    List<String> frozen) {

  public ModelSettings {
    Rules.require(
        vocabulary == VocabularyChoice.ALL || checkpoint.isEmpty(),
        "vocabulary must be all where there is a checkpoint, which knows all of its tokenizer's"
            + " pieces, found used");
  }
}
