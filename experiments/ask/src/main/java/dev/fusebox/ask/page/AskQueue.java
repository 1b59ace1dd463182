package dev.fusebox.ask.page;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.ask.Answer;
import dev.fusebox.ask.AnswerJson;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Asks runs one question after the other, on one thread: models are no use to two. */
final class AskQueue implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(AskQueue.class);
  private static final int WAITING = 4;
  private static final int BUSY = 503;

  private final AskedRuns runs;
  private final ThreadPoolExecutor thread;

  AskQueue(AskedRuns runs) {
    this.runs = runs;
    thread =
        new ThreadPoolExecutor(
            1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(WAITING), AskQueue::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "asking");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Takes a question, if there are not too many waiting.
   *
   * @param answered gets the answers that there are, by the runs' ids, before the last event
   */
  Job ask(List<FinishedRun> asked, Asking asking, Consumer<Map<String, Answer>> answered) {
    Job job = new Job(asked, asking, answered);
    try {
      thread.execute(job::work);
    } catch (RejectedExecutionException e) {
      throw new Refusal(
          BUSY, "other questions are waiting for an answer; try again in a moment", e);
    }
    return job;
  }

  /**
   * What happens to a question: a line of JSON with {@code run} and what it {@code does}, its
   * {@code answer} or an {@code error}.
   */
  record Event(String line, boolean last) {

    /** Nothing has happened, and the runs are still at work. */
    static final Event ALIVE = new Event("", false);

    /** All runs have answered. */
    static final Event END = new Event("", true);

    static Event of(JsonNode line) {
      return new Event(line.toString(), false);
    }
  }

  /** One question to some runs. */
  final class Job {

    private final List<FinishedRun> asked;
    private final Asking asking;
    private final Consumer<Map<String, Answer>> answered;
    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile boolean cancelled;

    private Job(List<FinishedRun> asked, Asking asking, Consumer<Map<String, Answer>> answered) {
      this.asked = asked;
      this.asking = asking;
      this.answered = answered;
    }

    /** Nobody waits for it any more: what has not begun is left out. */
    void cancel() {
      cancelled = true;
    }

    /** The next event; {@link Event#ALIVE} if there is none within so many seconds. */
    Event next(int seconds) throws InterruptedException {
      Event event = events.poll(seconds, TimeUnit.SECONDS);
      return event == null ? Event.ALIVE : event;
    }

    private void work() {
      Map<String, Answer> answers = new LinkedHashMap<>();
      for (FinishedRun run : asked) {
        if (!cancelled) {
          answer(run, answers);
        }
      }
      answered.accept(answers);
      events.add(Event.END);
    }

    private void answer(FinishedRun run, Map<String, Answer> answers) {
      try {
        Answer answer =
            runs.answer(run, asking, what -> events.add(Event.of(about(run).put("does", what))));
        answers.put(run.id(), answer);
        events.add(Event.of(about(run).set("answer", AnswerJson.of(answer))));
      } catch (UserError e) {
        events.add(Event.of(about(run).put("error", e.getMessage())));
      } catch (IOException | RuntimeException | Error e) { // a fusion of others may throw anything
        LOG.error("{} failed", run.id(), e);
        events.add(Event.of(about(run).put("error", "it failed: " + e)));
      }
    }

    private ObjectNode about(FinishedRun run) {
      return JsonNodeFactory.instance.objectNode().put("run", run.id());
    }
  }

  /** What runs now comes to its end first: a model must not be closed under it. */
  @Override
  public void close() {
    thread.shutdown();
    thread.getQueue().clear();
    try {
      thread.awaitTermination(1, TimeUnit.MINUTES);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
