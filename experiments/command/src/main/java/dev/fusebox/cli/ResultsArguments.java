package dev.fusebox.cli;

import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.ablation.ResultsRoot;
import dev.fusebox.results.report.ResultsCheck;
import dev.fusebox.results.report.ResultsFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The arguments of every command that shows results. */
final class ResultsArguments {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Where the questions are now, if they were moved since the runs were made.")
  private Path data;

  @Mixin private VerifyArgument verify;

  /** Opens an experiment's folder, if all in it is as it was finished. */
  ResultsFolder open(Path folder) throws IOException {
    Path parent = folder.toAbsolutePath().normalize().getParent();
    ResultsRoot root = new ResultsRoot(parent == null ? folder : parent);
    FileHashes hashes = new FileHashes(root.hashes(), verify.asked());
    return ResultsFolder.open(folder, new ResultsCheck(hashes), Optional.ofNullable(data));
  }
}
