package dev.fusebox.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Runs commands as Spark's tasks. Lines on standard input ask, lines on standard output answer,
 * each as {@link Line} has them:
 *
 * <pre>
 * compute ID TITLE HERE FOLDER NAME WORD...   runs a command; see {@link ChildTask}
 * cancel ID                                   stops it
 * ready ADDRESS                               answers once Spark is there, with its page
 * ended ID TEXT                               the command's last line
 * failed ID REASON                            Spark has given up on it
 * </pre>
 *
 * <p>When standard input ends everything is stopped: who asked is gone.
 */
public final class SparkDoor {

  /** A thread waits for each; those beyond wait for a thread. */
  private static final int AT_ONCE = 1024;

  private static final int IDLE_SECONDS = 60;

  /** An executor only waits for its children: it leaves them the core that its compilers would use. */
  private static final String LIGHT_EXECUTOR = "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC";

  private final JavaSparkContext spark;
  private final PrintStream out;
  private final ThreadPoolExecutor jobs =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          IDLE_SECONDS,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(),
          SparkDoor::thread);

  private SparkDoor(JavaSparkContext spark, PrintStream out) {
    this.spark = spark;
    this.out = out;
    jobs.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "job");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Answers until standard input ends.
   *
   * @param arguments the master, the application's name, the jar of this class, then Spark's
   *     settings as {@code key=value}
   */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = System.out;
    System.setOut(System.err); // whatever a library says is no answer
    SparkConf conf =
        new SparkConf()
            .setMaster(arguments[0])
            .setAppName(arguments[1])
            .setJars(new String[] {arguments[2]})
            .setIfMissing("spark.scheduler.mode", "FIFO")
            .setIfMissing("spark.ui.showConsoleProgress", "false")
            .setIfMissing("spark.executor.extraJavaOptions", LIGHT_EXECUTOR);
    for (String setting : List.of(arguments).subList(3, arguments.length)) {
      int end = setting.indexOf('=');
      conf.set(setting.substring(0, end), setting.substring(end + 1));
    }
    try (JavaSparkContext spark = new JavaSparkContext(conf)) {
      new SparkDoor(spark, out).answer();
    }
    System.exit(0); // threads of Spark that linger are nobody's
  }

  private void answer() throws IOException {
    say("ready", spark.sc().uiWebUrl().getOrElse(() -> ""));
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = Line.words(line);
      if (words.get(0).equals("compute")) {
        jobs.execute(() -> compute(words));
      } else {
        spark.cancelJobGroup(words.get(1));
      }
    }
    spark.cancelAllJobs();
  }

  private void compute(List<String> words) {
    String id = words.get(1);
    ChildTask task =
        new ChildTask(words.get(3), words.get(4), words.get(5), words.subList(6, words.size()));
    try {
      spark.setJobGroup(id, words.get(2), true);
      String end = spark.parallelize(List.of(id), 1).setName(words.get(2)).map(task).first();
      say("ended", id, end);
    } catch (Exception | Error e) { // whoever waits for the answer must get one
      say("failed", id, String.valueOf(e));
    }
  }

  private synchronized void say(String... words) {
    out.println(Line.of(words));
    out.flush();
  }
}
