package dev.fusebox.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.Function;
import org.apache.spark.resource.ResourceInformation;

/**
 * On an executor: runs a command as a child process and returns the last line that it said. What it
 * says on standard output is appended to {@code FOLDER/NAME.jsonl}, the rest to {@code
 * FOLDER/NAME.log}. The child's standard input stays open as long as this process lives: where it
 * ends, whatever killed the executor, the child saves and stops.
 *
 * <p>A child that was killed, or that says another attempt may pass, fails the task, so that Spark
 * tries again, elsewhere if it likes; what it says the last time is returned.
 */
final class ChildTask implements Function<String, String> {

  private static final long serialVersionUID = 1;
  private static final int PATIENCE_SECONDS = 130; // longer than a child's own
  private static final int BREATH_SECONDS = 2; // a shared folder may show late what is there
  private static final String MOST_FAILURES = "4"; // Spark's own default

  private final String here;
  private final String folder;
  private final String name;
  private final ArrayList<String> command;

  /**
   * A command.
   *
   * @param here the folder it runs in, where there is such a one
   * @param folder takes what it says
   * @param name of what it makes, and of its files in that folder
   */
  ChildTask(String here, String folder, String name, List<String> command) {
    this.here = here;
    this.folder = folder;
    this.name = name;
    this.command = new ArrayList<>(command);
  }

  @Override
  public String call(String ignored) throws Exception {
    TaskContext context = TaskContext.get();
    Path logs = Files.createDirectories(Path.of(folder));
    Path log = logs.resolve(name + ".log");
    File events = logs.resolve(name + ".jsonl").toFile();
    note(log, context);
    long before = events.length();
    Process child = start(context, log.toFile(), events);
    int status = awaited(child);
    String last = lastLine(events.toPath(), before);
    boolean ended = last.contains("\"event\":\"ended\"");
    if (!ended || (last.contains("\"mayPass\":true") && !isLast(context) && !isElsewhere(last))) {
      TimeUnit.SECONDS.sleep(BREATH_SECONDS);
      throw new IllegalStateException(
          "%s on %s: its process ended with status %d%s; log: %s"
              .formatted(name, host(), status, ended ? ", " + last : "", log));
    }
    keepLog(log, logs.resolveSibling(name), status);
    return last;
  }

  private static boolean isElsewhere(String last) {
    return last.contains("\"end\":\"elsewhere\"");
  }

  private static boolean isLast(TaskContext context) {
    String most = SparkEnv.get().conf().get("spark.task.maxFailures", MOST_FAILURES);
    return context.attemptNumber() + 1 >= Integer.parseInt(most);
  }

  private static String host() throws UnknownHostException {
    return InetAddress.getLocalHost().getHostName();
  }

  private void note(Path log, TaskContext context) throws IOException {
    String line =
        "-- %s %s, attempt %d: %s%n"
            .formatted(Instant.now(), host(), context.attemptNumber() + 1, command);
    Files.writeString(log, line, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  private Process start(TaskContext context, File log, File events) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .redirectOutput(Redirect.appendTo(events))
            .redirectError(Redirect.appendTo(log));
    if (Files.isDirectory(Path.of(here))) {
      builder.directory(new File(here));
    }
    builder.environment().put("OMP_NUM_THREADS", Integer.toString(context.cpus()));
    ResourceInformation gpus = context.resourcesJMap().get("gpu");
    if (gpus != null) { // the child sees these, as gpu:0 and so on
      builder.environment().put("CUDA_VISIBLE_DEVICES", String.join(",", gpus.addresses()));
    }
    try {
      return builder.start();
    } catch (IOException e) {
      throw new IOException(
          "%s: %s could not be started; Fusebox must lie there on every machine, or say where: --home DIR (%s)"
              .formatted(host(), command.get(0), e.getMessage()),
          e);
    }
  }

  private static int awaited(Process child) throws InterruptedException, IOException {
    try {
      return child.waitFor();
    } catch (InterruptedException e) { // Spark wants the task to stop
      child.getOutputStream().close();
      if (!child.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        child.destroyForcibly();
      }
      throw e;
    } finally {
      child.getOutputStream().close();
    }
  }

  /** Of what this child said: what earlier ones did stands before it. */
  private static String lastLine(Path events, long before) throws IOException {
    try (FileChannel channel = FileChannel.open(events)) {
      ByteBuffer said = ByteBuffer.allocate((int) Math.max(0, channel.size() - before));
      channel.read(said, before);
      String text = new String(said.array(), 0, said.position(), StandardCharsets.UTF_8);
      return text.lines().reduce("", (earlier, later) -> later);
    }
  }

  /** A finished stage's log lies in its folder; that of another waits for the next attempt. */
  private static void keepLog(Path log, Path stage, int status) throws IOException {
    if (status == 0 && Files.isDirectory(stage)) {
      Files.move(log, stage.resolve("log.txt"), StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
