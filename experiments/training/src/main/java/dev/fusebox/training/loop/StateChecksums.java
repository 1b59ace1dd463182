package dev.fusebox.training.loop;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32C;

/**
 * {@code checksums.json} of a saved state: how many bytes of each of its files count, and their
 * CRC-32C. It finds what a disk or a hand has changed, at the speed of reading.
 */
final class StateChecksums {

  private static final String FILE = "checksums.json";
  private static final ObjectMapper JSON = new ObjectMapper();

  private StateChecksums() {}

  /**
   * What a file held.
   *
   * @param bytes from its beginning; what was written later does not count
   * @param crc of them
   */
  record Sum(long bytes, String crc) {

    Sum {
      if (bytes < 0) {
        throw new IllegalArgumentException("bytes must not be negative, found " + bytes);
      }
    }

    static Sum of(Path file) throws IOException {
      return of(file, Files.size(file));
    }

    private static Sum of(Path file, long bytes) throws IOException {
      CRC32C crc = new CRC32C();
      byte[] buffer = new byte[1 << 16];
      long left = bytes;
      try (InputStream input = Files.newInputStream(file)) {
        while (left > 0) {
          int count = input.read(buffer, 0, (int) Math.min(buffer.length, left));
          if (count < 0) {
            throw new IOException(file + " was cut: %,d bytes are missing".formatted(left));
          }
          crc.update(buffer, 0, count);
          left -= count;
        }
      }
      return new Sum(bytes, Long.toHexString(crc.getValue()));
    }

    private void check(Path file) throws IOException {
      if (!of(file, bytes).equals(this)) {
        throw new IOException(file + " does not hold what was saved");
      }
    }
  }

  /** Writes the checksums of files into the state's folder. */
  static void write(Path state, List<Path> files) throws IOException {
    Map<String, Sum> sums = new TreeMap<>();
    for (Path file : files) {
      sums.put(file.getFileName().toString(), Sum.of(file));
    }
    Files.write(state.resolve(FILE), JSON.writeValueAsBytes(sums));
  }

  /**
   * Compares the files with their checksums.
   *
   * @throws IOException that names the first one that is another, or missing
   */
  static void check(Path state, List<Path> files) throws IOException {
    Path own = state.resolve(FILE);
    Map<String, Sum> sums;
    try {
      sums = JSON.readValue(own.toFile(), new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IOException(own + " cannot be read: " + e.getOriginalMessage(), e);
    } catch (CharConversionException e) {
      throw new IOException(own + " cannot be read: " + e.getMessage(), e);
    }
    for (Path file : files) {
      Sum sum = sums == null ? null : sums.get(file.getFileName().toString());
      if (sum == null) {
        throw new IOException(own + " tells nothing of " + file.getFileName());
      }
      sum.check(file);
    }
  }
}
