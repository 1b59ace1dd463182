package dev.fusebox.array;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.RandomText;
import dev.fusebox.file.Fingerprint;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What was written is what is read, whatever it is. */
class TensorFilesPropertyTest {

  /** Names with these are refused. */
  private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}\\p{Zl}\\p{Zp}]");

  private static final List<ElementType> TYPES = List.of(ElementType.values());

  @TempDir private Path directory;

  static LongStream seeds() {
    return LongStream.range(0, 40);
  }

  private static byte[] bytes(SplittableRandom random, long count) {
    byte[] bytes = new byte[Math.toIntExact(count)];
    random.nextBytes(bytes);
    return bytes;
  }

  private static Shape shape(SplittableRandom random) {
    return new Shape(random.longs(random.nextInt(5), 0, 6).toArray());
  }

  private static Outgoing tensor(String name, ElementType type, Shape shape, byte[] bytes) {
    return new Outgoing(name, type, shape, sink -> sink.accept(ByteBuffer.wrap(bytes)));
  }

  /** Bytes by name, in an order of their own. */
  private static Map<String, byte[]> content(List<Outgoing> tensors, SplittableRandom random) {
    Map<String, byte[]> content = new LinkedHashMap<>();
    for (int i = random.nextInt(6); i >= 0; i--) {
      ElementType type = TYPES.get(random.nextInt(TYPES.size()));
      Shape shape = shape(random);
      byte[] bytes = bytes(random, shape.size() * type.bytes());
      String name = CONTROL.matcher(RandomText.of(random, 12)).replaceAll("") + i;
      tensors.add(tensor(name, type, shape, bytes));
      content.put(name, bytes);
    }
    return content;
  }

  private static String hash(byte[] bytes) {
    return new Fingerprint().add(ByteBuffer.wrap(bytes)).hex();
  }

  private static void holds(TensorFile file, List<Outgoing> tensors, Map<String, byte[]> content)
      throws IOException {
    assertThat(file.names()).containsExactlyElementsOf(content.keySet());
    for (Outgoing tensor : tensors) {
      assertThat(file.tensor(tensor.name()).type()).isEqualTo(tensor.type());
      assertThat(file.shape(tensor.name())).isEqualTo(tensor.shape());
      assertThat(file.digest(tensor.name())).isEqualTo(hash(content.get(tensor.name())));
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void safetensorsAndTorchHoldEveryTensorBitByBit(long seed) throws IOException {
    List<Outgoing> tensors = new ArrayList<>();
    Map<String, byte[]> content = content(tensors, new SplittableRandom(seed));
    SafetensorsWriter writer = new SafetensorsWriter();
    tensors.forEach(writer::add);
    writer.write(directory.resolve("a.safetensors"));
    TensorFile first = TensorFile.open(directory.resolve("a.safetensors"));
    holds(first, tensors, content);

    List<Outgoing> copies =
        first.tensors().values().stream()
            .map(each -> Outgoing.of(first, each, each.type()))
            .toList();
    TorchWriter torch = new TorchWriter();
    copies.forEach(torch::add);
    torch.write(directory.resolve("b.bin"));
    holds(TensorFile.open(directory.resolve("b.bin")), tensors, content);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void npyHoldsEveryRowBitByBit(long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    int[] row = random.ints(1 + random.nextInt(2), 1, 9).toArray();
    int size = IntStream.of(row).reduce(1, (a, b) -> a * b);
    List<float[]> rows = new ArrayList<>();
    Path file = directory.resolve("rows.npy");
    int count = random.nextInt(5);
    try (NpyWriter writer = NpyWriter.floats(file, count, row)) {
      for (int i = 0; i < count; i++) {
        rows.add(numbers(size, random));
        writer.write(rows.get(i));
      }
    }
    FeatureArray array = NpyFile.open(file);
    assertThat(array.rows()).isEqualTo(count);
    for (int i = 0; i < count; i++) {
      assertThat(bits(NpyFileGoldenTest.row(array, i))).isEqualTo(bits(rows.get(i)));
    }
  }

  private static float[] numbers(int count, SplittableRandom random) {
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = Float.intBitsToFloat(random.nextInt());
    }
    return numbers;
  }

  private static int[] bits(float... numbers) {
    return IntStream.range(0, numbers.length)
        .map(i -> Float.floatToRawIntBits(numbers[i]))
        .toArray();
  }

  /** No other half is nearer: neither neighbour of the one taken. */
  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void aHalfAndABrainFloatAreTheNearestThereAre(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 200; i++) {
      float number = (float) Math.scalb(random.nextDouble(-1, 1), random.nextInt(-30, 17));
      int half = Short.toUnsignedInt(Half.of(number));
      int brain = Short.toUnsignedInt(BrainFloat.of(number));
      double reach = Math.abs((double) Half.toFloat((short) half) - number);
      double brainReach = Math.abs((double) BrainFloat.toFloat((short) brain) - number);
      for (int step : new int[] {-1, 1}) {
        float other = Half.toFloat((short) (half + step));
        float otherBrain = BrainFloat.toFloat((short) (brain + step));
        boolean nearest = Float.isNaN(other) || reach <= Math.abs((double) other - number);
        boolean brainNearest = brainReach <= Math.abs((double) otherBrain - number);
        assertThat(nearest && brainNearest).as("%s", number).isTrue();
      }
    }
  }
}
