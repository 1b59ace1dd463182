package dev.fusebox.remote;

import dev.fusebox.file.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Spark's driver as a child process: commands go in, how they ended comes out. */
public final class SparkProcess implements AutoCloseable {

  private static final String MAIN = "dev.fusebox.cluster.SparkDoor";
  private static final int PATIENCE_SECONDS = 150; // children save their states

  /** What Spark reaches into on Java 17; its own launcher says the same. */
  private static final List<String> OPEN =
      List.of(
          "java.lang",
          "java.lang.invoke",
          "java.lang.reflect",
          "java.io",
          "java.net",
          "java.nio",
          "java.util",
          "java.util.concurrent",
          "java.util.concurrent.atomic",
          "sun.nio.ch",
          "sun.nio.cs",
          "sun.security.action",
          "sun.util.calendar");

  /** It has little to do, and starts sooner where nothing is compiled twice. */
  private static final List<String> LIGHT = List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private final Process process;
  private final PrintStream in;
  private final Path log;
  private final CompletableFuture<String> ready = new CompletableFuture<>();
  private final Map<String, CompletableFuture<TaskEnd>> asked = new ConcurrentHashMap<>();
  private volatile boolean used;
  private volatile boolean ended;

  private SparkProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
    this.in = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    Thread answers = new Thread(this::listen, "answers of Spark");
    answers.setDaemon(true);
    answers.start();
  }

  /**
   * How a command ended.
   *
   * @param ended whether it came to its end; if not, Spark has given up on it
   * @param text the command's last line, or why Spark gave up
   */
  record TaskEnd(boolean ended, String text) {}

  /**
   * Starts it; {@link #page} waits until Spark is there.
   *
   * @param master of the cluster
   * @param name of the application on Spark's page
   * @param settings of Spark, {@code key=value}
   * @param log takes what Spark says
   * @throws UserError if it lies nowhere
   */
  public static SparkProcess start(
      SparkHome home, String master, String name, List<String> settings, Path log)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(LIGHT);
    command.add("-Xmx1g");
    OPEN.forEach(each -> command.add("--add-opens=java.base/" + each + "=ALL-UNNAMED"));
    command.addAll(List.of("-cp", home.classPath(), MAIN, master, name, home.door().toString()));
    command.addAll(settings);
    Files.createDirectories(log.getParent());
    ProcessBuilder builder = new ProcessBuilder(command).redirectError(log.toFile());
    builder.environment().put("SPARK_HOME", home.path().toString());
    builder.environment().putIfAbsent("SPARK_SCALA_VERSION", "2.13");
    return new SparkProcess(builder.start(), log);
  }

  /** Spark's page, once it is there. */
  public String page() {
    try {
      return ready.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException e) {
      throw gone();
    }
  }

  /** What to tell when it ended by itself. */
  public UserError gone() {
    return new UserError(
        "Spark's driver has ended; %s says why. The same command goes on from what is there"
            .formatted(log));
  }

  /** Whether it ended, with all that it was asked. */
  public boolean hasEnded() {
    return ended;
  }

  /** Runs a command; see {@code SparkDoor}. */
  CompletableFuture<TaskEnd> compute(String id, String title, List<String> words) {
    CompletableFuture<TaskEnd> answer = new CompletableFuture<>();
    used = true;
    asked.put(id, answer);
    List<String> line = new ArrayList<>(List.of("compute", id, title));
    line.addAll(words);
    say(line.toArray(String[]::new));
    if (ended) {
      answer.complete(new TaskEnd(false, "Spark's driver has ended"));
    }
    return answer;
  }

  /** Stops a command; its answer comes all the same. */
  void cancel(String id) {
    say("cancel", id);
  }

  private synchronized void say(String... words) {
    in.println(
        Arrays.stream(words)
            .map(word -> URLEncoder.encode(word, StandardCharsets.UTF_8))
            .collect(Collectors.joining(" ")));
  }

  private void listen() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        heard(
            Arrays.stream(line.split(" ", -1))
                .map(word -> URLDecoder.decode(word, StandardCharsets.UTF_8))
                .toList());
      }
    } catch (IOException e) {
      // as good as its end
    }
    ended = true;
    ready.completeExceptionally(gone());
    asked.values().forEach(each -> each.complete(new TaskEnd(false, gone().getMessage())));
  }

  private void heard(List<String> words) {
    if (words.get(0).equals("ready")) {
      ready.complete(words.get(1));
    } else {
      CompletableFuture<TaskEnd> answer = asked.remove(words.get(1));
      if (answer != null) {
        answer.complete(new TaskEnd(words.get(0).equals("ended"), words.get(2)));
      }
    }
  }

  /** Lets it stop while other things are done; nothing more is asked. */
  public void letGo() {
    in.close();
  }

  /** Stops everything that it runs; what was never asked for anything is not waited for. */
  @Override
  public void close() {
    letGo();
    if (!used) {
      process.destroyForcibly();
    }
    try {
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
