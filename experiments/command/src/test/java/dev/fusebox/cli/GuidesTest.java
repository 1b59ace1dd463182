package dev.fusebox.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.MissingParameterException;

/** What the documentation names is there, and what it shows is accepted. */
final class GuidesTest {

  private static final Path ROOT = Markdown.ROOT;
  private static final Pattern TYPE = Pattern.compile("[A-Z][a-z]\\w*[a-z]\\w*");
  private static final Pattern MEMBER =
      Pattern.compile("([A-Z][a-z]\\w*)\\.([a-zA-Z]\\w*)(\\(.*\\))?");
  private static final Pattern NEW = Pattern.compile("new `([^`]+)`");
  private static final Pattern OURS = Pattern.compile("(?m)^\\|[^|]*\\|[^|]*\\|(.*)\\|$");
  private static final Pattern SPAN = Pattern.compile("`([^`]+)`");
  private static final Pattern PATH =
      Pattern.compile("(?:docs|configs|checks|benchmarks|experiments)/[\\w./-]+");

  @TempDir private Path folder;

  static List<Markdown> pages() throws IOException {
    return Markdown.all();
  }

  private void copyTheConfigs() throws IOException {
    try (Stream<Path> configs = Files.walk(ROOT.resolve("configs"))) {
      for (Path config : configs.toList()) {
        Path copy = folder.resolve(ROOT.relativize(config).toString());
        if (Files.isDirectory(config)) {
          Files.createDirectories(copy);
        } else {
          Files.copy(config, copy);
        }
      }
    }
  }

  /** Every class of the project by its simple name. */
  private static Map<String, Path> classes() throws IOException {
    Map<String, Path> classes = new TreeMap<>();
    for (Path modules : List.of(ROOT, ROOT.resolve("experiments"))) {
      try (DirectoryStream<Path> sources = Files.newDirectoryStream(modules, "*")) {
        for (Path module : sources) {
          addClasses(module.resolve("src"), classes);
        }
      }
    }
    return classes;
  }

