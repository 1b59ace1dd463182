package dev.fusebox.lab.lease;

import java.time.Duration;

/**
 * When a lease is renewed, and when it counts as left behind.
 *
 * @param renewal between two renewals
 * @param expiry without any renewal, by the clock of the file server, until another process may
 *     take over; a holder of the same machine whose process is gone is followed at once
 */
public record LeaseTimes(Duration renewal, Duration expiry) {

  /** Longer than a server of NFS takes to come back after a restart. */
  public static final LeaseTimes USUAL =
      new LeaseTimes(Duration.ofSeconds(15), Duration.ofMinutes(2));

  public LeaseTimes {
    if (renewal.isNegative() || renewal.isZero() || renewal.multipliedBy(4).compareTo(expiry) > 0) {
      throw new IllegalArgumentException(
          "expiry must be at least four renewals, found %s and %s".formatted(expiry, renewal));
    }
  }
}
