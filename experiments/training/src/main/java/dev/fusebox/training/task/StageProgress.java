package dev.fusebox.training.task;

import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * Where a stage says how far it is, and hears whether to go on. Called from the thread of the
 * stage.
 */
public interface StageProgress {

  /** Nobody looks, nobody stops it. */
  StageProgress SILENT =
      new StageProgress() {
        @Override
        public void at(long done, long total) {}

        @Override
        public void say(String figures) {}

        @Override
        public boolean cancelled() {
          return false;
        }
      };

  /**
   * How far the stage is.
   *
   * @param done steps or questions behind, counted from the very start, resumed ones included
   * @param total steps or questions in all
   */
  void at(long done, long total);

  /** A few figures to show beside the bar: {@code "epoch 3/8 loss 0.312 4.1k tok/s"}. */
  void say(String figures);

  /**
   * Figures by name after a step, such as {@code loss}, for whoever draws curves of them.
   *
   * @param step counts from 1
   */
  default void measured(long step, Map<String, Double> figures) {}

  /** Whether to save and stop. Ask once per step. */
  boolean cancelled();

  /** The same, which also stops when something else asks for it. */
  default StageProgress until(BooleanSupplier stop) {
    StageProgress outer = this;
    return new StageProgress() {
      @Override
      public void at(long done, long total) {
        outer.at(done, total);
      }

      @Override
      public void say(String figures) {
        outer.say(figures);
      }

      @Override
      public void measured(long step, Map<String, Double> figures) {
        outer.measured(step, figures);
      }

      @Override
      public boolean cancelled() {
        return stop.getAsBoolean() || outer.cancelled();
      }
    };
  }
}
