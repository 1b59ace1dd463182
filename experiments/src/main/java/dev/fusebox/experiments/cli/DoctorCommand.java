package dev.fusebox.experiments.cli;

import ai.djl.engine.Engine;
import java.io.File;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code fusebox doctor}: what this machine has, and what to do about what it has not. */
@Command(
    name = "doctor",
    mixinStandardHelpOptions = true,
    description = "Say what this machine has, and what to do about the rest.",
    footer = {"", "Example:", "  fusebox doctor"})
public final class DoctorCommand implements Callable<Integer> {

  private static final double GIGABYTE = 1e9;

  @Spec private CommandSpec command;
  private boolean well = true;

  @Override
  public Integer call() {
    say("java", System.getProperty("java.vm.name") + " " + Runtime.version());
    say("machine", machine());
    say("heap", String.format(Locale.ROOT, "%.1f GB", Runtime.getRuntime().maxMemory() / GIGABYTE));
    say("disk", disk());
    engine();
    directory(
        "checkpoints",
        checkpoints(),
        "only needed for experiments that name one, such as configs/paper: put Hugging Face directories there or set FUSEBOX_CHECKPOINTS");
    directory(
        "results",
        Path.of("results"),
        "made by the first run: fusebox run configs/quickstart.conf");
    command.commandLine().getOut().flush();
    return well ? ExitStatus.DONE : ExitStatus.FAILED;
  }

  private static Path checkpoints() {
    String named = System.getenv("FUSEBOX_CHECKPOINTS");
    return Path.of(named == null ? "checkpoints" : named);
  }

  private static String machine() {
    return System.getProperty("os.name")
        + " "
        + System.getProperty("os.arch")
        + ", "
        + Runtime.getRuntime().availableProcessors()
        + " cores";
  }

  private static String disk() {
    File here = new File(".").getAbsoluteFile();
    return String.format(
        Locale.ROOT, "%.0f GB free in %s", here.getUsableSpace() / GIGABYTE, here.getParent());
  }

  private void engine() {
    try {
      Engine engine = Engine.getInstance();
      say("engine", engine.getEngineName() + " " + engine.getVersion());
      say("libtorch", libtorch());
      int gpus = engine.getGpuCount();
      say(
          "devices",
          gpus == 0
              ? "cpu; no GPU seen. With one, build with mvn -Pcuda package, and see that libcudart is found (docs/footguns.md)"
              : "cpu and " + gpus + " GPU, for device=gpu");
    } catch (RuntimeException | UnsatisfiedLinkError e) {
      well = false;
      say("engine", "does not start: " + e.getMessage());
      say(
          "",
          "libtorch comes with the build for this platform: mvn -q -DskipTests package; or set PYTORCH_LIBRARY_PATH and PYTORCH_FLAVOR to a libtorch 2.7");
    }
  }

  private static String libtorch() {
    String own = System.getenv("PYTORCH_LIBRARY_PATH");
    return own == null ? "the one that came with the build" : own;
  }

  private void directory(String name, Path path, String advice) {
    say(name, Files.isDirectory(path) ? path.toString() : "no directory " + path + "; " + advice);
  }

  private void say(String name, String found) {
    PrintWriter out = command.commandLine().getOut();
    out.printf("%-12s  %s%n", name, found);
  }
}
