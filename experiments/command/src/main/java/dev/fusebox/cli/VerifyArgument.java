package dev.fusebox.cli;

import picocli.CommandLine.Option;

/** Whether files are read through though they look as they did. */
final class VerifyArgument {

  @Option(
      names = "--verify",
      description = {
        "Read every file through, even where path, size, times and inode are those of the last time."
      })
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
