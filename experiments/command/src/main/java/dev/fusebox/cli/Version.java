package dev.fusebox.cli;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.lab.store.Provenance;
import picocli.CommandLine;

/** What {@code --version} says. */
final class Version {

  private Version() {}

  /** Lets a command and those below it tell the version. */
  static CommandLine toldBy(CommandLine command) {
    command.getCommandSpec().versionProvider(Version::lines);
    command.getSubcommands().values().forEach(Version::toldBy);
    return command;
  }

  /** Of Fusebox, as its build names it. */
  static String number() {
    return Provenance.current().path("fusebox").asText();
  }

  private static String[] lines() {
    JsonNode made = Provenance.current();
    String line =
        "fusebox %s, commit %s%s, DJL %s"
            .formatted(
                made.path("fusebox").asText(),
                made.path("commit").asText(),
                made.path("dirty").asBoolean() ? " with changes" : "",
                made.path("djl").asText());
    return new String[] {line};
  }
}
