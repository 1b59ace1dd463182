package dev.fusebox.training.work;

import dev.fusebox.file.WholeFile;
import dev.fusebox.training.batch.Example;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.CheckedOutputStream;

/**
 * The tokens of a stage's texts, two bytes each where the ids allow. Big-endian:
 *
 * <pre>
 * int   mark, questions, cut sources, cut targets, shots left out, bytes per id
 * int   number of options of each question; none where they are not ranked
 * int   length of the source, of the target and of each option, for each question
 * ids   of the same, for each question
 * long  CRC-32 of all before it
 * </pre>
 *
 * The texts themselves are not in it: whoever asks has them.
 */
final class TokenFile {

  private static final int MARK = 0x46425433; // FBT3
  private static final int HEADER = 6 * Integer.BYTES;
  private static final int NARROW = 1 << Short.SIZE;

  private TokenFile() {}

  /** Writes the file whole or not at all. */
  static void write(Path file, Tokenised tokens) throws IOException {
    WholeFile.write(file, output -> write(output, tokens));
  }

  private static void write(OutputStream output, Tokenised tokens) throws IOException {
    CheckedOutputStream checked = new CheckedOutputStream(output, new CRC32());
    DataOutputStream data = new DataOutputStream(checked);
    boolean narrow = texts(tokens).flatMapToInt(Arrays::stream).allMatch(id -> id < NARROW);
    data.writeInt(MARK);
    data.writeInt(tokens.examples().size());
    data.writeInt(tokens.cutSources());
    data.writeInt(tokens.cutTargets());
    data.writeInt(tokens.leftOutShots());
    data.writeInt(narrow ? Short.BYTES : Integer.BYTES);
    for (Example example : tokens.examples()) {
      data.writeInt(options(example).size());
    }
    for (int[] text : texts(tokens).toList()) {
      data.writeInt(text.length);
    }
    for (int[] text : texts(tokens).toList()) {
      writeIds(data, text, narrow);
    }
    data.writeLong(checked.getChecksum().getValue());
  }

  private static Stream<int[]> texts(Tokenised tokens) {
    return tokens.examples().stream()
        .flatMap(
            example ->
                Stream.concat(
                    Stream.of(example.source(), example.target()), options(example).stream()));
  }

  private static List<int[]> options(Example example) {
    return example.options().map(Example.Options::texts).orElse(List.of());
  }

  private static void writeIds(DataOutputStream data, int[] ids, boolean narrow)
      throws IOException {
    for (int id : ids) {
      if (narrow) {
        data.writeShort(id);
      } else {
        data.writeInt(id);
      }
    }
  }

  /** The tokens of {@code texts}; empty if the file is missing or not whole. */
  static Optional<Tokenised> read(Path file, StageTexts texts) throws IOException {
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    try (FileChannel channel = FileChannel.open(file)) {
      ByteBuffer bytes = channel.map(MapMode.READ_ONLY, 0, channel.size());
      return isWhole(bytes, texts.size()) && fits(bytes, texts)
          ? Optional.of(read(bytes, texts))
          : Optional.empty();
    }
  }

  private static boolean isWhole(ByteBuffer bytes, int questions) {
    int end = bytes.limit() - Long.BYTES;
    if (end < HEADER) {
      return false;
    }
    CRC32 sum = new CRC32();
    sum.update(bytes.slice(0, end));
    return sum.getValue() == bytes.getLong(end)
        && bytes.getInt(0) == MARK
        && bytes.getInt(Integer.BYTES) == questions;
  }

  /** Whether the lengths add up: a checksum may be right and its file made by somebody else. */
  private static boolean fits(ByteBuffer bytes, StageTexts texts) {
    int end = bytes.limit() - Long.BYTES;
    int width = bytes.getInt(HEADER - Integer.BYTES);
    long lengths = HEADER + (long) Integer.BYTES * texts.size();
    if ((width != Short.BYTES && width != Integer.BYTES) || lengths > end) {
      return false;
    }
    long counts = 2L * texts.size();
    for (int i = 0; i < texts.size(); i++) {
      int options = bytes.getInt(HEADER + Integer.BYTES * i);
      if (options != (texts.options().isEmpty() ? 0 : texts.options().get(i).texts().size())) {
        return false;
      }
      counts += options;
    }
    long ids = lengths + Integer.BYTES * counts;
    long sum = 0;
    for (long at = lengths; at < ids && ids <= end; at += Integer.BYTES) {
      int length = bytes.getInt((int) at);
      sum = length < 0 ? Long.MIN_VALUE / 2 : sum + length;
    }
    return ids <= end && sum >= 0 && ids + sum * width == end;
  }

  private static Tokenised read(ByteBuffer bytes, StageTexts texts) {
    bytes.position(2 * Integer.BYTES);
    int cutSources = bytes.getInt();
    int cutTargets = bytes.getInt();
    int leftOutShots = bytes.getInt();
    boolean narrow = bytes.getInt() == Short.BYTES;
    int[] options = new int[texts.size()];
    bytes.slice().asIntBuffer().get(options);
    int count = Arrays.stream(options).sum() + 2 * options.length;
    bytes.position(HEADER + Integer.BYTES * options.length);
    ByteBuffer lengths = bytes.slice();
    bytes.position(bytes.position() + Integer.BYTES * count);
    List<Example> examples = new ArrayList<>(texts.size());
    for (int i = 0; i < texts.size(); i++) {
      int[] source = ids(bytes, lengths.getInt(), narrow);
      int[] target = ids(bytes, lengths.getInt(), narrow);
      List<int[]> ranked = new ArrayList<>();
      for (int option = 0; option < options[i]; option++) {
        ranked.add(ids(bytes, lengths.getInt(), narrow));
      }
      examples.add(example(texts, i, source, target, ranked));
    }
    return new Tokenised(examples, cutSources, cutTargets, leftOutShots);
  }

  private static Example example(
      StageTexts texts, int at, int[] source, int[] target, List<int[]> options) {
    return new Example(
        texts.ids().get(at),
        source,
        target,
        texts.prompts().get(at).target(),
        options.isEmpty()
            ? Optional.empty()
            : Optional.of(new Example.Options(options, texts.options().get(at).right())));
  }

  private static int[] ids(ByteBuffer bytes, int length, boolean narrow) {
    int[] ids = new int[length];
    for (int i = 0; i < length; i++) {
      ids[i] = narrow ? Short.toUnsignedInt(bytes.getShort()) : bytes.getInt();
    }
    return ids;
  }
}
