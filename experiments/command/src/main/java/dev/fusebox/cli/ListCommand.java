package dev.fusebox.cli;

import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.questions.prompt.InputFormat;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox list}: the words a config may use. */
@Command(
    name = "list",
    mixinStandardHelpOptions = true,
    description = "List fusions, features, controls or formats.",
    footer = {"", "Example:", "  fusebox list fusions"})
public final class ListCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      defaultValue = "fusions",
      paramLabel = "WHAT",
      description = "fusions, features, controls or formats (default: ${DEFAULT-VALUE}).")
  private String what;

  @Mixin private PluginArguments plugins;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    Map<String, Runnable> known = new LinkedHashMap<>();
    known.put("fusions", this::fusions);
    known.put("features", () -> words(FeatureSource.values()));
    known.put("controls", () -> words(Control.values()));
    known.put("formats", this::formats);
    Runnable chosen = known.get(what);
    if (chosen == null) {
      throw new UserError(
          "list "
              + what
              + ": no such list"
              + Spelling.hint(what, known.keySet())
              + "; known: "
              + String.join(", ", known.keySet()));
    }
    chosen.run();
    out().flush();
    return ExitStatus.DONE;
  }

  private PrintWriter out() {
    return command.commandLine().getOut();
  }

  private void fusions() {
    FusionCatalogue known = FusionCatalogue.of(plugins.loader());
    out().printf("%-12s  %s%n", "none", "Text only: the picture's vectors are not used.");
    known
        .providers()
        .forEach(
            (name, provider) ->
                out()
                    .printf(
                        "%-12s  %s (%s)%n",
                        name, provider.card().summary(), provider.card().source()));
  }

  private void words(Enum<?>[] constants) {
    Arrays.stream(constants)
        .map(constant -> constant.name().toLowerCase(Locale.ROOT))
        .forEach(out()::println);
  }

  private void formats() {
    out().println("INPUT-OUTPUT, such as QCM-A");
    out().println("  inputs   " + joined(InputFormat.values()));
    out().println("  outputs  " + joined(OutputFormat.values()));
  }

  private static String joined(Enum<?>[] constants) {
    return String.join(" ", Arrays.stream(constants).map(Enum::name).toList());
  }
}
