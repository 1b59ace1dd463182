package dev.fusebox.t5.weights;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The weights of a model as Hugging Face lays them out: one file, or several with an index, in a
 * directory. Names stay as they are stored, with one exception: the embeddings of encoder and
 * decoder are the shared one under further names, in every T5, and are read once.
 */
public final class Checkpoint {

  /** The name of the file that {@link #save} writes. */
  public static final String WEIGHTS = "model.safetensors";

  /** The name of the file that tells a model's shape. */
  public static final String CONFIG = "config.json";

  private static final String SHARED = "shared.weight";
  private static final List<String> COPIES_OF_SHARED =
      List.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  private final Path path;
  private final List<TensorFile> files;
  private final Map<String, TensorFile> homes;

  private Checkpoint(Path path, List<TensorFile> files) throws IOException {
    this.path = path;
    this.files = List.copyOf(files);
    this.homes = Collections.unmodifiableMap(homes(files));
  }

  /**
   * Finds the weights in a directory, or takes the file named, and reads what they hold, but no
   * numbers.
   *
   * @throws IOException if there are none, a part is missing, or a file is damaged; the message
   *     names the file
   */
  public static Checkpoint open(Path path) throws IOException {
    return new Checkpoint(path, CheckpointFiles.find(path));
  }

  private static Map<String, TensorFile> homes(List<TensorFile> files) throws IOException {
    Map<String, TensorFile> homes = new LinkedHashMap<>();
    for (TensorFile file : files) {
      for (String name : file.names()) {
        TensorFile other = homes.put(name, file);
        if (other != null) {
          throw new TensorFormatException(
              file.path(), name + " is in " + other.path().getFileName() + " too");
        }
      }
    }
    return homes;
  }

  /** The directory or file that was opened. */
  public Path path() {
    return path;
  }

  /** The files that hold the tensors. */
  public List<Path> files() {
    return files.stream().map(TensorFile::path).toList();
  }

  /** The names of the tensors, in the order of the files. */
  public Set<String> names() {
    return homes.keySet();
  }

  /**
   * Where and how a tensor lies.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public StoredTensor tensor(String name) {
    TensorFile home = homes.get(name);
    if (home == null) {
      throw new IllegalArgumentException(path + " holds no tensor " + name);
    }
    return home.tensor(name);
  }

  /**
   * Reads every tensor into an array that torch owns. The heap holds one small buffer, whatever the
   * size of the model.
   *
   * @throws IOException if a file cannot be read, or holds embeddings that T5 shares with different
   *     numbers
   * @throws IllegalArgumentException if a tensor holds whole numbers
   */
  public void into(Parameters parameters) throws IOException {
    Map<String, String> copies = copies();
    for (TensorFile file : files) {
      try (TensorReader reader = new TensorReader(file.path())) {
        for (StoredTensor tensor : file.tensors().values()) {
          if (!copies.containsKey(tensor.name())) {
            parameters.load(
                tensor.name().equals(shared()) ? SHARED : tensor.name(),
                tensor.shape(),
                numbers -> reader.read(tensor, numbers));
          }
        }
      }
    }
  }

  /** Further names of the shared embedding that need not be read, once they are known to agree. */
  private Map<String, String> copies() throws IOException {
    Map<String, String> copies = new LinkedHashMap<>();
    for (String name : COPIES_OF_SHARED) {
      if (homes.containsKey(name) && !name.equals(shared())) {
        if (!same(name, shared())) {
          throw new TensorFormatException(
              homes.get(name).path(),
              name + " differs from " + shared() + "; T5 has one embedding for both");
        }
        copies.put(name, shared());
      }
    }
    return copies;
  }

  /** The name under which the shared embedding is stored. */
  private String shared() {
    List<String> names = new ArrayList<>(List.of(SHARED));
    names.addAll(COPIES_OF_SHARED);
    return names.stream().filter(homes::containsKey).findFirst().orElse(SHARED);
  }

  private boolean same(String name, String other) throws IOException {
    TensorFile file = homes.get(name);
    TensorFile otherFile = homes.get(other);
    StoredTensor tensor = file.tensor(name);
    StoredTensor otherTensor = otherFile.tensor(other);
    if (file == otherFile && tensor.samePlace(otherTensor)) {
      return true;
    }
    return tensor.shape().equals(otherTensor.shape())
        && tensor.type() == otherTensor.type()
        && file.digest(name).equals(otherFile.digest(other));
  }

  /**
   * Writes a directory that {@code transformers} loads: {@code model.safetensors}, fp32, and {@code
   * config.json}. Each parameter is stored once, under its own name; tied names are left to the
   * reader, as Hugging Face does.
   *
   * @param parameters by Hugging Face name
   * @param config the content of {@code config.json}
   */
  public static void save(Path directory, Map<String, NDArray> parameters, ObjectNode config)
      throws IOException {
    new SafetensorsWriter().addAll(parameters, ElementType.F32).write(directory.resolve(WEIGHTS));
    WholeFile.write(
        directory.resolve(CONFIG), file -> Files.writeString(file, config.toPrettyString() + "\n"));
  }

  @Override
  public String toString() {
    return path + ", " + homes.size() + " tensors in " + files.size() + " file(s)";
  }
}
