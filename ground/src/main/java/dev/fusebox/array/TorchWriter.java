package dev.fusebox.array;

import dev.fusebox.file.WholeFile;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes tensors as {@code torch.save} writes a state dict: what {@link TorchFile} reads. Not safe
 * for threads.
 *
 * @since 0.1
 */
public final class TorchWriter implements TensorWriter {

  private static final String ROOT = "archive/";

  private final List<Outgoing> tensors = new ArrayList<>();
  private final ByteArrayOutputStream program = new ByteArrayOutputStream();

  @Override
  public TorchWriter add(TensorFile file, StoredTensor tensor, ElementType type) {
    return add(Outgoing.of(file, tensor, type));
  }

  TorchWriter add(Outgoing tensor) {
    tensors.add(tensor);
    return this;
  }

  @Override
  public void write(Path file) throws IOException {
    long bytes = tensors.stream().mapToLong(Outgoing::bytes).reduce(0, Math::addExact);
    WholeFile.write(file, bytes, this::writeTo);
  }

  private void writeTo(Path file) throws IOException {
    try (OutputStream stream = new BufferedOutputStream(Files.newOutputStream(file));
        ZipOutputStream zip = new ZipOutputStream(stream)) {
      put(zip, "data.pkl", program());
      put(zip, "byteorder", bytes("little"));
      for (int i = 0; i < tensors.size(); i++) {
        put(zip, "data/" + i, tensors.get(i));
      }
      put(zip, "version", bytes("3\n"));
    }
  }

  private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 sum = new CRC32();
    sum.update(content);
    zip.putNextEntry(stored(name, content.length, sum));
    zip.write(content);
  }

  /** Reads the tensor twice: an uncompressed entry begins with its check sum. */
  private static void put(ZipOutputStream zip, String name, Outgoing tensor) throws IOException {
    CRC32 sum = new CRC32();
    tensor.send(sum::update);
    zip.putNextEntry(stored(name, tensor.bytes(), sum));
    WritableByteChannel channel = Channels.newChannel(zip);
    tensor.send(channel::write);
  }

  private static ZipEntry stored(String name, long size, CRC32 sum) {
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(size);
    entry.setCrc(sum.getValue());
    entry.setTime(0);
    return entry;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  // The pickle, protocol 2; letters are instructions, see PickleInstruction

  private byte[] program() {
    program.reset();
    emit("\u0080\u0002");
    orderedDict();
    emit("(");
    for (int i = 0; i < tensors.size(); i++) {
      text(tensors.get(i).name());
      tensor(i, tensors.get(i));
    }
    emit("u.");
    return program.toByteArray();
  }

  private void tensor(int key, Outgoing tensor) {
    emit("ctorch._utils\n_rebuild_tensor_v2\n((");
    text("storage");
    emit("ctorch\n" + tensor.type().torchStorage() + "\n");
    text(Integer.toString(key));
    text("cpu");
    number(tensor.shape().size());
    emit("tQ");
    number(0);
    StoredTensor layout = StoredTensor.contiguous(tensor.name(), tensor.type(), tensor.shape(), 0);
    emit("(");
    for (long extent : tensor.shape().getShape()) {
      number(extent);
    }
    emit("t(");
    layout.strides().forEach(this::number);
    emit("t\u0089");
    orderedDict();
    emit("tR");
  }

  private void orderedDict() {
    emit("ccollections\nOrderedDict\n)R");
  }

  private void text(String text) {
    byte[] bytes = bytes(text);
    emit("X");
    program.writeBytes(littleEndian(Integer.BYTES).putInt(bytes.length).array());
    program.writeBytes(bytes);
  }

  /** Torch takes a number of eight bytes (LONG1) everywhere. */
  private void number(long number) {
    emit("\u008a\u0008");
    program.writeBytes(littleEndian(Long.BYTES).putLong(number).array());
  }

  private void emit(String instructions) {
    program.writeBytes(instructions.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static ByteBuffer littleEndian(int size) {
    return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
  }
}
