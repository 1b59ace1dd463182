package dev.fusebox.array;

import static dev.fusebox.array.TorchArchives.pickle;
import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.index.NDIndex;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.tensor.Precision;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files larger than an int can count, made of holes so that they take no room. */
final class LargeFilesTest {

  private static final long GIB = 1L << 30;
  private static final float[] LAST = {1.5f, -2, 3, 4};

  @TempDir private Path directory;

  private static ByteBuffer last() {
    ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(LAST);
    return bytes;
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }

  /** Tensors t0, t1, ... of fp32, the last one ending with {@link #LAST}. */
  private Path safetensors(long... sizes) throws IOException {
    StringJoiner header = new StringJoiner(",", "{", "}");
    long offset = 0;
    for (int i = 0; i < sizes.length; i++) {
      header.add(
          "\"t%d\":{\"dtype\":\"F32\",\"shape\":[%d],\"data_offsets\":[%d,%d]}"
              .formatted(i, sizes[i], offset, offset + 4 * sizes[i]));
      offset += 4 * sizes[i];
    }
    byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
    Path file = directory.resolve("model.safetensors");
    try (FileChannel channel = create(file)) {
      channel.write(littleEndian(8 + text.length).putLong(text.length).put(text).flip());
      channel.write(last(), 8 + text.length + offset - 16);
    }
    return file;
  }

