package dev.fusebox.array;

import dev.fusebox.file.FileFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A {@code .safetensors} file: eight bytes of header length, a JSON header, then the numbers,
 * packed without gaps. Offsets may lie past 2 GiB.
 *
 * @see <a href="https://huggingface.co/docs/safetensors">the format</a>
 * @since 0.1
 */
public final class SafetensorsFile implements TensorFile {

  private final Path path;
  private final Map<String, StoredTensor> tensors;
  private final Map<String, String> metadata;

  SafetensorsFile(Path path, Map<String, StoredTensor> tensors, Map<String, String> metadata) {
    this.path = path;
    this.tensors = Collections.unmodifiableMap(new LinkedHashMap<>(tensors));
    this.metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
  }

  /**
   * Reads and checks the header.
   *
   * @throws FileFormatException if the header is damaged, or does not fit the file's length
   */
  public static SafetensorsFile open(Path path) throws IOException {
    return SafetensorsHeader.read(path);
  }

  @Override
  public Path path() {
    return path;
  }

  @Override
  public Map<String, StoredTensor> tensors() {
    return tensors;
  }

  /** The header's free text, {@code {"format": "pt"}} as Hugging Face writes it. */
  public Map<String, String> metadata() {
    return metadata;
  }

  @Override
  public String toString() {
    return path + ", " + tensors.size() + " tensors";
  }
}
