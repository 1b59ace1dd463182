package dev.fusebox.cli;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The arguments of every command that reads questions. */
final class DataArguments {

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description = "Data in the layout of ScienceQA or A-OKVQA.")
  private Path data;

  /** The directory as it was named. */
  Path path() {
    return data;
  }

  /** The questions there. */
  Dataset open() throws IOException {
    return Datasets.open(data);
  }
}
