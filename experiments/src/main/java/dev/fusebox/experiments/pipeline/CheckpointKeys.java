package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Hashes of checkpoints and tokenizers of others: names, sizes, and both ends of each file. */
final class CheckpointKeys {

  private static final int ENDS = 1 << 16; // gigabytes are not read through for a plan

  private final Map<Path, String> known = new HashMap<>();

  /** The hash of a file or of a directory's files. */
  String of(Path path) throws IOException {
    String key = known.get(path);
    if (key == null) {
      key = read(path);
      known.put(path, key);
    }
    return key;
  }

  private static String read(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new UserError(
          path + ": no such checkpoint or tokenizer. Put it there, or say where it is.");
    }
    Fingerprint fingerprint = new Fingerprint();
    for (Path file : files(path)) {
      fingerprint.add(file.getFileName().toString()).add(Files.size(file));
      addEnds(fingerprint, file);
    }
    return fingerprint.hex();
  }

  private static List<Path> files(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    try (Stream<Path> files = Files.list(path)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  private static void addEnds(Fingerprint fingerprint, Path file) throws IOException {
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = ByteBuffer.allocate(ENDS);
      channel.read(bytes, 0);
      fingerprint.add(bytes.flip());
      bytes.clear();
      channel.read(bytes, Math.max(0, channel.size() - ENDS));
      fingerprint.add(bytes.flip());
    }
  }
}