  private static FileChannel create(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, StandardOpenOption.SPARSE);
  }

  @Test
  void readsSafetensorsPast2GiB() throws IOException {
    SafetensorsFile file = SafetensorsFile.open(safetensors(GIB / 2, GIB / 8, 4));
    assertThat(file.tensor("t2").offset()).isGreaterThan(5 * GIB / 2);
    assertThat(file.floats("t2")).containsExactly(LAST);
  }

  /** It takes 2 GiB while this runs. */
  @Test
  void anArrayOfMoreThan2GiBIsLoaded() throws IOException {
    long size = GIB / 2 + 4;
    Checkpoint checkpoint = Checkpoint.open(safetensors(size));
    try (NDManager manager = NDManager.newBaseManager();
        Parameters parameters = new Parameters(manager, 1)) {
      checkpoint.into(parameters);
      NDArray array = parameters.declare("t0", new Shape(size), Initializer.zeros());
      assertThat(parameters.report().complete()).isTrue();
      assertThat(array.get(new NDIndex().addSliceDim(size - 5, size)).toFloatArray())
          .containsExactly(0, LAST[0], LAST[1], LAST[2], LAST[3]);
    }
  }

  /** Row 1,610,612,735 of a storage of 6 GiB: as feature files of that size are read. */
  @Test
  void readsTorchFilesPast4GiB() throws IOException {
    long count = 3 * GIB / 2;
    byte[] program =
        pickle(
            "\\x80\\x02ctorch._utils\n_rebuild_tensor_v2\n((U\\x07storagectorch\nFloatStorage\nU\\x010U\\x03cpu"
                + long1(count)
                + "tQ"
                + long1(count - 4)
                + "K\\x02K\\x02\\x86K\\x02K\\x01\\x86\\x89}tR.");
    Path path = directory.resolve("features.pth");
    try (FileChannel channel = create(path)) {
      long data = writeLocal(channel, "f/data.pkl", program.length);
      channel.write(ByteBuffer.wrap(program), data);
      channel.position(data + program.length);
      long storage = writeLocal(channel, "f/data/0", 4 * count);
      channel.write(last(), storage + 4 * count - 16);
      channel.position(storage + 4 * count);
      writeDirectory(channel, program.length, data + program.length, 4 * count);
    }
    TorchFile file = TorchFile.open(path);
    assertThat(file.shape(TorchFile.WHOLE)).isEqualTo(new Shape(2, 2));
    assertThat(file.tensor(TorchFile.WHOLE).offset()).isGreaterThan(5 * GIB);
    assertThat(file.floats(TorchFile.WHOLE)).containsExactly(LAST);
  }

  /** A view with 6 GiB from its first number to its last, over the borders of what is mapped. */
  @Test
  void gathersNumbersThatLieFarApart() throws IOException {
    long count = 3 * GIB / 2;
    Path path = directory.resolve("apart.bin");
    try (FileChannel channel = create(path)) {
      channel.write(last(), 4 * count - 16);
    }
    StoredTensor view =
        new StoredTensor(
            "view",
            ElementType.F32,
            ByteOrder.LITTLE_ENDIAN,
            new Shape(2, 2),
            List.of(1L, count - 2),
            0);
    float[] numbers = new float[4];
    try (TensorReader reader = new TensorReader(path)) {
      reader.read(view, FloatBuffer.wrap(numbers));
    }
    assertThat(numbers).containsExactly(0, LAST[2], 0, LAST[3]);
  }

  private static String long1(long number) {
    StringBuilder spelled = new StringBuilder("\\x8a\\x08");
    for (int i = 0; i < 8; i++) {
      spelled.append("\\x%02x".formatted(number >>> (8 * i) & 0xff));
    }
    return spelled.toString();
  }

  private static long writeLocal(FileChannel channel, String name, long size) throws IOException {
    ByteBuffer head = littleEndian(30 + name.length());
    head.putInt(0x04034b50).putInt(18, (int) Math.min(size, 0xffffffffL));
    head.putInt(22, (int) Math.min(size, 0xffffffffL)).putShort(26, (short) name.length());
    head.position(30).put(name.getBytes(StandardCharsets.US_ASCII)).flip();
    channel.write(head);
    return channel.position();
  }

  private static void writeDirectory(FileChannel channel, long program, long second, long size)
      throws IOException {
    long start = channel.position();
    channel.write(entry("f/data.pkl", program, 0, false));
    channel.write(entry("f/data/0", size, second, true));
    long end = channel.position();
    ByteBuffer tail = littleEndian(56 + 20 + 22);
    tail.putInt(0x06064b50).position(40).putLong(end - start).putLong(start);
    tail.putInt(0x07064b50).putInt(0).putLong(end).putInt(1);
    tail.putInt(0x06054b50).putShort((short) 0).putShort((short) 0).putShort((short) 2);
    tail.putShort((short) 2).putInt(-1).putInt(-1).putShort((short) 0).flip();
    channel.write(tail);
  }

  private static ByteBuffer entry(String name, long size, long local, boolean wide) {
    ByteBuffer head = littleEndian(46 + name.length() + (wide ? 20 : 0));
    head.putInt(0x02014b50).putInt(20, wide ? -1 : (int) size).putInt(24, wide ? -1 : (int) size);
    head.putShort(28, (short) name.length()).putShort(30, (short) (wide ? 20 : 0));
    head.putInt(42, (int) local).position(46);
    head.put(name.getBytes(StandardCharsets.US_ASCII));
    if (wide) {
      head.putShort((short) 1).putShort((short) 16).putLong(size).putLong(size);
    }
    return head.flip();
  }

  /**
   * A model of 768 MiB is loaded, by another JVM, in a heap of 48 MiB, and takes no more memory on
   * the way than at the end.
   *
   * @param held what it is held in
   */
  @ParameterizedTest
  @ValueSource(strings = {"float32", "bfloat16"})
  void loadsInASmallHeap(String held) throws IOException, InterruptedException {
    Path file = safetensors(LongStream.generate(() -> GIB / 32).limit(6).toArray());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx48m",
                "-DOPT_OUT_TRACKING=true",
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Loading.class.getName(),
                file.toString(),
                held)
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    Matcher peak =
        Pattern.compile("(?s).*loaded 6 of 201326592 numbers, the last 4.0, peak (\\d+)\\s*")
            .matcher(said);
    assertThat(peak.matches()).as(said).isTrue();
    long size = 201326592L * (held.equals("float32") ? Float.BYTES : Short.BYTES);
    if (Files.exists(Loading.STATUS)) {
      assertThat(Long.parseLong(peak.group(1)))
          .as("peak of loading, bytes")
          .isBetween((long) (0.95 * size), (long) (1.05 * size));
    }
  }

  /** Loads a checkpoint; for a JVM of its own. */
  static final class Loading {

    static final Path STATUS = Path.of("/proc/self/status"); // of Linux alone

    private Loading() {}

    public static void main(String[] arguments) throws IOException {
      Checkpoint checkpoint = Checkpoint.open(Path.of(arguments[0]));
      try (NDManager manager = NDManager.newBaseManager();
          Parameters parameters = new Parameters(manager, 1)) {
        Ops ops = Ops.load(manager, Precision.FLOAT32);
        if (arguments[1].equals("bfloat16")) {
          parameters.holdAsBrainFloats(name -> true, ops);
        }
        long before = resident();
        checkpoint.into(parameters);
        long peak = resident() - before;
        float last = 0;
        for (String name : checkpoint.names()) {
          Shape shape = checkpoint.tensor(name).shape();
          NDArray array = parameters.declare(name, shape, Initializer.zeros());
          long size = shape.size();
          NDArray numbers = ops.floats(array);
          last = numbers.get(new NDIndex().addSliceDim(size - 1, size)).toFloatArray()[0];
        }
        System.out.println(
            "loaded "
                + parameters.all().size()
                + " of "
                + Parameters.count(parameters.all().values())
                + " numbers, the last "
                + last
                + ", peak "
                + peak);
      }
    }

    /** The most bytes that this process has had resident. */
    private static long resident() throws IOException {
      if (!Files.exists(STATUS)) {
        return 0;
      }
      try (Stream<String> lines = Files.lines(STATUS)) {
        return lines
            .filter(line -> line.startsWith("VmHWM:"))
            .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
            .findFirst()
            .orElseThrow();
      }
    }
  }
}
