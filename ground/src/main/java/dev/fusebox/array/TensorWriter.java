package dev.fusebox.array;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a file of named tensors, which appears whole or not at all.
 *
 * @since 0.1
 */
public sealed interface TensorWriter permits SafetensorsWriter, TorchWriter {

  /**
   * Adds a tensor of another file, read when this file is written.
   *
   * @param type how to store it; its own type copies every bit, and is the only choice for whole
   *     numbers
   * @throws IllegalArgumentException if it cannot be stored so, or not under its name
   */
  TensorWriter add(TensorFile file, StoredTensor tensor, ElementType type);

  /**
   * Writes the file, replacing one of the same name.
   *
   * @throws IOException if it cannot be written; a file that was there stays as it was
   */
  void write(Path file) throws IOException;
}
