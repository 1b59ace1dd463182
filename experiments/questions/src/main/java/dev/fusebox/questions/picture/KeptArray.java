package dev.fusebox.questions.picture;

import dev.fusebox.array.FeatureArray;
import dev.fusebox.array.NpyFile;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An array that is made once and kept in a cache, with its hash beside it. It decides bits of
 * results as what it is made from does: a damaged one is made again.
 */
final class KeptArray {

  private static final Logger LOG = LoggerFactory.getLogger(KeptArray.class);

  private KeptArray() {}

  /** Makes the file. */
  interface Making {
    void make() throws IOException;
  }

  /**
   * Opens the array.
   *
   * @param file named by everything that decides its bits
   * @param making writes that file, whole
   */
  static FeatureArray open(Path file, Path cache, Making making) throws IOException {
    if (!isWhole(file, cache)) {
      making.make();
      byte[] sum = Fingerprint.ofFiles(List.of(file)).getBytes(StandardCharsets.US_ASCII);
      WholeFile.write(sum(file), output -> output.write(sum));
    }
    return NpyFile.open(file);
  }

  private static boolean isWhole(Path file, Path cache) throws IOException {
    if (!Files.exists(file) || !Files.exists(sum(file))) {
      return false;
    }
    String hash = new FileHashes(cache.resolve(".hashes"), false).of(file);
    boolean whole = Files.readString(sum(file), StandardCharsets.ISO_8859_1).equals(hash);
    if (!whole) {
      LOG.warn("{} is damaged; it is made again", file);
    }
    return whole;
  }

  private static Path sum(Path file) {
    return file.resolveSibling(file.getFileName() + ".sha256");
  }
}