  private static void addClasses(Path sources, Map<String, Path> classes) throws IOException {
    if (Files.isDirectory(sources)) {
      try (Stream<Path> files = Files.walk(sources)) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .forEach(file -> classes.put(file.getFileName().toString().replace(".java", ""), file));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void linksLeadToFiles(Markdown page) {
    assertThat(page.links()).allSatisfy(link -> assertThat(beside(page, link)).exists());
  }

  private static Path beside(Markdown page, String link) {
    return page.file().toAbsolutePath().getParent().resolve(link).normalize();
  }

  /**
   * The walk-through of a fusion names files that it makes itself; a test of its own makes them.
   */
  @ParameterizedTest
  @MethodSource("pages")
  void pathsAreThere(Markdown page) {
    assertThat(page.spans().stream().filter(span -> PATH.matcher(span).matches()))
        .filteredOn(span -> !page.file().endsWith("adding-a-fusion.md"))
        .allSatisfy(span -> assertThat(ROOT.resolve(span)).exists());
  }

  @ParameterizedTest
  @MethodSource("pages")
  void commandLinesAreAccepted(Markdown page) {
    assertThat(page.commands())
        .allSatisfy(line -> assertThatCode(() -> parse(line)).as(line).doesNotThrowAnyException());
    assertThat(page.mentionedCommands())
        .allSatisfy(
            line -> assertThatCode(() -> mention(line)).as(line).doesNotThrowAnyException());
  }

  /** Accepts or refuses; runs nothing. A letter alone stands for a number. */
  private static void parse(String line) {
    String[] words = line.replaceFirst("^(\\w+=\\S+ )?(\\./)?fusebox ", "").split(" +");
    Arrays.setAll(words, i -> words[i].matches("[A-Z]") ? "1" : words[i]);
    Main.commandLine().parseArgs(words);
  }

  private static void mention(String line) {
    try {
      parse(line);
    } catch (MissingParameterException e) {
      assertThat(e.getCommandLine().getCommandName()).isNotEqualTo("fusebox");
    }
  }

  @Test
  void aWrongCommandLineIsRefused() {
    assertThatCode(() -> parse("./fusebox run CONFIG --dryrun"))
        .isInstanceOf(CommandLine.ParameterException.class);
    assertThatCode(() -> mention("fusebox rum")).isInstanceOf(CommandLine.ParameterException.class);
  }

  /** A whole experiment as it is, a part of one as lines at the end of the quickstart. */
  @ParameterizedTest
  @MethodSource("pages")
  void configsAreRead(Markdown page) throws IOException {
    if (page.file().endsWith("adding-a-fusion.md")) {
      return; // its configs name a fusion that its own test makes
    }
    List<String> configs =
        page.blocks().stream()
            .filter(block -> block.language().equals("hocon"))
            .map(Markdown.Block::text)
            .toList();
    if (configs.isEmpty()) {
      return;
    }
    copyTheConfigs();
    assertThat(configs)
        .allSatisfy(
            config -> assertThatCode(() -> read(config)).as(config).doesNotThrowAnyException());
  }

  @Test
  void aWrongConfigIsRefused() throws IOException {
    copyTheConfigs();
    assertThatThrownBy(() -> read("ablation.sedes = [1]"))
        .isInstanceOf(UserError.class)
        .hasMessageContaining("sedes");
  }

  @Test
  void thePagesHaveSomethingToTry() throws IOException {
    List<Markdown> pages = pages();
    assertThat(pages.stream().flatMap(page -> page.links().stream()).count()).isGreaterThan(50);
    assertThat(pages.stream().flatMap(page -> page.commands().stream()).count()).isGreaterThan(10);
    assertThat(pages.stream().flatMap(page -> page.blocks().stream()))
        .filteredOn(block -> block.language().equals("hocon"))
        .hasSizeGreaterThan(4);
  }

  private Experiment read(String config) throws IOException {
    boolean whole = config.contains("include ");
    Path file = folder.resolve("configs/shown.conf");
    Files.writeString(file, whole ? config : "include \"quickstart.conf\"\n" + config);
    ClassLoader loader = GuidesTest.class.getClassLoader();
    return new ExperimentReader(FusionCatalogue.of(loader), loader).read(file, List.of());
  }

  @Test
  void guidesNameWhatIsThere() throws IOException {
    Map<String, Path> classes = classes();
    for (String name : List.of("docs/adding.md", "docs/architecture.md")) {
      Markdown guide = Markdown.of(name);
      List<String> made = NEW.matcher(guide.text()).results().map(found -> found.group(1)).toList();
      assertThat(made).as("new in " + name).noneMatch(classes::containsKey);
      for (String span : guide.spans()) {
        if (TYPE.matcher(span).matches() && !made.contains(span)) {
          assertThat(classes).as(name).containsKey(span);
        }
        Matcher member = MEMBER.matcher(span);
        if (member.matches() && classes.containsKey(member.group(1))) {
          isThere(member, classes);
        }
      }
    }
  }

  private static void isThere(Matcher member, Map<String, Path> classes) throws IOException {
    assertThat(classes).as(member.group()).containsKey(member.group(1));
    assertThat(Files.readString(classes.get(member.group(1))))
        .as(member.group())
        .containsPattern("\\b" + member.group(2) + "\\b");
  }

  /** The first two columns of its tables are of the original's code. */
  @Test
  void whatTheFaithfulnessRestsOnIsThere() throws IOException {
    Map<String, Path> classes = classes();
    List<String> spans =
        OURS.matcher(Markdown.of("docs/faithfulness.md").text())
            .results()
            .flatMap(row -> SPAN.matcher(row.group(1)).results())
            .map(span -> span.group(1).replaceFirst("^[a-z]+\\.(?=[A-Z])", ""))
            .toList();
    int found = 0;
    for (String span : spans) {
      Matcher member = MEMBER.matcher(span);
      if (TYPE.matcher(span).matches()) {
        assertThat(classes).containsKey(span);
        found++;
      } else if (member.matches()) {
        isThere(member, classes);
        found++;
      }
    }
    assertThat(found).isGreaterThan(60);
  }

  /** A link whose text is a class leads to that class. */
  @Test
  void linksToClassesLeadToThem() throws IOException {
    Pattern link = Pattern.compile("\\[`(\\w+)`\\]\\(([^)]+\\.java)\\)");
    List<MatchResult> links = link.matcher(Markdown.of("docs/adding.md").text()).results().toList();
    assertThat(links).hasSizeGreaterThan(10);
    assertThat(links)
        .allSatisfy(found -> assertThat(found.group(2)).endsWith("/" + found.group(1) + ".java"));
  }
}
