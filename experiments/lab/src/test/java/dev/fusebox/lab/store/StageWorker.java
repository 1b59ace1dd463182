package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.fusebox.file.FileHashes;
import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.lease.LeaseTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Another process that makes a stage of a store, 20 lines one after the other; it says {@code
 * made}, {@code lost} or {@code held} in a file.
 *
 * <p>Arguments: the store, the stage, the file to say it in, milliseconds between lines. It ends
 * with the process that started it.
 */
final class StageWorker {

  static final LeaseTimes SHORT = new LeaseTimes(Duration.ofMillis(100), Duration.ofMillis(1200));
  static final int LINES = 20;

  private StageWorker() {}

  static StageStore store(Path root) {
    return new StageStore(root, new FileHashes(root.resolve(".hashes"), false), SHORT);
  }

  public static void main(String[] arguments) throws IOException {
    endWithParent();
    Path said = Path.of(arguments[2]);
    String end;
    try {
      end = work(Path.of(arguments[0]), arguments[1], Long.parseLong(arguments[3]));
    } catch (LeaseLost e) {
      end = "lost";
    }
    Files.writeString(said, end);
  }

  /** A test that is broken off leaves nobody at work. */
  private static void endWithParent() {
    ProcessHandle parent = ProcessHandle.current().parent().orElseThrow();
    Thread watch =
        new Thread(
            () -> {
              parent.onExit().join();
              Runtime.getRuntime().halt(1);
            });
    watch.setDaemon(true);
    watch.start();
  }

  private static String work(Path root, String name, long pause) throws IOException {
    Optional<StageFolder> folder =
        store(root)
            .attempted(
                name,
                "alike",
                JsonNodeFactory.instance.objectNode(),
                (directory, lost) -> make(directory, pause));
    return folder.isPresent() ? "made" : "held";
  }

  /** Goes on from the lines that are there. */
  private static Map<String, Number> make(Path directory, long pause) throws IOException {
    Path file = directory.resolve("lines.txt");
    int done = Files.exists(file) ? Files.readAllLines(file).size() : 0;
    for (int i = done; i < LINES; i++) {
      Files.writeString(file, i + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      sleep(pause);
    }
    return Map.of();
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Starts one. */
  static Process start(Path root, String name, Path said, long pause) throws IOException {
    return java(StageWorker.class, root.toString(), name, said.toString(), Long.toString(pause));
  }

  static Process java(Class<?> main, String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Xshare:auto",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).inheritIO().start();
  }
}
