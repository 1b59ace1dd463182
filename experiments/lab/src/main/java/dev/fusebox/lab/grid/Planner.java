package dev.fusebox.lab.grid;

import dev.fusebox.file.UserError;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.store.Provenance;

/**
 * The program and the machine that made a plan. Stages of one plan are computed by like programs
 * only: what differs is told before it makes other bits.
 *
 * @param program version of Fusebox, of its engine and of Java
 * @param host for people
 */
public record Planner(String program, String host) {

  /** This one. */
  public static Planner here() {
    Provenance made = Provenance.current();
    String program =
        "fusebox %s, DJL %s, Java %s".formatted(made.fusebox(), made.djl(), Runtime.version());
    return new Planner(program, Holder.thisHost());
  }

  /** The text that {@link #of} reads. */
  public String text() {
    return program + " on " + host;
  }

  /** Reads what {@link #text} wrote. */
  public static Planner of(String text) {
    int end = text.lastIndexOf(" on ");
    return end < 0
        ? new Planner(text, "unknown host")
        : new Planner(text.substring(0, end), text.substring(end + 4));
  }

  /**
   * Makes sure that another is like this one.
   *
   * @throws UserError that names both, if it is not
   */
  public void requireLike(Planner planner) {
    if (!program.equals(planner.program())) {
      throw new UserError(
          "%s has %s, but the plan was made on %s with %s. Give all machines the same"
              .formatted(host, program, planner.host(), planner.program()));
    }
  }
}
