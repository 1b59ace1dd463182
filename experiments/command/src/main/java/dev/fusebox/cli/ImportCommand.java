package dev.fusebox.cli;

import dev.fusebox.parquet.ParquetImport;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox import}: a published data set in parquet files becomes a data directory. */
@Command(
    name = "import",
    mixinStandardHelpOptions = true,
    hidden =
        true, // once per data set: docs/your-data.md and doctor name it, the help fits a screen
    description = {
      "Extract a data set from parquet files, with its pictures, into a data directory.",
      "ScienceQA, A-OKVQA and M3CoT as on Hugging Face; nothing is downloaded."
    },
    footer = {"", "Example:", "  fusebox import ScienceQA/data --out data/scienceqa"})
public final class ImportCommand implements Callable<Integer> {

  @Parameters(
      paramLabel = "DIR",
      description = "Where the files are: train-00000-of-00001.parquet and so on.")
  private Path source;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "DIR",
      description = "The data directory to create; it must not exist yet.")
  private Path target;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ParquetImport.Imported imported = ParquetImport.run(source, target);
    String splits =
        imported.questions().entrySet().stream()
            .map(split -> "%s %,d".formatted(split.getKey(), split.getValue()))
            .collect(Collectors.joining(", "));
    PrintWriter out = command.commandLine().getOut();
    out.printf(
        "%s: %s; %,d pictures, in %s%n", imported.set(), splits, imported.pictures(), target);
    out.flush();
    return ExitStatus.DONE;
  }
}
