package dev.fusebox.lab.lease;

import dev.fusebox.file.DirectoryTree;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** The leases in a directory that processes of several machines may share. */
public final class Leases {

  private static final int ATTEMPTS = 10;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");

  private final Path directory;
  private final LeaseTimes times;

  /** Leases in a directory, which need not be there yet. */
  public Leases(Path directory, LeaseTimes times) {
    this.directory = directory;
    this.times = times;
  }

  /**
   * Takes the lease of that name, from a holder that left it behind too; empty if it is held. Does
   * not wait.
   */
  public Optional<Lease> take(String name) throws IOException {
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Path folder = Files.createDirectories(directory.resolve(name));
      try {
        return takeIn(folder);
      } catch (NoSuchFileException e) {
        // whoever released it took the folder along, at this very moment
      }
    }
    return Optional.empty();
  }

  private Optional<Lease> takeIn(Path folder) throws IOException {
    List<Integer> before = numbers(folder);
    int last = before.isEmpty() ? 0 : before.get(before.size() - 1);
    if (last > 0 && isHeld(folder, last)) {
      return Optional.empty();
    }
    Holder holder = Holder.here();
    Path file = folder.resolve(Integer.toString(last + 1));
    if (!create(file, holder)) {
      return Optional.empty();
    }
    List<Integer> after = numbers(folder);
    boolean follows = last == 0 || after.contains(last);
    boolean leads = after.get(after.size() - 1) == last + 1;
    if (!follows || !leads) { // all went on while this process stood still
      Files.deleteIfExists(file);
      return Optional.empty();
    }
    return Optional.of(Lease.begin(file, last + 1, before, holder, times.renewal()));
  }

  /** Whoever holds the lease of that name now. */
  public Optional<Holder> holder(String name) throws IOException {
    Path folder = directory.resolve(name);
    try {
      List<Integer> numbers = numbers(folder);
      if (numbers.isEmpty() || !isHeld(folder, numbers.get(numbers.size() - 1))) {
        return Optional.empty();
      }
      return Optional.of(told(folder.resolve(numbers.get(numbers.size() - 1).toString())));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    }
  }

  private static Holder told(Path file) throws IOException {
    try {
      return holder(file);
    } catch (NoSuchFileException e) {
      throw e;
    } catch (IOException e) {
      return Holder.unknown();
    }
  }

  /** Where leases of that name are, held or left behind; most times not there. */
  public Path folder(String name) {
    return directory.resolve(name);
  }

  /** The names of which there are leases, held or left behind. */
  public Set<String> names() throws IOException {
    return DirectoryTree.names(directory);
  }

  /** The numbers of all leases in a folder, the highest last. */
  static List<Integer> numbers(Path folder) throws IOException {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, Leases::isNumber)) {
      for (Path file : files) {
        numbers.add(Integer.parseInt(file.getFileName().toString()));
      }
    } catch (NoSuchFileException e) {
      return numbers;
    }
    Collections.sort(numbers);
    return numbers;
  }

  /** Editors and programs that keep directories alike leave files of their own, such as 1~. */
  private static boolean isNumber(Path file) {
    return NUMBER.matcher(file.getFileName().toString()).matches();
  }

  static Holder holder(Path file) throws IOException {
    return Holder.of(Files.readString(file));
  }

  private boolean isHeld(Path folder, int number) throws IOException {
    Path file = folder.resolve(Integer.toString(number));
    try {
      if (holder(file).isGone()) {
        return false;
      }
    } catch (NoSuchFileException e) {
      return true; // released right now: the next attempt finds it so
    } catch (IOException e) {
      // half-written, where there are no links: its age decides
    }
    return age(file).compareTo(times.expiry()) < 0;
  }

  /** How long ago it was renewed, by the clock of whoever keeps the files. */
  private static Duration age(Path file) throws IOException {
    Path probe = file.resolveSibling("." + UUID.randomUUID());
    try {
      Files.createFile(probe);
      FileTime now = Files.getLastModifiedTime(probe);
      return Duration.between(Files.getLastModifiedTime(file).toInstant(), now.toInstant());
    } catch (NoSuchFileException e) {
      return Duration.ZERO; // released right now
    } finally {
      Files.deleteIfExists(probe);
    }
  }

  /** Makes the file in one step; false if another process was first. */
  private static boolean create(Path file, Holder holder) throws IOException {
    Path whole = file.resolveSibling("." + holder.token());
    try {
      Files.writeString(whole, Lease.text(holder), StandardOpenOption.CREATE_NEW);
      return link(file, whole, holder);
    } finally {
      Files.deleteIfExists(whole);
    }
  }

  private static boolean link(Path file, Path whole, Holder holder) throws IOException {
    try {
      Files.createLink(file, whole);
      return true;
    } catch (FileAlreadyExistsException e) {
      return isOwn(file, holder); // NFS may answer the repetition of a request that it has granted
    } catch (NoSuchFileException e) {
      throw e;
    } catch (FileSystemException | UnsupportedOperationException e) {
      return createExclusively(file, holder); // no links here
    }
  }

  private static boolean isOwn(Path file, Holder holder) {
    try {
      return holder(file).equals(holder);
    } catch (IOException e) {
      return false;
    }
  }

  private static boolean createExclusively(Path file, Holder holder) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      channel.write(Lease.bytes(holder));
      return true;
    } catch (FileAlreadyExistsException e) {
      return false;
    }
  }
}
