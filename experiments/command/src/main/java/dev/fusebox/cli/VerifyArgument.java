package dev.fusebox.cli;

import picocli.CommandLine.Option;

/** Whether files are hashed again although they look unchanged. */
final class VerifyArgument {

  @Option(
      names = "--verify",
      description = {"Reread every file, even if path, size, times and inode have not changed."})
  private boolean asked;

  boolean asked() {
    return asked;
  }
}
