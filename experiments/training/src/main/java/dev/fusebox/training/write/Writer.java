package dev.fusebox.training.write;

import dev.fusebox.t5.T5Model;
import dev.fusebox.training.batch.Batch;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.DecodingSettings;
import java.util.List;

/** Turns questions into tokens, as long as the weights stay what they are. */
public sealed interface Writer extends AutoCloseable permits FreeWriter, ForcedWriter {

  /**
   * A writer.
   *
   * @param maxTokens longest text, where it is written freely
   * @param seed of sampling
   */
  static Writer of(T5Model model, DecodingSettings decoding, int maxTokens, long seed) {
    return decoding.mode() == DecodingMode.TEACHER_FORCED
        ? new ForcedWriter(model)
        : new FreeWriter(model, decoding, maxTokens, seed);
  }

  /** What the model writes for each question, in their order; padding and end marks may follow. */
  List<int[]> write(Batch batch);

  @Override
  void close();
}
