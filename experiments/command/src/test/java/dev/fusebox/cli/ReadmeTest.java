package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.Variant;
import dev.fusebox.lab.result.Ablation;
import dev.fusebox.lab.result.Repeat;
import dev.fusebox.lab.result.RunResult;
import dev.fusebox.lab.store.ExperimentRecord;
import dev.fusebox.lab.store.RunFolder;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.results.report.AblationTable;
import dev.fusebox.results.table.TerminalTable;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The README's table is one that its command prints. */
final class ReadmeTest {

  private static final Pattern TABLE =
      Pattern.compile(
          "^<!-- table: \\./fusebox run (\\S+) -->\\n+```\\w*\\n(.*?)^```$",
          Pattern.MULTILINE | Pattern.DOTALL);

  private final Markdown readme = Markdown.of("README.md");
  private final Matcher found = TABLE.matcher(readme.text());

  private List<String> shown() {
    assertThat(found.find()).as("a table with its command").isTrue();
    return found.group(2).lines().toList();
  }

  @Test
  void theTableHasTheShapeOfWhatIsPrinted() {
    List<String> shown = shown();
    Experiment experiment = experiment();
    List<String> printed =
        TerminalTable.render(AblationTable.of(answered(experiment))).lines().toList();
    assertThat(shown.get(0)).isEqualTo(printed.get(0)).isEqualTo(experiment.question());
    assertThat(words(shown.get(1))).startsWith("accuracy % ↑ · demo · ");
    assertThat(words(shown.get(1))).contains(experiment.seeds().size() + " seeds");
    assertThat(words(shown.get(3))).isEqualTo(words(printed.get(3)));
    assertThat(rows(shown)).isEqualTo(rows(printed));
    assertThat(shown).contains(printed.get(printed.size() - 1));
  }

  @Test
  void theTableSaysWhenAndFromWhatItWasMade() {
    shown();
    assertThat(readme.text().substring(found.end()).strip().lines().findFirst().orElseThrow())
        .containsPattern("on \\d{4}-\\d{2}-\\d{2}, commit [0-9a-f]{7,40}, ")
        .as("the class of the machine")
        .containsPattern(", \\w+ cores of an? \\w+ \\w+: \\d+ (s|min)");
  }

  /** Where somebody has run that command, with the commit that the README names. */
  @Test
  void theTableHasTheNumbersThatItsCommandPrints() throws IOException {
    List<String> shown = shown();
    String name = Path.of(found.group(1)).getFileName().toString().replaceFirst("\\.conf$", "");
    Path results = Markdown.ROOT.resolve("results").resolve(name);
    assumeTrue(
        Files.exists(results.resolve("experiment.json")),
        () -> results + " is not at hand: ./fusebox run " + found.group(1) + " makes it");
    Matcher commit = Pattern.compile("commit ([0-9a-f]{7,40})").matcher(readme.text());
    assertThat(commit.find()).isTrue();
    Set<String> made = commits(results);
    assumeTrue(
        made.stream().allMatch(each -> each.startsWith(commit.group(1))),
        () -> results + " was made by " + made + ", the README's table by " + commit.group(1));
    assertThat(printed(results)).containsAll(shown.stream().map(ReadmeTest::words).toList());
  }

  /** By which commits runs were made, as each says. */
  private static Set<String> commits(Path results) throws IOException {
    Set<String> commits = new TreeSet<>();
    for (ExperimentRecord.Cell cell : ExperimentRecord.read(results).runs()) {
      new RunFolder(results.resolve(cell.folder()))
          .record()
          .ifPresent(run -> commits.add(run.made().commit()));
    }
    return commits;
  }

  private static List<String> printed(Path results) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int status =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute("table", results.toString());
    assertThat(status).as(err.toString()).isZero();
    return out.toString().lines().map(ReadmeTest::words).toList();
  }

  /** The first word of each row: the variants and what they are compared with. */
  private static List<String> rows(List<String> table) {
    return table.stream()
        .skip(4)
        .filter(line -> line.contains("│"))
        .map(line -> line.strip().split("  +| \\(")[0])
        .filter(name -> !name.equals("│"))
        .toList();
  }

  private static String words(String line) {
    return line.strip().replaceAll("\\s+", " ");
  }

  private Experiment experiment() {
    ClassLoader loader = ReadmeTest.class.getClassLoader();
    return new ExperimentReader(FusionCatalogue.of(loader), loader)
        .read(Markdown.ROOT.resolve(found.group(1)), List.of());
  }

  /** Every cell of the experiment, each with the same two answers. */
  private static Ablation answered(Experiment experiment) {
    List<Question> questions = List.of(question("1", true), question("2", false));
    List<RunResult> runs = new ArrayList<>();
    for (Variant variant : experiment.variants()) {
      for (long seed : experiment.seeds()) {
        runs.add(
            new RunResult.Finished(
                variant.name(),
                Repeat.of(seed),
                "generated, greedy",
                questions.stream()
                    .map(
                        each ->
                            new Prediction(each.id(), "The answer is (A).", "The answer is (A)."))
                    .toList()));
      }
    }
    return new Ablation(
        experiment.question(),
        "demo",
        questions,
        questions,
        List.of(ScienceQaCategory.values()),
        runs,
        experiment.compare(),
        experiment.among());
  }

  private static Question question(String id, boolean picture) {
    List<String> options = List.of("red", "blue");
    String subject = "natural science";
    return new Question(id, "Which?", options, 0, "", picture, "", "", subject, "grade2", "");
  }

  @Test
  void itsCommandsNameConfigsThatAreThere() {
    List<String> commands = new ArrayList<>(readme.commands());
    commands.addAll(readme.mentionedCommands());
    List<String> configs =
        commands.stream()
            .flatMap(command -> Pattern.compile("configs/\\S+").matcher(command).results())
            .map(MatchResult::group)
            .toList();
    assertThat(configs).hasSizeGreaterThan(2);
    assertThat(configs).allSatisfy(file -> assertThat(Markdown.ROOT.resolve(file)).exists());
  }
}
