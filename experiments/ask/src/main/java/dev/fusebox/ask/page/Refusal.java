package dev.fusebox.ask.page;

/** Why a request is not answered; the page shows the message. */
final class Refusal extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final int status;

  /**
   * A refusal.
   *
   * @param status of HTTP
   */
  Refusal(int status, String message) {
    super(message);
    this.status = status;
  }

  /** A refusal for a reason that the program met. */
  Refusal(int status, String message, Throwable cause) {
    super(message, cause);
    this.status = status;
  }

  int status() {
    return status;
  }
}
