package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Tells the forms of tensor files apart by their first bytes, whatever they are called. */
final class TensorFormat {

  private static final int LOOKED_AT = 64;
  private static final byte[] ZIP = {'P', 'K', 3, 4};
  private static final byte[] LEGACY_TORCH = {
    (byte) 0x80, 2, (byte) 0x8a, 10, 0x6c, (byte) 0xfc, (byte) 0x9c, 0x46, (byte) 0xf9, 0x20
  };
  private static final byte[] PICKLE = {(byte) 0x80};
  private static final byte[] GIT_LFS =
      "version https://git-lfs".getBytes(StandardCharsets.US_ASCII);

  private TensorFormat() {}

  static TensorFile open(Path path) throws IOException {
    byte[] head = head(RegularFile.require(path));
    if (head.length == 0) {
      throw new FileFormatException(path, "an empty file; download it again");
    }
    if (head[0] == '<' && !announcesHeader(head)) {
      throw new FileFormatException(
          path, "a web page, not a tensor file; it may say what went wrong with the download");
    }
    if (startsWith(head, ZIP)) {
      return TorchFile.open(path);
    }
    if (startsWith(head, LEGACY_TORCH)) {
      throw new FileFormatException(
          path,
          "saved in the format of torch before 1.6, which is not read. Convert it once in Python,"
              + " in a place where you trust it: torch.save(torch.load(f, weights_only=True), f)");
    }
    if (startsWith(head, GIT_LFS)) {
      throw new FileFormatException(
          path, "a pointer of Git LFS, not the file itself; fetch it with: git lfs pull");
    }
    if (startsWith(head, PICKLE) && !announcesHeader(head)) {
      throw new FileFormatException(
          path, "a bare pickle, not a file of torch.save since 1.6 and not safetensors");
    }
    return SafetensorsFile.open(path);
  }

  /** Whether a file is only a pointer, as a clone without Git LFS has it. */
  static boolean isPointer(Path path) throws IOException {
    return startsWith(head(path), GIT_LFS);
  }

  /** The length of a safetensors header may begin as a pickle does: 128, 640, 13440 bytes. */
  private static boolean announcesHeader(byte[] head) {
    return head.length > Long.BYTES && head[Long.BYTES] == '{';
  }

  private static byte[] head(Path path) throws IOException {
    try (InputStream stream = Files.newInputStream(path)) {
      return stream.readNBytes(LOOKED_AT);
    }
  }

  private static boolean startsWith(byte[] head, byte[] start) {
    return head.length >= start.length
        && Arrays.equals(head, 0, start.length, start, 0, start.length);
  }
}
