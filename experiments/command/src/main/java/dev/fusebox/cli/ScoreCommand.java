package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Grader.Unreadable;
import dev.fusebox.results.leak.Leaks;
import dev.fusebox.results.report.ScoreJson;
import dev.fusebox.results.report.ScoreSheet;
import dev.fusebox.results.score.AnswerFile;
import dev.fusebox.results.score.Score;
import dev.fusebox.results.score.SentenceSimilarity;
import dev.fusebox.results.table.TerminalTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox score}: the scores of files of answers. */
@Command(
    name = "score",
    mixinStandardHelpOptions = true,
    description = {
      "Score answer files; compare two or more.",
      "Files from mm-cot, GPT-3-style results, or our own; pairs get a paired test over the questions."
    },
    footer = {
      "",
      "Example:",
      "  fusebox score --data ../shared/data/scienceqa predictions_ans_test.json"
    })
public final class ScoreCommand implements Callable<Integer> {

  @Mixin private DataArguments data;

  @Option(
      names = "--split",
      defaultValue = "test",
      paramLabel = "NAME",
      description = "The split that was answered (default: ${DEFAULT-VALUE}).")
  private String split;

  @Option(
      names = "--train",
      defaultValue = "train",
      paramLabel = "NAME",
      description = {
        "The training split (default: ${DEFAULT-VALUE}): questions that are near-duplicates of its",
        "questions are counted, and accuracy is given without them, too."
      })
  private String train;

  @Option(
      names = "--random-unreadable",
      paramLabel = "SEED",
      description =
          "Replace an unreadable answer by one of five options at random, as mm-cot's final score does; by default it is wrong.")
  private Long seed;

  @Option(
      names = "--answers",
      defaultValue = "sentence",
      paramLabel = "FORM",
      description = {
        "How to find the answer in a text (default: ${DEFAULT-VALUE}):",
        "  sentence  The answer is (B). exactly once, as mm-cot reads it",
        "  letter    B, (b) or B. a duck",
        "  text      the text of the option",
        "  or a regular expression whose one group is a letter or the text of an option, such as"
            + " 'answer: ([A-E])'"
      })
  private String answers;

  @Mixin private SimilarityArguments similarity;

  @Option(names = "--json", description = "Print JSON instead of tables.")
  private boolean json;

  @Parameters(
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "mm-cot's predictions (preds, labels), result files of GPT-3 on ScienceQA (results), an"
              + " object of ids and answers, lines of id and text as in predictions.jsonl, or CSV"
              + " with columns id and answer.")
  private List<Path> files;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    Grader grader = grader();
    Dataset dataset = data.open();
    List<Score> scores =
        similarity.during(Optional.empty(), model -> scores(dataset, grader, model));
    ScoreSheet sheet =
        new ScoreSheet(
            data.path() + " " + split,
            dataset.categories(),
            dataset.split(split),
            scores,
            leaks(dataset));
    PrintWriter out = command.commandLine().getOut();
    out.println(json ? ScoreJson.render(sheet) : text(sheet));
    out.flush();
    return 0;
  }

  private List<Score> scores(Dataset dataset, Grader grader, Optional<SentenceSimilarity> model)
      throws IOException {
    List<Score> scores = new ArrayList<>();
    for (Path file : files) {
      scores.add(Score.of(AnswerFile.read(file), dataset, split, grader, model));
    }
    return scores;
  }

  /** Where the training split is not at hand, nobody can tell. */
  private Leaks leaks(Dataset dataset) throws IOException {
    return split.equals(train) || !dataset.splits().contains(train)
        ? Leaks.NONE
        : Leaks.of(dataset.split(train), dataset.split(split), data.path());
  }

  private Grader grader() {
    return seed == null
        ? new Grader(Unreadable.WRONG, 0, form())
        : new Grader(Unreadable.RANDOM_OF_FIVE, seed, form());
  }

  private AnswerForm form() {
    try {
      return AnswerForm.parse(answers);
    } catch (IllegalArgumentException e) {
      throw new UserError("--answers: " + e.getMessage(), e);
    }
  }

  private static String text(ScoreSheet sheet) {
    return sheet.tables().stream().map(TerminalTable::render).collect(Collectors.joining("\n"));
  }
}
