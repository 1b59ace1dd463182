package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a pickle as data. A pickle is a program for a stack machine, and may name any function to
 * be called; this machine knows text, numbers, lists and dicts, and of functions {@link
 * TorchConstructors} alone. Everything else is refused by name, before it could have an effect.
 *
 * <p>Python's None is null, a tuple an unmodifiable list, an int a {@code Long}.
 */
final class Pickle {

  /** Room for about thirty thousand tensors; keeps a hostile file from filling the heap. */
  private static final int MAXIMUM_INSTRUCTIONS = 1_000_000;

  private final Path path;
  private final ByteBuffer program;
  private final Deque<List<Object>> below = new ArrayDeque<>();
  private final Map<Long, Object> memo = new HashMap<>();
  private List<Object> stack = new ArrayList<>();
  private int spent;
  private boolean stopped;
  private Object result;

  private Pickle(Path path, byte[] program) {
    this.path = path;
    this.program = ByteBuffer.wrap(program).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * The value a pickle stands for.
   *
   * @param path the file it comes from, for messages
   * @throws FileFormatException if it is damaged or names anything but tensors
   */
  static Object read(Path path, byte[] program) throws FileFormatException {
    return new Pickle(path, program).run();
  }

  private Object run() throws FileFormatException {
    while (!stopped) {
      spend(1);
      step();
    }
    return result;
  }

  /** Counts an instruction, or the values one makes anew: both are bounded together. */
  void spend(int count) throws FileFormatException {
    spent += count;
    if (spent > MAXIMUM_INSTRUCTIONS) {
      throw problem("its pickle has more than " + MAXIMUM_INSTRUCTIONS + " instructions");
    }
  }

  private void step() throws FileFormatException {
    int at = program.position();
    PickleInstruction instruction = null;
    try {
      instruction = PickleInstruction.of(this, program.get());
      instruction.run(this);
    } catch (RuntimeException e) {
      throw problem(
          "its pickle is damaged at byte "
              + at
              + (instruction == null ? "" : " (" + instruction.name() + ")"));
    }
  }

  FileFormatException problem(String problem) {
    return new FileFormatException(path, problem);
  }

  /** Why a thing that a pickle asks for is not given. */
  FileFormatException refusal(String what) {
    return problem(
        "refused: its pickle asks for "
            + what
            + ", and a tensor file needs no more than "
            + TorchConstructors.ALLOWED
            + ". It may be meant to run code. If you trust it, load it in Python and save only the state dict, preferably as safetensors");
  }

  /** Ends the program: what is on top is what the pickle stands for. */
  void stop() {
    result = pop();
    stopped = true;
  }

  // The stack

  void push(Object value) {
    stack.add(value);
  }

  Object pop() {
    return stack.remove(stack.size() - 1);
  }

  Object top() {
    return stack.get(stack.size() - 1);
  }

  void mark() {
    below.push(stack);
    stack = new ArrayList<>();
  }

  /** Takes everything above the last mark, and the mark. */
  List<Object> popToMark() {
    List<Object> values = stack;
    stack = below.pop();
    return values;
  }

  List<Object> popLast(int count) {
    List<Object> last = stack.subList(stack.size() - count, stack.size());
    List<Object> values = new ArrayList<>(last);
    last.clear();
    return values;
  }

  static List<Object> tuple(List<Object> values) {
    return Collections.unmodifiableList(values);
  }

  /** A dict of values that follow each other as key, value, key, value. */
  static Map<Object, Object> dict(List<Object> values) {
    return putAll(new LinkedHashMap<>(), values);
  }

  static Map<Object, Object> putAll(Map<Object, Object> dict, List<Object> values) {
    for (int i = 0; i < values.size(); i += 2) {
      dict.put(key(values.get(i)), values.get(i + 1));
    }
    return dict;
  }

  private static Object key(Object value) {
    if (value instanceof String || value instanceof Number || value instanceof Boolean) {
      return value;
    }
    throw new IllegalArgumentException("a key must be a text or a number");
  }

  @SuppressWarnings("unchecked")
  static Map<Object, Object> asDict(Object value) {
    return (Map<Object, Object>) value;
  }

  @SuppressWarnings("unchecked")
  static List<Object> asList(Object value) {
    return (List<Object>) value;
  }

  // The memo

  void remember(long index) {
    memo.put(index, top());
  }

  void rememberNext() {
    remember(memo.size());
  }

  void recall(long index) {
    if (!memo.containsKey(index)) {
      throw new IllegalArgumentException("nothing was remembered as " + index);
    }
    push(memo.get(index));
  }

  // The arguments that follow an instruction

  long unsignedByte() {
    return Byte.toUnsignedLong(program.get());
  }

  long unsignedShort() {
    return Short.toUnsignedLong(program.getShort());
  }

  long signedInt() {
    return program.getInt();
  }

  long unsignedInt() {
    return Integer.toUnsignedLong(program.getInt());
  }

  long signedLong() {
    return program.getLong();
  }

  double bigEndianDouble() {
    return Double.longBitsToDouble(Long.reverseBytes(program.getLong()));
  }

  byte[] bytes(long count) {
    if (count < 0 || count > program.remaining()) {
      throw new IllegalArgumentException("more bytes announced than there are");
    }
    byte[] bytes = new byte[(int) count];
    program.get(bytes);
    return bytes;
  }

  String text(long bytes) {
    return new String(bytes(bytes), StandardCharsets.UTF_8);
  }

  /** A little-endian number of that many bytes; 0 if there are none. */
  long number(long bytes) {
    byte[] littleEndian = bytes(bytes);
    byte[] bigEndian = new byte[littleEndian.length + 1];
    for (int i = 0; i < littleEndian.length; i++) {
      bigEndian[littleEndian.length - i] = littleEndian[i];
    }
    bigEndian[0] = (byte) (bytes > 0 && bigEndian[1] < 0 ? -1 : 0);
    return new BigInteger(bigEndian).longValueExact();
  }

  String line() {
    int start = program.position();
    while (program.get() != '\n') {}
    return new String(
        program.array(), start, program.position() - start - 1, StandardCharsets.ISO_8859_1);
  }
}
