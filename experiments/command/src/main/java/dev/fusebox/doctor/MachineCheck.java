package dev.fusebox.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.io.File;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The machine and what of it Java may use. */
public final class MachineCheck {

  private static final long SMALL_HEAP = 1_000_000_000;
  private static final long SMALL_DISK = 5_000_000_000L;

  private MachineCheck() {}

  /** Java, machine, memory, disk. */
  public static List<Finding> findings() {
    return List.of(
        Finding.of("java", System.getProperty("java.vm.name") + " " + Runtime.version()),
        machine(),
        memory(),
        heap(),
        disk());
  }

  private static Finding machine() {
    return Finding.of(
        "machine",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.arch")
            + ", "
            + Runtime.getRuntime().availableProcessors()
            + " cores");
  }

  private static Finding memory() {
    if (!(ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean machine)) {
      return Finding.of("memory", "not reported by this Java");
    }
    return Finding.of(
        "memory",
        Sizes.bytes(machine.getTotalMemorySize())
            + ", of which "
            + Sizes.bytes(machine.getFreeMemorySize())
            + " unused; libtorch allocates outside the heap");
  }

  private static Finding heap() {
    long most = Runtime.getRuntime().maxMemory();
    String found = Sizes.bytes(most) + " at most";
    return most < SMALL_HEAP
        ? Finding.lacking(
            "heap", found, "large data sets need more: FUSEBOX_JAVA=-Xmx4g fusebox ... gives 4 GB")
        : Finding.of("heap", found);
  }

  private static Finding disk() {
    File here = new File(".").getAbsoluteFile();
    String found = Sizes.bytes(here.getUsableSpace()) + " free in " + here.getParent();
    return here.getUsableSpace() < SMALL_DISK
        ? Finding.lacking(
            "disk",
            found,
            "fusebox plan CONFIG says how large its checkpoints are; --results DIR puts them elsewhere")
        : Finding.of("disk", found);
  }
}
