package dev.fusebox.lab.store;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.OptBoolean;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code claims.json}: what an experiment claims and claimed, and since when.
 *
 * @param claims in the order of the config, those that were withdrawn behind
 */
public record ClaimsRecord(List<Stated> claims) {

  private static final String NAME = "claims.json";

  public ClaimsRecord {
    claims = List.copyOf(claims);
  }

  /**
   * A claim.
   *
   * @param claim as {@code gated > text}
   * @param since when it was stated first, as ISO 8601 has it
   * @param withdrawn when it was found to be claimed no longer; empty where it stands
   */
  public record Stated(
      String claim,
      String since,
      @JacksonInject(value = Absent.TEXT, useInput = OptBoolean.TRUE) String withdrawn) {

    private static final String STANDS = "";

    /** A claim that stands. */
    public static Stated standing(String claim, String since) {
      return new Stated(claim, since, STANDS);
    }

    /** Whether the experiment still claims it. */
    public boolean stands() {
      return withdrawn.equals(STANDS);
    }

    private Stated again() {
      return standing(claim, since);
    }

    private Stated withdrawn(String now) {
      return stands() ? new Stated(claim, since, now) : this;
    }
  }

  /**
   * Keeps what is claimed now; a claim that was stated before keeps its time. One that is claimed
   * no longer stays as withdrawn once a run was evaluated: whoever drops it then may know its
   * result, and it was tested with the others.
   */
  public static void state(Path folder, List<String> claims) throws IOException {
    ClaimsRecord before = read(folder);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Stated> stated = new ArrayList<>();
    for (String claim : claims) {
      stated.add(before.find(claim).map(Stated::again).orElse(Stated.standing(claim, now)));
    }
    if (RunFolder.anyEvaluated(folder)) {
      before.claims().stream()
          .filter(each -> !claims.contains(each.claim()))
          .map(each -> each.withdrawn(now))
          .forEach(stated::add);
    }
    if (stated.isEmpty()) {
      Files.deleteIfExists(folder.resolve(NAME));
    } else {
      RecordFile.write(folder.resolve(NAME), new ClaimsRecord(stated));
    }
  }

  private Optional<Stated> find(String claim) {
    return claims.stream().filter(each -> each.claim().equals(claim)).findFirst();
  }

  /**
   * Reads what is claimed in an experiment's folder; nothing where nothing is.
   *
   * @throws dev.fusebox.file.UserError if the file is damaged, or of another version
   */
  public static ClaimsRecord read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    return Files.isRegularFile(file)
        ? RecordFile.read(file, ClaimsRecord.class)
        : new ClaimsRecord(List.of());
  }
}
