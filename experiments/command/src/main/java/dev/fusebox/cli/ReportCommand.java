package dev.fusebox.cli;

import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ReportPage;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.table.Table;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox report}: an experiment as one HTML file. */
@Command(
    name = "report",
    mixinStandardHelpOptions = true,
    description = {
      "Write an experiment's results as one HTML file.",
      "It needs no network: scores, learning curves, examples, and the provenance of each number."
    },
    footer = {"", "Example:", "  fusebox report results/quickstart"})
public final class ReportCommand implements Callable<Integer> {

  @Parameters(paramLabel = "DIR", description = "The experiment's results folder.")
  private Path folder;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Where to write it (default: report.html in the folder).")
  private Path file;

  @Option(
      names = "--clean",
      description = "Leave out test questions that are near-duplicates of training questions.")
  private boolean clean;

  @Option(
      names = "--collected",
      paramLabel = "DIR",
      description = {
        "Show the accuracy of its runs on the questions that fusebox serve has kept there,",
        "by kind of change."
      })
  private Path collected;

  @Mixin private ResultsArguments arguments;

  @Mixin private SimilarityArguments similarity;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ResultsFolder experiment = arguments.open(folder);
    Report report = clean ? experiment.report().clean() : experiment.report();
    List<Table> more =
        collected == null
            ? List.of()
            : List.of(experiment.collected(new CollectedFolder(collected)));
    String page =
        similarity.during(
            experiment.sentenceTransformer(), model -> ReportPage.render(report, model, more));
    Path target = file == null ? folder.resolve("report.html") : file;
    WholeFile.write(target, output -> output.write(page.getBytes(StandardCharsets.UTF_8)));
    PrintWriter out = command.commandLine().getOut();
    out.println(target.toAbsolutePath().normalize().toUri());
    out.flush();
    return 0;
  }
}
