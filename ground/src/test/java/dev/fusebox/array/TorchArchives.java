package dev.fusebox.array;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Writes files in the form of torch.save, with whatever pickle a test wants. */
public final class TorchArchives {

  private TorchArchives() {}

  public static Path write(Path file, byte[] pickle) throws IOException {
    return write(file, pickle, Map.of("data/0", new byte[16]));
  }

  public static Path write(Path file, byte[] pickle, Map<String, byte[]> entries)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      put(zip, "archive/data.pkl", pickle);
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        put(zip, "archive/" + entry.getKey(), entry.getValue());
      }
    }
    return file;
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    CRC32 sum = new CRC32();
    sum.update(content);
    entry.setCrc(sum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
  }

  /**
   * A pickle spelled with its instructions' letters; {@code \x80} and other bytes as in Python,
   * spaces left out.
   */
  public static byte[] pickle(String spelled) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] text = spelled.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < text.length; i++) {
      if (text[i] == '\\') {
        bytes.write(Integer.parseInt(spelled.substring(i + 2, i + 4), 16));
        i += 3;
      } else if (text[i] != ' ') {
        bytes.write(text[i]);
      }
    }
    return bytes.toByteArray();
  }

  /** A tensor of the storage data/0, four fp32 numbers, as instructions of protocol 2. */
  public static String tensor(int offset, String shape, String strides) {
    return "ctorch._utils\n_rebuild_tensor_v2\n((U\\x07storagectorch\nFloatStorage\nU\\x010U\\x03cpuK\\x04tQ"
        + "K\\x%02x".formatted(offset)
        + shape
        + strides
        + "\\x89ccollections\nOrderedDict\n)RtR";
  }
}
