package dev.fusebox.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collection;
import java.util.HexFormat;

/**
 * A hash of contents: equal contents, equal hash, wherever and whenever. SHA-256.
 *
 * @since 0.1
 */
public final class Fingerprint {

  private final MessageDigest digest = sha256();

  /** The fingerprint of what files hold, in their order. */
  public static String ofFiles(Collection<Path> files) throws IOException {
    Fingerprint fingerprint = new Fingerprint();
    for (Path file : files) {
      fingerprint.add(file);
    }
    return fingerprint.hex();
  }

  /** Adds the content of a file. */
  public Fingerprint add(Path file) throws IOException {
    add(Files.size(RegularFile.require(file)));
    byte[] buffer = new byte[1 << 16];
    try (InputStream input = Files.newInputStream(file)) {
      for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
        digest.update(buffer, 0, count);
      }
    }
    return this;
  }

  /** Adds a text. */
  public Fingerprint add(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    add(bytes.length);
    digest.update(bytes);
    return this;
  }

  /** Adds a number. */
  public Fingerprint add(long number) {
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(number).flip());
    return this;
  }

  /** Adds the bytes between position and limit. */
  public Fingerprint add(ByteBuffer bytes) {
    digest.update(bytes);
    return this;
  }

  /** The fingerprint of all that was added; starts anew. */
  public String hex() {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }
}
