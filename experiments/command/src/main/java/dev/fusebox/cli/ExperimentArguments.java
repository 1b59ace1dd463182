package dev.fusebox.cli;

import com.google.inject.Injector;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.ablation.Experiment;
import dev.fusebox.lab.ablation.ExperimentFile;
import dev.fusebox.lab.ablation.ExperimentReader;
import dev.fusebox.lab.ablation.LongTexts;
import dev.fusebox.results.similarity.SentenceTransformer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The arguments of every command that reads an experiment. */
final class ExperimentArguments {

  @Parameters(index = "0", paramLabel = "CONFIG", description = "The experiment's file.")
  private Path file;

  @Parameters(
      index = "1..*",
      arity = "0..*",
      paramLabel = "KEY=VALUE",
      description = "Any key, for every variant: training.epochs=3 seeds=[1]")
  private List<String> overrides = new ArrayList<>();

  @Option(
      names = "--results",
      defaultValue = "results",
      paramLabel = "DIR",
      description = "Where results go (default: ${DEFAULT-VALUE}).")
  private Path results;

  @Option(
      names = "--scratch",
      paramLabel = "DIR",
      description = "A folder on a near disk: feature files are copied there once and read there.")
  private Optional<Path> scratch = Optional.empty();

  @Mixin private VerifyArgument verify;

  @Mixin private PluginArguments plugins;

  @Option(
      names = "--only",
      split = ",",
      paramLabel = "VARIANT",
      description = "Only these variants, separated by commas.")
  private List<String> only = new ArrayList<>();

  /** Finds fusions, those of plugins too. */
  ClassLoader fusions() {
    return plugins.loader();
  }

  /** The experiment's file, read once, and everything that its command may ask for. */
  Opened open() {
    ClassLoader loader = fusions();
    ExperimentFile read = ExperimentFile.read(file, overrides, loader);
    Injector wiring = Wiring.with(results, scratch, verify.asked(), loader, read.devices());
    Experiment all = wiring.getInstance(ExperimentReader.class).read(read);
    checkSentenceTransformer(all);
    return new Opened(wiring, only.isEmpty() ? all : all.only(only));
  }

  /** Before anything is computed: it scores what is there at the end. */
  private static void checkSentenceTransformer(Experiment experiment) {
    if (experiment.sentenceTransformer().isPresent()) {
      Path directory = experiment.sentenceTransformer().get();
      try {
        SentenceTransformer.check(directory);
      } catch (UserError | IOException e) {
        throw new UserError(
            "%s: sentenceTransformer = %s: %s"
                .formatted(experiment.file(), directory, e.getMessage()),
            e);
      }
    }
  }

  /**
   * An experiment, ready.
   *
   * @param wiring holds everything that a command may ask for
   * @param experiment what the file asks
   */
  record Opened(Injector wiring, Experiment experiment) {

    <T> T get(Class<T> type) {
      return wiring.getInstance(type);
    }

    /** Says what a person should know before anything runs. */
    void tellNotes(AblationPlan plan, PrintWriter err) throws IOException {
      experiment.notes().forEach(note -> err.println("  note: " + note));
      plan.notes().forEach(note -> err.println("  note: " + note));
      get(LongTexts.class).lines(plan).forEach(line -> err.println("  note: " + line));
      err.flush();
    }
  }

  /** Takes the one word among the overrides that is none: it names something else. */
  Optional<String> takeName() {
    Optional<String> name = overrides.stream().filter(word -> word.indexOf('=') < 0).findFirst();
    name.ifPresent(overrides::remove);
    return name;
  }

  /** The words of a command line that say the same in any folder; the config comes first. */
  List<String> again() {
    return again(ExperimentArguments::whole);
  }

  /** The words that say the same in the same folder, so that paths are told as they were given. */
  List<String> againHere() {
    return again(Path::toString);
  }

  private List<String> again(Function<Path, String> named) {
    List<String> words = new ArrayList<>();
    words.add(named.apply(file));
    words.addAll(overrides);
    words.add("--results=" + named.apply(results));
    scratch.ifPresent(folder -> words.add("--scratch=" + named.apply(folder)));
    if (!only.isEmpty()) {
      words.add("--only=" + String.join(",", only));
    }
    plugins.jars().forEach(jar -> words.add("--plugin=" + named.apply(jar)));
    return words;
  }

  static String whole(Path path) {
    return path.toAbsolutePath().normalize().toString();
  }

  /** The experiment's file, as it was named. */
  Path file() {
    return file;
  }
}
