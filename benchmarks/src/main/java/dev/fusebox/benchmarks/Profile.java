package dev.fusebox.benchmarks;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Looks every millisecond what a thread is at while it trains. */
final class Profile implements AutoCloseable {

  private static final String TRAINING = "dev.fusebox.training.";

  /** The parts of a step. */
  private enum Part {
    FORWARD("forward", "TargetLoss.of"),
    BACKWARD("backward", "Gradients.of"),
    OPTIMIZER("optimizer", "AdamwRule.update|Gradients.norm"),
    DATA("waiting for data", "BatchFeed.next"),
    REST("the rest", "TrainingRun.learn|Learner.step");

    private final String title;
    private final Pattern methods;

    Part(String title, String methods) {
      this.title = title;
      this.methods = Pattern.compile(Pattern.quote(TRAINING) + "(" + methods + ")");
    }

    boolean holds(StackTraceElement frame) {
      return methods.matcher(frame.getClassName() + "." + frame.getMethodName()).matches();
    }
  }

  /** How often a part was met, and how often below the door to libtorch. */
  private record Count(int all, int below) {

    Count plus(boolean isBelow) {
      return new Count(all + 1, below + (isBelow ? 1 : 0));
    }
  }

  private final Map<Part, Count> counts = new EnumMap<>(Part.class);
  private final Thread sampler;
  private volatile boolean open = true;

  /** Of {@code thread}, until it is closed. */
  Profile(Thread thread) {
    for (Part part : Part.values()) {
      counts.put(part, new Count(0, 0));
    }
    sampler = new Thread(() -> sample(thread), "profile");
    sampler.setDaemon(true);
    sampler.start();
  }

  private void sample(Thread thread) {
    while (open) {
      count(thread.getStackTrace());
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void count(StackTraceElement[] stack) {
    for (StackTraceElement frame : stack) { // innermost first
      for (Part part : Part.values()) {
        if (part.holds(frame)) {
          boolean below = stack[0].isNativeMethod() && stack[0].getClassName().contains(".jni.");
          counts.computeIfPresent(part, (key, count) -> count.plus(below));
          return;
        }
      }
    }
  }

  /** One line for each part: its share of the time, and how much of that is Java's. */
  String table() {
    int all = counts.values().stream().mapToInt(Count::all).sum();
    StringBuilder table = new StringBuilder();
    counts.forEach(
        (part, count) ->
            table.append(
                String.format(
                    Locale.ROOT,
                    "  %-20s %5.1f %%   of the whole in Java %4.1f %%%n",
                    part.title,
                    100.0 * count.all() / all,
                    100.0 * (count.all() - count.below()) / all)));
    return table.toString();
  }

  @Override
  public void close() {
    open = false;
    try {
      sampler.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
