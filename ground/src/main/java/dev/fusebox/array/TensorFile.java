package dev.fusebox.array;

import ai.djl.ndarray.types.Shape;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.Fingerprint;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * A file of named tensors, as it is: names, types and shapes without reading a number. Holds no
 * open file; each read opens it, reads and closes it. Safe for threads.
 *
 * @since 0.1
 */
public sealed interface TensorFile permits SafetensorsFile, TorchFile {

  /**
   * Opens a file of either form, told by its first bytes.
   *
   * @throws FileFormatException if it is damaged or of neither form
   */
  static TensorFile open(Path path) throws IOException {
    return TensorFormat.open(path);
  }

  /** The file. */
  Path path();

  /** Every tensor by its name, in the order of the file. */
  Map<String, StoredTensor> tensors();

  /**
   * The tensors that are a model's weights: all, or those in the dict where a training program put
   * them, beside its own state.
   */
  default Map<String, StoredTensor> weights() {
    return tensors();
  }

  /** The names, in the order of the file. */
  default Set<String> names() {
    return tensors().keySet();
  }

  /**
   * The tensor of that name.
   *
   * @throws IllegalArgumentException if the file has none
   */
  default StoredTensor tensor(String name) {
    StoredTensor tensor = tensors().get(name);
    if (tensor == null) {
      throw new IllegalArgumentException(
          path() + " holds no tensor " + name + "; it holds " + String.join(", ", names()));
    }
    return tensor;
  }

  /** The shape of the tensor of that name. */
  default Shape shape(String name) {
    return tensor(name).shape();
  }

  /**
   * All numbers of a tensor in row-major order, as fp32.
   *
   * @throws IllegalArgumentException if there is none of that name, or it holds whole numbers
   */
  default float[] floats(String name) throws IOException {
    try (TensorReader reader = new TensorReader(path())) {
      StoredTensor tensor = tensor(name);
      float[] numbers = new float[Math.toIntExact(tensor.size())];
      reader.readFractions(tensor, FloatBuffer.wrap(numbers));
      return numbers;
    }
  }

  /**
   * All numbers of a tensor in row-major order, as whole numbers; true is 1.
   *
   * @throws IllegalArgumentException if there is none of that name, or it holds fractions
   */
  default long[] longs(String name) throws IOException {
    try (TensorReader reader = new TensorReader(path())) {
      return reader.readWhole(tensor(name));
    }
  }

  /** A fingerprint (SHA-256) of a tensor's numbers as they are stored, in row-major order. */
  default String digest(String name) throws IOException {
    return digest(tensor(name));
  }

  /** A fingerprint of the numbers of one of this file's tensors; see {@link #digest(String)}. */
  default String digest(StoredTensor tensor) throws IOException {
    try (TensorReader reader = new TensorReader(path())) {
      Fingerprint fingerprint = new Fingerprint();
      reader.forEachChunk(tensor, fingerprint::add);
      return fingerprint.hex();
    }
  }
}
