package dev.fusebox.cli;

import picocli.CommandLine.Option;

/** Whether files are hashed again although they look unchanged. */
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
