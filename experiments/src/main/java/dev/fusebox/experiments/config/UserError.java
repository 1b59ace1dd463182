package dev.fusebox.experiments.config;

/**
 * Something only the person at the keyboard can put right: a file, a key, an argument. Its message
 * is all they see, so it names the place, what was found, what is allowed and what to do.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  public UserError(String message) {
    super(message);
  }
}
