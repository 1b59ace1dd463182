package dev.fusebox.lab.lease;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lease that this process holds, renewed until it is closed. A process that stood still for too
 * long may lose it; it learns that from {@link #isLost} on the way and from {@link #requireHeld}
 * before it publishes.
 */
public final class Lease implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Lease.class);

  private final Path file;
  private final int number;
  private final List<Integer> followed;
  private final Holder holder;
  private final Duration renewal;
  private final FileChannel channel;
  private final Thread renewing = new Thread(this::renew, "lease");
  private long renewals;
  private volatile boolean lost;

  private Lease(
      Path file,
      int number,
      List<Integer> followed,
      Holder holder,
      Duration renewal,
      FileChannel channel) {
    this.file = file;
    this.number = number;
    this.followed = List.copyOf(followed);
    this.holder = holder;
    this.renewal = renewal;
    this.channel = channel;
  }

  /**
   * Begins to renew a file just made.
   *
   * @param followed the numbers that were there before
   */
  static Lease begin(Path file, int number, List<Integer> followed, Holder holder, Duration renewal)
      throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
    Lease lease = new Lease(file, number, followed, holder, renewal, channel);
    lease.renewing.setDaemon(true);
    lease.renewing.start();
    return lease;
  }

  /** What the file holds: its holder, then how often it was renewed. */
  static String text(Holder holder) {
    return holder.line() + count(0);
  }

  static ByteBuffer bytes(Holder holder) {
    return StandardCharsets.UTF_8.encode(text(holder));
  }

  private static String count(long renewals) {
    return "%012d\n".formatted(renewals);
  }

  /** Its number: 1, or more where it was taken over. */
  public int number() {
    return number;
  }

  /** The numbers of the holders that left it behind, which may still be alive somewhere. */
  public List<Integer> followed() {
    return followed;
  }

  /** Whether another process has taken over, as far as is known. */
  public boolean isLost() {
    return lost;
  }

  /**
   * Makes sure that it is held at this moment.
   *
   * @throws LeaseLost if it is not
   */
  public void requireHeld() throws IOException {
    beat();
    if (lost) {
      throw new LeaseLost(name());
    }
  }

  /**
   * Says that it was lost, where that is the cause behind other trouble.
   *
   * @param trouble of work under this lease
   * @throws LeaseLost if it is not held any more
   */
  public void throwIfLost(Throwable trouble) throws LeaseLost {
    try {
      beat();
    } catch (IOException e) {
      trouble.addSuppressed(e);
    }
    if (lost) {
      LeaseLost report = new LeaseLost(name());
      report.initCause(trouble);
      throw report;
    }
  }

  private String name() {
    return String.valueOf(file.getParent().getFileName());
  }

  private void renew() {
    try {
      while (!lost) {
        Thread.sleep(renewal.toMillis());
        try {
          beat();
        } catch (IOException e) {
          LOG.warn("{}: the lease could not be renewed; trying again: {}", name(), e.toString());
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // closed
    }
  }

  /**
   * Writes into the file that this process made, wherever that is now: the server notes the time.
   */
  private synchronized void beat() throws IOException {
    if (lost) {
      return;
    }
    IOException trouble = null;
    try {
      write(++renewals);
    } catch (IOException e) {
      trouble = e; // a server may forget a file that another process has removed
    }
    lost = !isHighest() || !isOwn();
    if (!lost && trouble != null) {
      throw trouble;
    }
  }

  private void write(long count) throws IOException {
    int behindHolder = StandardCharsets.UTF_8.encode(holder.line()).remaining();
    channel.write(StandardCharsets.UTF_8.encode(count(count)), behindHolder);
    channel.force(true);
  }

  private boolean isHighest() throws IOException {
    List<Integer> numbers = Leases.numbers(file.getParent());
    return !numbers.isEmpty() && numbers.get(numbers.size() - 1) == number;
  }

  private boolean isOwn() throws IOException {
    try {
      return Leases.holder(file).equals(holder);
    } catch (NoSuchFileException e) {
      return false;
    }
  }

  /** Removes what the holders before it left, once nothing of theirs is in the way any more. */
  public void forgetFollowed() throws IOException {
    for (int each : followed) {
      Files.deleteIfExists(file.resolveSibling(Integer.toString(each)));
    }
  }

  /** Gives it back; one that was lost stays its new holder's. */
  @Override
  public void close() throws IOException {
    renewing.interrupt();
    try {
      renewing.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    channel.close();
    if (isOwnStill()) {
      Files.deleteIfExists(file);
      removeFolder();
    }
  }

  private boolean isOwnStill() {
    try {
      return isOwn();
    } catch (IOException e) {
      return false;
    }
  }

  private void removeFolder() throws IOException {
    try {
      Files.deleteIfExists(file.getParent());
    } catch (DirectoryNotEmptyException e) {
      // another process has come already
    }
  }
}
