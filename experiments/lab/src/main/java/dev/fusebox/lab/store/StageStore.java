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
 * Results by key. A result is a directory; it is made once, under a lease, in a directory of
 * another name, and gets its own name when it is whole, with a checksum of each of its files.
 * Processes of several machines may share a store.
 *
 * <p>Whoever takes over a lease also renames the unfinished directory. So a process that stood
 * still until its lease was gone finds nothing under the path it knows: it can neither write into
 * the other's result nor publish its own.
 */
public final class StageStore {

  private static final String PARTIAL = ".partial";
  private static final long TURN = 200; // milliseconds between two attempts at another's lease

  private final Path root;
  private final FileHashes hashes;
  private final FinishedStages finished;
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
    return Files.isDirectory(partial(name, 1)) || Files.isDirectory(leases.folder(name));
  }

  /** Whoever makes the result of that name at this moment, if anybody does. */
  public Optional<Holder> holder(String name) throws IOException {
    return leases.holder(name);
  }

  /** Where the holder of a lease of that number works. */
  private Path partial(String name, int number) {
    return root.resolve(number == 1 ? name + PARTIAL : name + "." + number + PARTIAL);
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
    Optional<StageFolder> made = attempted(name, likeness, description, alone);
    for (int turn = 0; made.isEmpty(); turn++) {
      wait.turn(turn);
      pause();
      made = attempted(name, likeness, description, alone);
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
    Optional<StageFolder> found = whole(name);
    if (found.isPresent()) {
      return found;
    }
    Optional<Lease> taken = leases.take(name);
    if (taken.isEmpty()) {
      return Optional.empty();
    }
    try (Lease lease = taken.get()) {
      Optional<StageFolder> meanwhile = whole(name);
      return meanwhile.isPresent()
          ? meanwhile
          : Optional.of(make(name, likeness, description, maker, lease));
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

  private StageFolder make(
      String name, String likeness, JsonNode description, LeasedMaker maker, Lease lease)
      throws IOException {
    Path place = root.resolve(name);
    DirectoryTree.delete(place); // without its record it is half of something; or it is damaged
    Path partial = inherited(name, lease);
    boolean whole = finished.isWhole(partial, name); // but for its name
    if (!whole && Files.exists(partial.resolve(StageFile.NAME))) {
      DirectoryTree.delete(partial); // it was, and is damaged: nothing to go on from
    }
    try {
      if (!whole) {
        boolean resumed = Files.isDirectory(partial);
        Files.createDirectories(partial);
        UnfinishedFiles.sweepNow(partial);
        Maker leased = directory -> maker.make(directory, lease::isLost);
        fill(partial, resumed, name, likeness, description, leased);
      }
      lease.requireHeld();
      WholeFile.move(partial, place);
    } catch (UserError e) {
      lease.throwIfLost(e);
      leaveBehind(name, partial, e);
      throw underLastName(e, partial, partial(name, 1));
    } catch (IOException | RuntimeException | Error e) {
      lease.throwIfLost(e); // other trouble follows from that
      leaveBehind(name, partial, e);
      throw e;
    }
    return finished.require(name);
  }

  /** What those before left, under this holder's name for it: nobody of them finds it there. */
  private Path inherited(String name, Lease lease) throws IOException {
    Path partial = partial(name, lease.number());
    for (int before : lease.followed()) {
      moveIfThere(partial(name, before), partial);
    }
    if (!Files.exists(partial)) {
      moveIfThere(partial(name, 1), partial);
    }
    lease.forgetFollowed();
    return partial;
  }

  /** For whoever takes the lease next, which will be the first again. */
  private void leaveBehind(String name, Path partial, Throwable trouble) {
    try {
      moveIfThere(partial, partial(name, 1));
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
  }

  /** What a person reads must lead to where the files lie now. */
  private static UserError underLastName(UserError error, Path partial, Path now) {
    String message = error.getMessage().replace(partial.toString(), now.toString());
    return message.equals(error.getMessage()) ? error : new UserError(message, error.getCause());
  }

  private static void moveIfThere(Path from, Path to) throws IOException {
    if (!from.equals(to) && Files.isDirectory(from)) {
      DirectoryTree.delete(to);
      WholeFile.move(from, to);
    }
  }

  private void fill(
      Path partial,
      boolean resumed,
      String name,
      String likeness,
      JsonNode description,
      Maker maker)
      throws IOException {
    Instant start = Instant.now();
    Map<String, Number> figures = maker.make(partial);
    RecordFile.write(
        partial.resolve(StageFile.NAME),
        new StageFile(
            name,
            likeness,
            description,
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
