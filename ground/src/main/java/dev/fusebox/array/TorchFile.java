package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.array.TorchConstructors.Storage;
import dev.fusebox.array.TorchConstructors.Tensor;
import dev.fusebox.array.ZipDirectory.Entry;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A file of {@code torch.save} ({@code .bin}, {@code .pth}, {@code .pt}) since torch 1.6: a zip of
 * uncompressed entries, one a pickle that says how the tensors lie in the others. No code of the
 * file is ever run.
 *
 * <p>Tensors inside of dicts and lists are named by their path, joined by dots; a file that is one
 * tensor calls it {@value #WHOLE}. Everything that is not a tensor is left out.
 *
 * @since 0.1
 */
public final class TorchFile implements TensorFile {

  /** The name of the tensor in a file that holds nothing but one. */
  public static final String WHOLE = "tensor";

  private static final String PROGRAM = "/data.pkl";
  private static final long MAXIMUM_PROGRAM = 8 << 20;
  private static final int MAXIMUM_VALUES = 1_000_000;
  private static final int MAXIMUM_DEPTH = 50;

  /** Tensors may share numbers; those that repeat them endlessly would fill the disk elsewhere. */
  private static final int MOST_REPEATED = 8;

  private static final long ALWAYS_ALLOWED = 1 << 26;

  private final Path path;
  private final Map<String, Entry> entries;
  private final String root;
  private final Map<String, StoredTensor> tensors = new LinkedHashMap<>();
  private int values;

  /** Dicts inside of which training programs keep the weights. */
  private static final List<String> WRAPPERS = List.of("state_dict.", "model_state_dict.");

  private TorchFile(Path path) throws IOException {
    this.path = path;
    this.entries = ZipDirectory.read(path);
    this.root = root();
    checkByteOrder();
    collect("", Pickle.read(path, bytes(root + PROGRAM, MAXIMUM_PROGRAM)), 0);
    checkSize();
  }

  /**
   * Reads what the file holds, but no numbers.
   *
   * @throws FileFormatException if it is damaged, of the format before torch 1.6, or its pickle
   *     asks for anything but tensors
   */
  public static TorchFile open(Path path) throws IOException {
    return new TorchFile(RegularFile.require(path));
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return Collections.unmodifiableMap(tensors);
  }

  @Override
  public Map<String, StoredTensor> weights() {
    for (String wrapper : WRAPPERS) {
      Map<String, StoredTensor> inside = new LinkedHashMap<>();
      tensors.forEach(
          (name, tensor) -> {
            if (name.startsWith(wrapper)) {
              String inner = name.substring(wrapper.length());
              inside.put(inner, tensor.named(inner));
            }
          });
      if (!inside.isEmpty()) {
        return inside;
      }
    }
    return tensors();
  }

  private String root() throws FileFormatException {
    List<String> programs = entries.keySet().stream().filter(n -> n.endsWith(PROGRAM)).toList();
    if (programs.size() != 1) {
      throw problem("a zip, but not of torch.save: it has " + programs.size() + " data.pkl");
    }
    return programs.get(0).substring(0, programs.get(0).length() - PROGRAM.length());
  }

  private void checkByteOrder() throws IOException {
    if (entries.containsKey(root + "/byteorder")) {
      String order = new String(bytes(root + "/byteorder", 16), StandardCharsets.US_ASCII).strip();
      if (!order.equals("little")) {
        throw problem("its numbers are " + order + "-endian; only little-endian is read");
      }
    }
  }

  private byte[] bytes(String name, long maximum) throws IOException {
    Entry entry = entries.get(name);
    if (entry.size() > maximum) {
      throw problem(name + " takes " + entry.size() + " bytes; at most " + maximum + " are read");
    }
    ByteBuffer bytes = ByteBuffer.allocate((int) entry.size());
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      while (bytes.hasRemaining() && channel.read(bytes, entry.offset() + bytes.position()) >= 0) {}
    }
    return bytes.array();
  }

  private void collect(String name, Object value, int depth) throws FileFormatException {
    if (++values > MAXIMUM_VALUES || depth > MAXIMUM_DEPTH) {
      throw problem("its dicts and lists hold too much or each other");
    }
    if (value instanceof Tensor tensor) {
      add(name.isEmpty() ? WHOLE : name, tensor);
    } else if (value instanceof Map<?, ?> dict) {
      for (Map.Entry<?, ?> entry : dict.entrySet()) {
        collect(join(name, entry.getKey()), entry.getValue(), depth + 1);
      }
    } else if (value instanceof List<?> list) {
      for (int i = 0; i < list.size(); i++) {
        collect(join(name, i), list.get(i), depth + 1);
      }
    }
  }

  private String join(String name, Object key) throws FileFormatException {
    String joined = name.isEmpty() ? key.toString() : name + "." + key;
    StoredTensor.requireName(path, joined);
    return joined;
  }

  /** The numbers of all tensors against those there are to read. */
  private void checkSize() throws IOException {
    long length = Files.size(path);
    long most = Math.max(ALWAYS_ALLOWED, MOST_REPEATED * length);
    double bytes = tensors.values().stream().mapToDouble(StoredTensor::bytes).sum();
    if (bytes > most) {
      throw problem(
          String.format(
              Locale.ROOT,
              "its tensors claim %.3g bytes, the file has %d: they repeat what it holds too often",
              bytes,
              length));
    }
  }

  private void add(String name, Tensor tensor) throws FileFormatException {
    StoredTensor stored = stored(name, tensor);
    if (tensors.put(name, stored) != null) {
      throw problem("it holds " + name + " twice");
    }
  }

  private StoredTensor stored(String name, Tensor tensor) throws FileFormatException {
    Entry entry = entry(name, tensor.storage());
    ElementType type = tensor.storage().type();
    try {
      StoredTensor stored =
          new StoredTensor(
              name,
              type,
              ByteOrder.LITTLE_ENDIAN,
              shape(tensor.shape()),
              tensor.strides(),
              entry.offset() + Math.multiplyExact(tensor.offset(), type.bytes()));
      boolean inside =
          tensor.offset() >= 0
              && tensor.strides().stream().allMatch(stride -> stride >= 0)
              && stored.span() <= entry.offset() + entry.size() - stored.offset();
      if (inside) {
        return stored;
      }
    } catch (ArithmeticException | IllegalArgumentException e) {
      // told below
    }
    throw problem(
        String.format(
            "%s, shape %s with strides %s from %d on, reaches past its storage of %d numbers",
            name, tensor.shape(), tensor.strides(), tensor.offset(), tensor.storage().count()));
  }

  private static Shape shape(List<Long> extents) {
    long size = 1;
    for (long extent : extents) {
      if (extent < 0) {
        throw new IllegalArgumentException("negative extent");
      }
      size = Math.multiplyExact(size, extent);
    }
    return new Shape(extents.stream().mapToLong(Long::longValue).toArray());
  }

  private Entry entry(String name, Storage storage) throws FileFormatException {
    Entry entry = entries.get(root + "/data/" + storage.key());
    if (entry == null) {
      throw problem(
          "damaged: the numbers of " + name + " are missing (data/" + storage.key() + ")");
    }
    if (entry.size() / storage.type().bytes() != storage.count()) {
      throw problem(
          String.format(
              "damaged: the storage of %s should hold %d numbers of %s, but has %d bytes",
              name, storage.count(), storage.type(), entry.size()));
    }
    return entry;
  }

  private FileFormatException problem(String problem) {
    return new FileFormatException(path, problem);
  }

  @Override
  public String toString() {
    return path + ", " + tensors.size() + " tensors";
  }
}
