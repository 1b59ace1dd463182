package dev.fusebox.cli;

/** What the program ends with. */
final class ExitStatus {

  /** All is done. */
  static final int DONE = 0;

  /** A run failed, or the program did. */
  static final int FAILED = 1;

  /** A person can put it right: a config or an argument is wrong, a disk is full. */
  static final int USAGE = 2;

  /** Ctrl-C. */
  static final int INTERRUPTED = 130;

  /** Whoever read standard output is gone: as where a program dies of it, 128 + SIGPIPE. */
  static final int PIPE_CLOSED = 141;

  private ExitStatus() {}
}
