package dev.fusebox.cli;

import dev.fusebox.doctor.CheckpointCheck;
import dev.fusebox.doctor.DataCheck;
import dev.fusebox.doctor.EngineCheck;
import dev.fusebox.doctor.Finding;
import dev.fusebox.doctor.MachineCheck;
import dev.fusebox.doctor.PlaceCheck;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox doctor}: what this machine has, and what to do about what it has not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Check this machine, and say how to fix what is missing.",
    footer = {
      "",
      "Example:",
      "  fusebox doctor",
      "  fusebox doctor --data DIR --checkpoint checkpoints/flan-t5-base"
    })
public final class DoctorCommand implements Callable<Integer> {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Check a data directory, file by file.")
  private Optional<Path> data = Optional.empty();

  @Option(
      names = "--checkpoint",
      paramLabel = "DIR",
      description = "Check a checkpoint; may be repeated.")
  private List<Path> checkpoints = new ArrayList<>();

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = new ArrayList<>(MachineCheck.findings());
    findings.addAll(EngineCheck.findings());
    findings.addAll(PlaceCheck.findings());
    if (data.isPresent()) {
      findings.addAll(DataCheck.findings(data.get()));
    }
    checkpoints.forEach(path -> findings.addAll(CheckpointCheck.findings(path)));
    print(findings);
    return findings.stream().allMatch(Finding::sound) ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static String verdict(List<Finding> findings) {
    List<String> broken =
        findings.stream()
            .filter(finding -> !finding.sound())
            .map(finding -> finding.name().strip())
            .toList();
    return broken.isEmpty()
        ? "Nothing is broken. An arrow says what to do where something is missing."
        : "Broken: " + String.join(", ", broken) + ". The arrow below each says what to do.";
  }

  private void print(List<Finding> findings) {
    PrintWriter out = command.commandLine().getOut();
    for (Finding finding : findings) {
      out.printf("%-12s  %s%n", finding.name(), finding.found());
      finding.advice().ifPresent(advice -> out.printf("%-12s  → %s%n", "", advice));
    }
    out.println();
    out.println(verdict(findings));
    out.flush();
  }
}
