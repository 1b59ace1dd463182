package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.results.paper.PaperExperiment;
import dev.fusebox.results.paper.PaperTables;
import dev.fusebox.results.report.CostTable;
import dev.fusebox.results.report.Meanwhile;
import dev.fusebox.results.report.RationaleTable;
import dev.fusebox.results.report.Report;
import dev.fusebox.results.report.ResultsFolder;
import dev.fusebox.results.report.VarianceTable;
import dev.fusebox.results.table.CsvTable;
import dev.fusebox.results.table.LatexTable;
import dev.fusebox.results.table.MarkdownTable;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TerminalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox table}: results as a table, ours beside the published ones. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    description = {
      "Print the table of an experiment, or a published one.",
      "With paper/NAME, our results of that config next to the published numbers."
    },
    footer = {"", "Example:", "  fusebox table paper/main"})
public final class TableCommand implements Callable<Integer> {

  /** How a table is written. */
  enum Format {
    TERMINAL(TerminalTable::render),
    MARKDOWN(MarkdownTable::render),
    LATEX(LatexTable::render),
    CSV(CsvTable::render);

    @SuppressWarnings("ImmutableEnumChecker") // method references without state
    private final Function<Table, String> renderer;

    Format(Function<Table, String> renderer) {
      this.renderer = renderer;
    }
  }

  private static final String PAPER = "paper/";

  @Parameters(
      paramLabel = "WHAT",
      description =
          "A results folder, paper/NAME, the id of a published table, or paper for a list.")
  private String what;

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "DIR",
      description = "Where results are (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--format",
      defaultValue = "TERMINAL",
      description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
  private Format format;

  @Option(
      names = "--cost",
      description = "Also the cost of each variant: trainable parameters, time, time per step.")
  private boolean cost;

  @Option(
      names = "--variance",
      description = "Also the variance due to variants, draws, seeds and test questions.")
  private boolean variance;

  @Option(
      names = "--clean",
      description = "Leave out test questions that are near-duplicates of training questions.")
  private boolean clean;

  @Mixin private ResultsArguments arguments;

  @Mixin private SimilarityArguments similarity;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    PrintWriter out = command.commandLine().getOut();
    if (what.equals("paper")) {
      PaperExperiment.names().forEach(name -> out.println(PAPER + name));
      PaperTables.ids().forEach(out::println);
    } else {
      out.print(String.join("\n", tables().stream().map(format.renderer).toList()));
    }
    out.flush();
    return 0;
  }

  private List<Table> tables() throws IOException {
    if (what.startsWith(PAPER)) {
      return paper(what.substring(PAPER.length()));
    }
    if (isPublished()) {
      return List.of(PaperTables.table(what));
    }
    Path folder = Files.isDirectory(Path.of(what)) ? Path.of(what) : results.resolve(what);
    ResultsFolder experiment = arguments.open(folder);
    Report report = clean ? experiment.report().clean() : experiment.report();
    Meanwhile<Optional<Table>> rationales =
        Meanwhile.of(
            () ->
                similarity.during(
                    experiment.sentenceTransformer(), model -> RationaleTable.of(report, model)));
    List<Table> tables = new ArrayList<>(List.of(report.table()));
    rationales.brought().ifPresent(tables::add);
    tables.addAll(report.tests());
    if (variance) {
      tables.add(VarianceTable.of(report).orElseThrow(() -> noVariance(folder)));
    }
    if (cost) {
      tables.add(CostTable.of(report).orElseThrow(() -> noCosts(folder)));
    }
    return tables;
  }

  /** An id is no path, which spares most tables of results a look at the published ones. */
  private boolean isPublished() {
    return !what.contains("/") && PaperTables.ids().contains(what);
  }

  private static UserError noVariance(Path folder) {
    return new UserError(
        folder
            + ": --variance needs at least two variants with at least two seeds or draws each, and the same number of them for all");
  }

  private static UserError noCosts(Path folder) {
    return new UserError(folder + ": no run has recorded its cost; runs of this version do");
  }

  private List<Table> paper(String name) throws IOException {
    PaperExperiment paper = PaperExperiment.of(name);
    List<Table> tables = new ArrayList<>();
    Optional<Path> folder =
        Stream.of(results.resolve("paper").resolve(name), results.resolve(name))
            .filter(ExperimentRecord::isIn)
            .findFirst();
    if (folder.isPresent()) {
      Report report = arguments.open(folder.get()).report();
      tables.add(paper.beside(clean ? report.clean() : report));
    }
    tables.addAll(paper.published());
    return tables;
  }
}
