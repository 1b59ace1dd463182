package dev.fusebox.cli;

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
    return Provenance.current().fusebox();
  }

  private static String[] lines() {
    Provenance made = Provenance.current();
    String line =
        "fusebox %s, commit %s, DJL %s".formatted(made.fusebox(), made.commitInWords(), made.djl());
    return new String[] {line};
  }
}
