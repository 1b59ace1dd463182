package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * NumPy's array format, versions 1 to 3: fp16, fp32, fp64 and bytes, either byte order, C and
 * Fortran order. Arrays of Python objects are refused: reading them would run what they hold.
 *
 * @see <a href="https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html">the
 *     format</a>
 * @since 0.1
 */
public final class NpyFile {

  static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

  private static final int LONGEST_HEADER = 1 << 16;

  private static final Pattern TYPE = Pattern.compile("'descr'\\s*:\\s*(?:'([^']*)'|(\\[))");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([\\d\\s,]*)\\)");

  private NpyFile() {}

  /**
   * Opens an array of pictures.
   *
   * @throws UserError if the file is no such array, holds something else than numbers, or is cut
   *     off
   */
  public static FeatureArray open(Path file) throws IOException {
    MappedFile bytes = MappedFile.open(file);
    if (bytes.size() < 12 || !startsWithMagic(bytes)) {
      throw new UserError(
          file
              + (TensorFormat.isPointer(file)
                  ? ": a pointer of Git LFS, not the file itself; fetch it with: git lfs pull"
                  : " is no npy file: it does not start with \\x93NUMPY"));
    }
    int start = version(bytes) == 1 ? 10 : 12;
    long length = headerLength(bytes);
    if (start + length > bytes.size()) {
      throw new UserError(file + " is cut off inside its header");
    }
    if (length > LONGEST_HEADER) {
      throw new UserError(
          "%s: an npy header has at most %,d bytes, found %,d"
              .formatted(file, LONGEST_HEADER, length));
    }
    ByteBuffer header = bytes.piece(start, (int) length, ByteOrder.LITTLE_ENDIAN);
    return array(bytes, start + length, StandardCharsets.UTF_8.decode(header).toString());
  }

  private static boolean startsWithMagic(MappedFile bytes) {
    return bytes.piece(0, MAGIC.length, ByteOrder.LITTLE_ENDIAN).equals(ByteBuffer.wrap(MAGIC));
  }

  private static int version(MappedFile bytes) {
    int version = bytes.piece(MAGIC.length, 1, ByteOrder.LITTLE_ENDIAN).get();
    if (version < 1 || version > 3) {
      throw new UserError(
          "%s: npy versions 1 to 3 are read, found %d".formatted(bytes.file(), version));
    }
    return version;
  }

  private static long headerLength(MappedFile bytes) {
    ByteBuffer length = bytes.piece(8, 4, ByteOrder.LITTLE_ENDIAN);
    return version(bytes) == 1
        ? Short.toUnsignedInt(length.getShort(0))
        : Integer.toUnsignedLong(length.getInt(0));
  }

  private static FeatureArray array(MappedFile bytes, long offset, String header) {
    String type = find(TYPE, header, bytes.file());
    Shape shape =
        new Shape(
            Arrays.stream(find(SHAPE, header, bytes.file()).split(","))
                .map(String::strip)
                .filter(size -> !size.isEmpty())
                .mapToLong(size -> extent(size, bytes.file()))
                .toArray());
    boolean fortran = find(ORDER, header, bytes.file()).equals("True");
    return new FeatureArray(
        bytes,
        new StoredTensor(
            "array",
            elementType(type, bytes.file()),
            ElementType.npyOrder(type),
            shape,
            fortran ? StoredTensor.columnMajor(shape) : StoredTensor.rowMajor(shape),
            offset));
  }

  private static long extent(String size, Path file) {
    if (!size.matches("\\d{1,9}")) {
      throw new UserError(
          "%s: an extent of its shape is a whole number below 10^9, found %.40s"
              .formatted(file, size));
    }
    return Long.parseLong(size);
  }

  private static String find(Pattern pattern, String header, Path file) {
    Matcher matcher = pattern.matcher(header);
    if (!matcher.find()) {
      throw new UserError(
          "%s: cannot make out the npy header %.200s".formatted(file, header.strip()));
    }
    return matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
  }

  private static ElementType elementType(String descriptor, Path file) {
    if (descriptor.matches("\\|?O")) {
      throw new UserError(
          file
              + " holds Python objects (descr '|O'), which are refused: reading them would run"
              + " code. Save it as numbers: np.save(file, array.astype('float32'))");
    }
    return ElementType.ofNpy(descriptor)
        .filter(type -> type.floating() || type == ElementType.U8)
        .orElseThrow(
            () ->
                new UserError(
                    "%s: numbers must be f2, f4, f8 or u1, found descr '%s'"
                        .formatted(file, descriptor)));
  }
}
