package dev.fusebox.track;

import java.io.IOException;

/** The server answered, and will not take this, however often it is asked. */
final class Refused extends IOException {

  private static final long serialVersionUID = 1;

  Refused(String reason) {
    super(reason);
  }

  Refused(String reason, Throwable cause) {
    super(reason, cause);
  }
}
