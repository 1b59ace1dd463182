package dev.fusebox.experiments.train;

import java.util.List;

/** Turns questions into tokens. */
sealed interface Writer extends AutoCloseable permits FreeWriter, ForcedWriter {

  /** What the model writes for each question, in their order; padding and end marks may follow. */
  List<int[]> write(Batch batch);

  @Override
  void close();
}
