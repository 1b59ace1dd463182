package dev.fusebox.cli;

import dev.fusebox.progress.WorkLine;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.similarity.SentenceTransformer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/** The model that tells how near texts are in meaning, of every command that scores texts. */
final class SimilarityArguments {

  @Option(
      names = "--sentence-transformer",
      paramLabel = "DIR",
      description =
          "Also score semantic similarity, with the sentence-transformer in DIR: all-MiniLM-L6-v2 in mm-cot.")
  private Path directory;

  /** What is done with the model, if there is one. */
  @FunctionalInterface
  interface Work<T> {
    T with(Optional<SentenceSimilarity> similarity) throws IOException;
  }

  /** Opens the model of the command line, else the recorded one, for as long as the work takes. */
  <T> T during(Optional<Path> recorded, Work<T> work) throws IOException {
    Optional<Path> chosen = Optional.ofNullable(directory).or(() -> recorded);
    if (chosen.isEmpty()) {
      return work.with(Optional.empty());
    }
    try (WorkLine line = WorkLine.of("similarity");
        SentenceTransformer model = SentenceTransformer.open(chosen.get(), line::at)) {
      return work.with(Optional.of(model));
    }
  }
}
