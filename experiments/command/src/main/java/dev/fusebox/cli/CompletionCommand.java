package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code fusebox completion}: shell completion of commands and options. */
@Command(
    name = "completion",
    hidden = true, // from the help, which fits a screen; README names it
    mixinStandardHelpOptions = true,
    description = "Print a completion script for the shell.",
    footer = {"", "Example: source <(fusebox completion bash)"})
public final class CompletionCommand implements Callable<Integer> {

  @Parameters(
      index = "0",
      defaultValue = "bash",
      paramLabel = "SHELL",
      description = "bash or zsh: one script serves both (default: ${DEFAULT-VALUE}).")
  private String shell;

  @Spec private CommandSpec command;

  @Override
  public Integer call() {
    if (!shell.equals("bash") && !shell.equals("zsh")) {
      throw new UserError("completion " + shell + ": no such shell; known: bash, zsh");
    }
    PrintWriter out = command.commandLine().getOut();
    out.print(AutoComplete.bash("fusebox", command.root().commandLine()));
    out.flush();
    return ExitStatus.DONE;
  }
}
