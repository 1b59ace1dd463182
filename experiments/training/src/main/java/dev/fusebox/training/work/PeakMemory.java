package dev.fusebox.training.work;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The most memory that this process has had resident, libtorch's included, where the system tells
 * it (Linux). Stages that are computed at once share it.
 */
final class PeakMemory {

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final Path RESET = Path.of("/proc/self/clear_refs");
  private static final String PEAK_ALONE = "5"; // proc(5), since Linux 4.0
  private static final Pattern PEAK = Pattern.compile("(?m)^VmHWM:\\s*(\\d+) kB$");

  private PeakMemory() {}

  /** Begins anew; where the system does not let it, the peak stays that since the program began. */
  static void reset() {
    try {
      Files.writeString(RESET, PEAK_ALONE, StandardOpenOption.WRITE);
    } catch (IOException | UnsupportedOperationException e) {
      // then it is told for more than one stage, as its note says
    }
  }

  /** Millions of bytes since {@link #reset}; empty where the system does not tell. */
  static OptionalLong megabytes() {
    try {
      Matcher peak = PEAK.matcher(Files.readString(STATUS, StandardCharsets.ISO_8859_1));
      return peak.find()
          ? OptionalLong.of(Math.round(Long.parseLong(peak.group(1)) * 1024 / 1e6))
          : OptionalLong.empty();
    } catch (IOException e) {
      return OptionalLong.empty();
    }
  }
}
