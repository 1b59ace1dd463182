package dev.fusebox.lab.store;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.Checksum;
import dev.fusebox.file.DirectoryTree;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.UnfinishedFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.lab.lease.Holder;
import dev.fusebox.lab.lease.Lease;
import dev.fusebox.lab.lease.LeaseLost;
import dev.fusebox.lab.lease.LeaseTimes;
import dev.fusebox.lab.lease.Leases;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Results by key. A result is a directory; it is made once, under a lease, in a {@linkplain
 * UnfinishedStages directory of another name}, and gets its own name when it is whole, with a
 * checksum of each of its files. Processes of several machines may share a store.
 */
public final class StageStore {

  private static final long TURN = 200; // milliseconds between two attempts at another's lease

  private final Path root;
  private final FileHashes hashes;
  private final FinishedStages finished;
  private final UnfinishedStages unfinished;
  private final Leases leases;
  private final Supplier<ComputedOn> here;

  /** A store in {@code root}, which need not be there yet. */
  public StageStore(Path root, FileHashes hashes) {
    this(root, hashes, LeaseTimes.USUAL);
  }

  /** A store whose leases are renewed and expire at other times. */
  public StageStore(Path root, FileHashes hashes, LeaseTimes times) {
    this(root, hashes, times, () -> ComputedOn.UNKNOWN);
  }

  /**
   * A store that records where its results are computed.
   *
   * @param here asked by the thread that has made a result, when it is finished
   */
  public StageStore(Path root, FileHashes hashes, Supplier<ComputedOn> here) {
    this(root, hashes, LeaseTimes.USUAL, here);
  }

  private StageStore(Path root, FileHashes hashes, LeaseTimes times, Supplier<ComputedOn> here) {
    this.root = root;
    this.hashes = hashes;
    this.finished = new FinishedStages(root, hashes);
    this.unfinished = new UnfinishedStages(root);
    this.leases = leases(root, times);
    this.here = here;
  }

  private static Leases leases(Path root, LeaseTimes times) {
    return new Leases(root.resolve(".locks"), times);
  }

  /** What is made in a store at this moment, and by whom. */
  static Map<String, Holder> made(Path root) throws IOException {
    Leases leases = leases(root, LeaseTimes.USUAL);
    Map<String, Holder> made = new TreeMap<>();
    for (String name : leases.names()) {
      try {
        leases.holder(name).ifPresent(holder -> made.put(name, holder));
      } catch (FileSystemException e) {
        // Whoever may only read cannot tell how old a lease is, and removes nothing either.
      }
    }
    return made;
  }

  /** Makes a result. */
  @FunctionalInterface
  public interface Maker {
    /**
     * Fills the directory; may find there what an interrupted call left.
     *
     * @return figures to keep in {@code stage.json}
     */
    Map<String, Number> make(Path directory) throws IOException;
  }

  /** Makes a result, and learns on the way whether it still is the one to make it. */
  @FunctionalInterface
  public interface LeasedMaker {
    /**
     * Fills the directory, as {@link Maker}.
     *
     * @param lost whether another process has taken over, so that all further work is in vain
     */
    Map<String, Number> make(Path directory, BooleanSupplier lost) throws IOException;
  }

  /** Called while another process holds the lease, each time it is tried; may throw to give up. */
  @FunctionalInterface
  public interface Wait {
    /**
     * Not yet.
     *
     * @param turn counts from 0
     */
    void turn(int turn);
  }

  /** The finished result of that name, if there is one; one whose record is damaged is none. */
  public Optional<StageFolder> find(String name) throws IOException {
    return finished.find(name);
  }

  /**
   * The names of which there is anything: a result, something to go on with, a lease. Who asks of
   * ten thousand names asks this first, and the disk for these alone.
   */
  public Set<String> known() throws IOException {
    Set<String> names = new HashSet<>(leases.names());
    for (String folder : DirectoryTree.names(root)) {
      names.add(folder.split("\\.", 2)[0]); // that of an unfinished one goes on behind a dot
    }
    return names;
  }

  /** Whether an interrupted call left something of that name to go on with. */
  public boolean begun(String name) {
    return unfinished.holds(name) || Files.isDirectory(leases.folder(name));
  }

