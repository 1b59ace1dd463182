package dev.fusebox.progress;

import dev.fusebox.lab.ablation.AblationListener;
import dev.fusebox.lab.ablation.AblationPlan;
import dev.fusebox.lab.store.StageStore;
import java.io.IOException;
import java.io.PrintStream;

/**
 * Chooses how progress is shown. The launcher says how wide the terminal is ({@code
 * fusebox.columns}); without that, with {@code NO_COLOR} or with {@code TERM=dumb}, lines are
 * plain.
 */
public final class ProgressView implements AutoCloseable {

  private final AblationListener listener;
  private final AutoCloseable closing;

  private ProgressView(AblationListener listener, AutoCloseable closing) {
    this.listener = listener;
    this.closing = closing;
  }

  /**
   * A view of a plan's work, on standard error.
   *
   * @param reasonLines as many lines are shown of why a run failed
   */
  public static ProgressView of(
      AblationPlan plan, StageStore store, Interruption interruption, int reasonLines)
      throws IOException {
    PrintStream out = System.err;
    Workload load = new Workload(plan, store);
    int columns = columns();
    if (columns == 0) {
      return new ProgressView(new PlainProgress(out, load, interruption, reasonLines), () -> {});
    }
    TerminalProgress terminal = new TerminalProgress(out, columns, load, interruption, reasonLines);
    return new ProgressView(terminal, terminal);
  }

  /**
   * Plain lines on standard error of one stage's work, whatever there is besides.
   *
   * @param reasonLines as many lines are shown of why a run failed
   */
  public static AblationListener lines(Interruption interruption, int reasonLines) {
    return new PlainProgress(System.err, Workload.unmeasured(), interruption, reasonLines);
  }

  /** The terminal's width; 0 where nothing may move on it. */
  public static int columns() {
    boolean plain = System.getenv("NO_COLOR") != null || "dumb".equals(System.getenv("TERM"));
    return plain ? 0 : Integer.getInteger("fusebox.columns", 0);
  }

  /** Is told how the ablation progresses. */
  public AblationListener listener() {
    return listener;
  }

  @Override
  public void close() {
    try {
      closing.close();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
