package dev.fusebox.track;

import dev.fusebox.lab.ablation.StageEnd;

/** How a run stands, in MLflow's words. */
enum RunStatus {
  RUNNING,
  FINISHED,
  FAILED,
  KILLED;

  static RunStatus of(StageEnd end) {
    return switch (end) {
      case FINISHED -> FINISHED;
      case FAILED -> FAILED;
      case STOPPED -> KILLED;
    };
  }
}
