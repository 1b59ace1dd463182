package dev.fusebox.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.ask.Answer;
import dev.fusebox.ask.AnswerJson;
import dev.fusebox.ask.AnswerSheet;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.ask.OpenedRuns;
import dev.fusebox.ask.collect.CollectedQuestion;
import dev.fusebox.ask.collect.CollectedQuestions;
import dev.fusebox.file.UserError;
import dev.fusebox.progress.ProgressView;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.results.report.CollectedTable;
import dev.fusebox.results.table.Table;
import dev.fusebox.results.table.TableJson;
import dev.fusebox.results.table.TerminalTable;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox ask}: a question to trained runs. */
@Command(
    name = "ask",
    mixinStandardHelpOptions = true,
    description = {
      "Ask trained runs a question.",
      "A question of the data, a changed one, or your own; see docs/asking.md."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fusebox ask results/quickstart --question 1",
      "  fusebox ask results/quickstart --text \"Is it red?\" --options \"yes | no\""
    })
public final class AskCommand implements Callable<Integer> {

  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");

  @Mixin private AskedArguments asked;

  @Mixin private QuestionArguments question;

  @Option(names = "--json", description = "Print one line of JSON for each question.")
  private boolean json;

  @Option(
      names = "--interactive",
      description =
          "Answer lines from standard input: a question id, or options as above, quoted if they contain spaces; what a line does not set stays as it was.")
  private boolean interactive;

  @Option(
      names = "--collected",
      paramLabel = "DIR",
      description =
          "Ask every question that fusebox serve has kept there, store the answers, and print the accuracy of each run.")
  private Path collected;

  @Spec private CommandSpec command;

  private Optional<Asking> before = Optional.empty();

  @Override
  public Integer call() throws IOException {
    if (!interactive && !question.asks() && collected == null) {
      throw new UserError(
          "nothing to ask: give --question ID, or --text TEXT with --options \"one | another\","
              + " --interactive or --collected DIR");
    }
    try (AskedRuns runs = asked.open()) {
      if (question.asks()) {
        answer(runs, question);
      }
      if (collected != null) {
        collected(runs);
      }
      return interactive ? converse(runs) : ExitStatus.DONE;
    }
  }

  private void collected(AskedRuns runs) throws IOException {
    CollectedQuestions questions = new CollectedQuestions(collected);
    List<CollectedQuestion> all = questions.all(runs.questions());
    Map<String, String> titles = new LinkedHashMap<>();
    List<String> refusals = new ArrayList<>();
    for (FinishedRun run : runs.runs()) {
      titles.put(run.id(), run.title());
      questions.answered(run.id(), answers(runs, run, all, refusals));
    }
    Table table = CollectedTable.of(new CollectedFolder(collected), titles).noting(refusals);
    PrintWriter out = command.commandLine().getOut();
    out.print(json ? TableJson.of(table) + "\n" : TerminalTable.render(table));
    out.flush();
  }

  /**
   * What a run answers.
   *
   * @param refusals gets what it cannot answer
   */
  private static Map<CollectedQuestion, Answer> answers(
      AskedRuns runs, FinishedRun run, List<CollectedQuestion> questions, List<String> refusals)
      throws IOException {
    Map<CollectedQuestion, Answer> answers = new LinkedHashMap<>();
    for (CollectedQuestion question : questions) {
      try {
        answers.put(question, runs.answer(run, question.asking(), OpenedRuns.Listener.SILENT));
      } catch (UserError e) {
        refusals.add(run.title() + " cannot answer " + question.id() + ": " + e.getMessage());
      }
    }
    return answers;
  }

  private void answer(AskedRuns runs, QuestionArguments arguments) throws IOException {
    Asking asking = arguments.asking(runs.questions(), before);
    before = Optional.of(asking);
    PrintWriter out = command.commandLine().getOut();
    if (json) {
      ObjectNode line = AnswerJson.of(asking);
      ArrayNode answers = line.putArray("answers");
      for (FinishedRun run : runs.runs()) {
        answers.add(json(runs, run, asking));
      }
      out.println(line);
    } else {
      out.print(AnswerSheet.of(asking));
      for (FinishedRun run : runs.runs()) {
        out.print("\n" + sheet(runs, run, asking));
        out.flush();
      }
    }
    out.flush();
  }

  /** One run's trouble, such as a picture that it cannot be shown, is no other's. */
  private static ObjectNode json(AskedRuns runs, FinishedRun run, Asking asking)
      throws IOException {
    try {
      return AnswerJson.of(runs.answer(run, asking, OpenedRuns.Listener.SILENT));
    } catch (UserError e) {
      requireOthers(runs, e);
      return JsonNodeFactory.instance
          .objectNode()
          .put("run", run.title())
          .put("error", e.getMessage());
    }
  }

  private static String sheet(AskedRuns runs, FinishedRun run, Asking asking) throws IOException {
    try {
      Answer answer = runs.answer(run, asking, OpenedRuns.Listener.SILENT);
      return AnswerSheet.of(asking, answer);
    } catch (UserError e) {
      requireOthers(runs, e);
      return run.title() + "\n  cannot answer: " + e.getMessage() + "\n";
    }
  }

  private static void requireOthers(AskedRuns runs, UserError error) {
    if (runs.runs().size() == 1) {
      throw error;
    }
  }

  private int converse(AskedRuns runs) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    PrintWriter err = command.commandLine().getErr();
    prompt(err);
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (!line.isBlank()) {
        try {
          answer(runs, parsed(line));
        } catch (UserError | CommandLine.ParameterException e) {
          err.println(e.getMessage());
        }
      }
      prompt(err);
    }
    return ExitStatus.DONE;
  }

  private static void prompt(PrintWriter err) {
    if (ProgressView.columns() > 0) {
      err.print("> ");
      err.flush();
    }
  }

  private static QuestionArguments parsed(String line) {
    List<String> words = WORD.matcher(line).results().map(AskCommand::word).toList();
    QuestionArguments arguments = new QuestionArguments();
    boolean id = words.size() == 1 && !words.get(0).startsWith("--");
    CommandLine parser = new CommandLine(arguments);
    parser.parseArgs(id ? new String[] {"--question", words.get(0)} : words.toArray(String[]::new));
    return arguments;
  }

  private static String word(MatchResult found) {
    return found.group(1) == null ? found.group(2) : found.group(1);
  }
}
