package dev.fusebox.file;

/**
 * Something a person can put right: a key, a file, an argument. The message stands for itself, says
 * where, what was found and what is allowed, and is shown without a stack trace.
 *
 * @since 0.1
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1;

  /** An error told by {@code message} alone. */
  public UserError(String message) {
    super(message);
  }

  /** An error told by {@code message}; the cause is for {@code --debug}. */
  public UserError(String message, Throwable cause) {
    super(message, cause);
  }
}
