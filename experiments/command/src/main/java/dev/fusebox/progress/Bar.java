package dev.fusebox.progress;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarRenderer;
import me.tongfei.progressbar.ProgressState;

/** One progress bar as a line of text that is made anew twice a second. */
final class Bar implements AutoCloseable {

  private static final int UPDATE_MILLIS = 500;
  private static final int CELLS = 16;
  private static final int WIDEST = 400;

  private final ProgressBar bar;
  private volatile long first = -1; // where the work of this bar began: what goes on begins late

  Bar(String title, long total, Consumer<String> line) {
    bar =
        new ProgressBarBuilder()
            .setTaskName(title)
            .setInitialMax(total)
            .setUpdateIntervalMillis(UPDATE_MILLIS)
            .setRenderer(renderer())
            .setConsumer(new DelegatingProgressBarConsumer(line, WIDEST))
            .build();
  }

  private ProgressBarRenderer renderer() {
    return (state, width) ->
        "  %s  %s  %s %s"
            .formatted(state.getTaskName(), cells(state), state.getExtraMessage(), left(state))
            .stripTrailing();
  }

  private static String cells(ProgressState state) {
    double share = state.getNormalizedProgress();
    int halves = (int) Math.round(2 * CELLS * Math.min(1, Math.max(0, share)));
    String done = "━".repeat(halves / 2) + (halves % 2 == 1 ? "╸" : "");
    return done + " ".repeat(CELLS - done.length());
  }

  private String left(ProgressState state) {
    return eta(state).map(time -> " " + time + " left").orElse("");
  }

  /** {@code 0:41}, by the pace so far. */
  private Optional<String> eta(ProgressState state) {
    Duration elapsed = state.getElapsedBeforeStart().plus(state.getElapsedAfterStart());
    long done = state.getCurrent();
    long here = done - first;
    if (here <= 0 || state.getMax() <= done || elapsed.toMillis() < 2 * UPDATE_MILLIS) {
      return Optional.empty();
    }
    double seconds = elapsed.toMillis() / 1000.0 / here * (state.getMax() - done);
    long whole = Math.round(seconds);
    return Optional.of(
        whole < 3600
            ? "%d:%02d".formatted(whole / 60, whole % 60)
            : "%d:%02d h".formatted(whole / 3600, whole % 3600 / 60));
  }

  void at(long done, long total) {
    first = first < 0 ? done : first;
    bar.maxHint(total);
    bar.stepTo(done);
  }

  void say(String figures) {
    bar.setExtraMessage(figures);
  }

  @Override
  public void close() {
    bar.close();
  }
}
