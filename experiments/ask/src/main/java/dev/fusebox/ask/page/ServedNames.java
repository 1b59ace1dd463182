package dev.fusebox.ask.page;

import dev.fusebox.file.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * By which names a browser may call a server that listens at an address. None comes from the
 * request, nor from a name server alone: a name of somebody else's that leads here is not one.
 */
final class ServedNames {

  private static final List<String> LOOPBACK = List.of("localhost", "127.0.0.1");

  private ServedNames() {}

  /** Where an address leads. */
  static InetAddress address(String host) {
    try {
      return InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      throw new UserError("--host " + host + ": there is no such address", e);
    }
  }

  /** All names: of the address; of this machine as well, where others reach it. */
  static Set<String> of(String host) {
    InetAddress address = address(host);
    Set<String> names = new LinkedHashSet<>();
    if (!address.isAnyLocalAddress()) { // no browser is to call it by 0.0.0.0
      names.add(host.toLowerCase(Locale.ROOT));
    }
    if (address.isAnyLocalAddress()) {
      names.addAll(addresses());
      names.add("::1");
    }
    if (address.isAnyLocalAddress() || address.isLoopbackAddress()) {
      names.addAll(LOOPBACK);
    }
    if (!address.isLoopbackAddress()) {
      names.addAll(machine());
    }
    return names;
  }

  /** The name to open: one by which others reach it, where it has one. */
  static String shown(String host) {
    if (!address(host).isAnyLocalAddress()) {
      return host;
    }
    return addresses().stream()
        .filter(each -> !each.startsWith("127."))
        .findFirst()
        .orElse("127.0.0.1");
  }

  /** The addresses of all networks that this machine is in: IPv4, as people write them. */
  private static List<String> addresses() {
    try {
      return NetworkInterface.networkInterfaces()
          .flatMap(NetworkInterface::inetAddresses)
          .filter(Inet4Address.class::isInstance)
          .map(InetAddress::getHostAddress)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As this machine calls itself; with its domain, where the name server knows it by one. */
  private static Set<String> machine() {
    Set<String> names = new LinkedHashSet<>();
    try {
      InetAddress local = InetAddress.getLocalHost();
      String name = local.getHostName().toLowerCase(Locale.ROOT);
      String whole = local.getCanonicalHostName().toLowerCase(Locale.ROOT);
      names.add(name);
      if (whole.startsWith(name + ".")) {
        names.add(whole);
      }
    } catch (UnknownHostException e) {
      // a machine without a name is called by its addresses
    }
    return names;
  }
}
