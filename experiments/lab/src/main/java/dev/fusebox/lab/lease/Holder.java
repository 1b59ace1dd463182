package dev.fusebox.lab.lease;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Who holds a lease.
 *
 * @param host for people
 * @param machine tells processes that can see each other from others: on Linux the boot of the
 *     kernel and the space of process numbers; empty where the system does not say
 * @param pid its process number there
 * @param born when the process began, as the system counts; a number given twice has two of these
 * @param token drawn at random for this lease
 */
public record Holder(String host, String machine, long pid, String born, String token) {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(
              DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES,
              DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES);
  private static final Path PROCESSES = Path.of("/proc");
  private static final int BORN = 19; // of what follows the name in /proc/PID/stat: starttime
  private static final Holder UNKNOWN = new Holder("", "", 0, "", "");
  private static final String HOST = findHost();
  private static final String MACHINE = findMachine();

  /** This process, with a new token. */
  static Holder here() {
    long pid = ProcessHandle.current().pid();
    return new Holder(HOST, MACHINE, pid, born(pid), UUID.randomUUID().toString());
  }

  /** Of a lease that cannot be read: half-written, or damaged. */
  static Holder unknown() {
    return UNKNOWN;
  }

  /** The name of this machine. */
  public static String thisHost() {
    return HOST;
  }

  private static String findHost() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  private static String findMachine() {
    try {
      String boot = Files.readString(PROCESSES.resolve("sys/kernel/random/boot_id")).strip();
      return boot + " " + Files.readSymbolicLink(PROCESSES.resolve("self/ns/pid"));
    } catch (IOException e) {
      return System.getProperty("os.name").equals("Linux") ? "" : findAddresses();
    }
  }

  /** Numbers of the network cards: no two machines have the same, but for containers of Linux. */
  private static String findAddresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .map(Holder::address)
          .filter(address -> !address.isEmpty())
          .sorted()
          .collect(Collectors.joining(" "));
    } catch (SocketException e) {
      return "";
    }
  }

  private static String address(NetworkInterface card) {
    try {
      byte[] address = card.getHardwareAddress();
      return address == null ? "" : HexFormat.of().formatHex(address);
    } catch (SocketException e) {
      return "";
    }
  }

  /** Ticks from the boot of the machine, which no setting of a clock changes. */
  private static String born(long pid) {
    try {
      String stat = Files.readString(PROCESSES.resolve(Long.toString(pid)).resolve("stat"));
      return stat.substring(stat.lastIndexOf(')') + 2).split(" ")[BORN];
    } catch (IOException e) {
      return "";
    }
  }

  /** Whether this machine knows that the process is no more. */
  boolean isGone() {
    boolean visible = !machine.isEmpty() && machine.equals(MACHINE);
    return visible && (ProcessHandle.of(pid).isEmpty() || !born.equals(born(pid)));
  }

  /** {@code process 4711 on node3}, or that it is not known. */
  public String inWords() {
    return equals(UNKNOWN) ? "an unknown process" : "process " + pid + " on " + host;
  }

  String line() {
    try {
      return JSON.writeValueAsString(this) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * Reads one from what a lease holds.
   *
   * @throws IOException if it is not whole
   */
  static Holder of(String text) throws IOException {
    Holder holder = JSON.readValue(text.lines().findFirst().orElse(""), Holder.class);
    if (holder == null) {
      throw new IOException("names no holder");
    }
    return holder;
  }
}
