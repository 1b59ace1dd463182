package dev.fusebox.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.SplitNames;
import dev.fusebox.results.survey.DataSurvey;
import dev.fusebox.results.survey.Ruler;
import dev.fusebox.results.survey.SurveyTables;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.t5.tokenize.Tokenizers;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox data-report}. */
@Command(
    name = "data-report",
    description = {
      "Analyse a data set: what a score on it means.",
      "Sizes, lengths, leakage between splits, and trivial baselines."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example: fusebox data-report --data DIR --tokenizer CHECKPOINT"})
public final class DataReportCommand implements Callable<Integer> {

  private static final String VALIDATION = "val";

  @Mixin private DataArguments data;

  @Option(
      names = "--tokenizer",
      paramLabel = "PATH",
      description = "Count tokens with this tokenizer or checkpoint; words by default.")
  private Optional<Path> tokenizer = Optional.empty();

  @Option(
      names = "--limit",
      defaultValue = "512",
      paramLabel = "N",
      description = "Texts longer than this count as truncated; default: ${DEFAULT-VALUE}.")
  private int limit;

  @Option(
      names = "--train",
      defaultValue = "train",
      paramLabel = "NAME",
      description = "The training split; default: ${DEFAULT-VALUE}.")
  private String train;

  @Option(
      names = "--test",
      defaultValue = "test",
      paramLabel = "NAME",
      description = "The test split; default: ${DEFAULT-VALUE}.")
  private String test;

  @Option(
      names = "--validation",
      paramLabel = "NAME",
      description =
          "The validation split, which must share no question with the others; default: val, if there is one.")
  private Optional<String> validation = Optional.empty();

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Ruler ruler =
        tokenizer.isPresent() ? Ruler.tokens(Tokenizers.open(tokenizer.get())) : Ruler.words();
    Dataset dataset = data.open();
    DataSurvey survey = DataSurvey.of(dataset, data.path(), splits(dataset), ruler, limit);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? json(survey) : text(survey));
    out.flush();
    return 0;
  }

  /** Data without a validation split are validated on none. */
  private SplitNames splits(Dataset dataset) {
    String usual = dataset.splits().contains(VALIDATION) ? VALIDATION : train;
    return new SplitNames(train, validation.orElse(usual), test);
  }

  private static String json(DataSurvey survey) throws JsonProcessingException {
    return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(survey)
        + "\n";
  }

  private static String text(DataSurvey survey) {
    return new SurveyTables(survey)
        .tables().stream().map(TerminalTable::render).collect(Collectors.joining("\n"));
  }
}