  /** Whoever makes the result of that name at this moment, if anybody does. */
  public Optional<Holder> holder(String name) throws IOException {
    return leases.holder(name);
  }

  /**
   * What is wrong with the result of that name: a file of it is missing, or holds something else
   * than when it was finished. Empty if nothing is, or if there is no result.
   */
  public Optional<String> damage(String name) throws IOException {
    return finished.damage(name);
  }

  /**
   * The result of that name: found, or made now. If another process is making it, waits for that. A
   * damaged one is made again.
   *
   * @param likeness what decides how long it takes; see {@link #seconds}
   * @param description goes into {@code stage.json}: what the name is the hash of
   * @param wait called while waiting
   */
  public StageFolder computed(
      String name, String likeness, JsonNode description, Maker maker, Wait wait)
      throws IOException {
    LeasedMaker alone = (directory, lost) -> maker.make(directory);
    Wanted wanted = new Wanted(name, likeness, description, alone);
    Optional<StageFolder> made = attempted(wanted);
    for (int turn = 0; made.isEmpty(); turn++) {
      wait.turn(turn);
      pause();
      made = attempted(wanted);
    }
    return made.get();
  }

  /**
   * The result of that name: found, or made now; empty if another process is making it.
   *
   * @throws LeaseLost if another process has taken over meanwhile
   */
  public Optional<StageFolder> attempted(
      String name, String likeness, JsonNode description, LeasedMaker maker) throws IOException {
    return attempted(new Wanted(name, likeness, description, maker));
  }

  /** A result that somebody needs, and how it is made. */
  private record Wanted(String name, String likeness, JsonNode description, LeasedMaker maker) {}

  private Optional<StageFolder> attempted(Wanted wanted) throws IOException {
    Optional<StageFolder> found = whole(wanted.name());
    if (found.isPresent()) {
      return found;
    }
    Optional<Lease> taken = leases.take(wanted.name());
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    try (Lease lease = taken.get()) {
      Optional<StageFolder> meanwhile = whole(wanted.name());
      return meanwhile.isPresent() ? meanwhile : Optional.of(make(wanted, lease));
    }
  }

  private Optional<StageFolder> whole(String name) throws IOException {
    return damage(name).isPresent() ? Optional.empty() : find(name);
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(TURN);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another process computed");
    }
  }

  private StageFolder make(Wanted wanted, Lease lease) throws IOException {
    String name = wanted.name();
    Path place = root.resolve(name);
    DirectoryTree.delete(place); // without its record it is half of something; or it is damaged
    Path partial = unfinished.inherited(name, lease);
    boolean whole = finished.isWhole(partial, name); // but for its name
    if (!whole && Files.exists(partial.resolve(StageFile.NAME))) {
      DirectoryTree.delete(partial); // it was, and is damaged: nothing to go on from
    }
    try {
      if (!whole) {
        fill(partial, wanted, lease);
      }
      lease.requireHeld();
      WholeFile.move(partial, place);
    } catch (UserError e) {
      lease.throwIfLost(e);
      unfinished.leaveBehind(name, partial, e);
      throw unfinished.underLastName(e, name, partial);
    } catch (IOException | RuntimeException | Error e) {
      lease.throwIfLost(e); // other trouble follows from that
      unfinished.leaveBehind(name, partial, e);
      throw e;
    }
    return finished.require(name);
  }

  private void fill(Path partial, Wanted wanted, Lease lease) throws IOException {
    boolean resumed = Files.isDirectory(partial);
    Files.createDirectories(partial);
    UnfinishedFiles.sweepNow(partial);
    Instant start = Instant.now();
    Map<String, Number> figures = wanted.maker().make(partial, lease::isLost);
    RecordFile.write(
        partial.resolve(StageFile.NAME),
        new StageFile(
            wanted.name(),
            wanted.likeness(),
            wanted.description(),
            figures,
            Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
            Duration.between(start, Instant.now()).toMillis() / 1000.0,
            here.get(),
            resumed,
            Checksum.ofAll(partial, StageFile.NAME, hashes)));
  }

  /**
   * The seconds that finished stages took, by likeness; resumed ones, which took more, left out.
   */
  public Map<String, List<Double>> seconds() throws IOException {
    return finished.seconds();
  }
}
