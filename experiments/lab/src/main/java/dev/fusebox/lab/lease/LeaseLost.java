package dev.fusebox.lab.lease;

import java.io.IOException;

/** Another process has taken over: what was made under the lease is not ours to publish. */
public final class LeaseLost extends IOException {

  private static final long serialVersionUID = 1;

  LeaseLost(String name) {
    super(name + ": another process took over while this one was not heard of");
  }
}
