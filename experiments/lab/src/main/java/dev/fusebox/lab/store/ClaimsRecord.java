package dev.fusebox.lab.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * {@code claims.json}: what an experiment claims, and since when it has.
 *
 * @param claims in the order of the config
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
   */
  public record Stated(String claim, String since) {}

  /** Keeps what is claimed now; a claim that was stated before keeps its time. */
  public static void state(Path folder, List<String> claims) throws IOException {
    ClaimsRecord before = read(folder);
    String now = Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    List<Stated> stated = new ArrayList<>();
    for (String claim : claims) {
      stated.add(before.find(claim).orElse(new Stated(claim, now)));
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
