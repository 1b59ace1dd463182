package dev.fusebox.checkpoint;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.array.StoredTensor;
import dev.fusebox.array.TensorFile;
import dev.fusebox.array.TensorReader;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The weights of a model as Hugging Face lays them out: one file, or several with an index, in a
 * directory. Names stay as they are stored, with two exceptions: the embeddings of encoder and
 * decoder are the shared one under further names, in every T5, and are read once; and the T5 inside
 * a BLIP-2 is told without the name of the place where it lies there.
 *
 * @since 0.1
 */
public final class Checkpoint {

  /** The name of the file that {@link #save} writes. */
  public static final String WEIGHTS = "model.safetensors";

  /** The name of the file that tells a model's shape. */
  public static final String CONFIG = "config.json";

  static final String SHARED = "shared.weight";
  private static final List<String> COPIES_OF_SHARED =
      List.of("encoder.embed_tokens.weight", "decoder.embed_tokens.weight");

  /** A tensor and the file it lies in. */
  record Part(TensorFile file, StoredTensor tensor) {

    String digest() throws IOException {
      return file.digest(tensor);
    }

    /** Whether both hold the same bits in the same shape. */
    boolean same(Part other) throws IOException {
      if (file == other.file && tensor.samePlace(other.tensor)) {
        return true;
      }
      return tensor.shape().equals(other.tensor.shape())
          && tensor.type() == other.tensor.type()
          && digest().equals(other.digest());
    }
  }

  private final Path path;
  private final List<TensorFile> files;
  private final StoredNames layout;
  private final Map<String, Part> parts = new LinkedHashMap<>();

  private Checkpoint(Path path, List<TensorFile> files) throws IOException {
    this.path = path;
    this.files = List.copyOf(files);
    this.layout = StoredNames.of(stored().collect(Collectors.toSet()));
    for (TensorFile file : files) {
      for (StoredTensor tensor : tensors(file)) {
        Part other = parts.put(tensor.name(), new Part(file, tensor));
        if (other != null) {
          throw new FileFormatException(
              file.path(), tensor.name() + " is in " + other.file.path().getFileName() + " too");
        }
      }
    }
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

  /** The directory or file that was opened. */
  public Path path() {
    return path;
  }

  /** The files that hold the tensors. */
  public List<Path> files() {
    return files.stream().map(TensorFile::path).toList();
  }

  private Stream<String> stored() {
    return files.stream().flatMap(file -> file.weights().keySet().stream());
  }

  /** By the names that the model has for them. */
  private List<StoredTensor> tensors(TensorFile file) {
    return file.weights().values().stream()
        .filter(each -> layout.isUsed(each.name()))
        .map(each -> each.named(layout.inModel(each.name())))
        .toList();
  }

  /** The names of stored tensors that no T5 and no fusion uses, and which are passed over. */
  public List<String> passedOver() {
    return stored().filter(name -> !layout.isUsed(name)).toList();
  }

  /** The names of the tensors that are used, in the order of the files. */
  public Set<String> names() {
    return parts.keySet();
  }

  /**
   * Where and how a tensor lies.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public StoredTensor tensor(String name) {
    return part(name).tensor;
  }

  /**
   * Whether two tensors hold the same bits in the same shape.
   *
   * @throws IllegalArgumentException if there is none of one of these names
   */
  public boolean same(String name, String other) throws IOException {
    return part(name).same(part(other));
  }

  Part part(String name) {
    Part part = parts.get(name);
    if (part == null) {
      throw new IllegalArgumentException(path + " holds no tensor " + name);
    }
    return part;
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
    into(parameters, name -> true);
  }

  /** Reads the tensors whose stored names are wanted, as {@link #into(Parameters)} reads all. */
  public void into(Parameters parameters, Predicate<String> wanted) throws IOException {
    into(parameters, wanted, this::nameInModel);
  }

  /** Reads every tensor, each into the parameter that {@code named} tells for its stored name. */
  public void renamedInto(Parameters parameters, UnaryOperator<String> named) throws IOException {
    into(parameters, name -> true, named);
  }

  private void into(Parameters parameters, Predicate<String> wanted, UnaryOperator<String> named)
      throws IOException {
    Map<String, String> copies = copies();
    for (TensorFile file : files) {
      try (TensorReader reader = new TensorReader(file.path())) {
        for (StoredTensor tensor : tensors(file)) {
          if (wanted.test(tensor.name()) && !copies.containsKey(tensor.name())) {
            load(parameters, named.apply(tensor.name()), tensor, reader);
          }
        }
      }
    }
  }

  private static void load(
      Parameters parameters, String name, StoredTensor tensor, TensorReader reader)
      throws IOException {
    if (parameters.holdsAsBrainFloats(name)) {
      parameters.loadBrainFloats(
          name, tensor.shape(), (rows, bytes) -> reader.readBrainFloats(tensor.rows(rows), bytes));
    } else {
      parameters.load(
          name,
          tensor.shape(),
          (rows, numbers) -> reader.readFractions(tensor.rows(rows), numbers));
    }
  }

  /**
   * Further names of the shared embedding that need not be read: copy to original.
   *
   * @throws IOException if a copy differs from its original
   */
  Map<String, String> copies() throws IOException {
    Map<String, String> copies = new LinkedHashMap<>();
    for (String name : COPIES_OF_SHARED) {
      if (parts.containsKey(name) && !isShared(name)) {
        String original = storedShared().orElseThrow();
        if (!part(name).same(part(original))) {
          throw new FileFormatException(
              part(name).file.path(),
              name + " differs from " + original + "; T5 has one embedding for both");
        }
        copies.put(name, original);
      }
    }
    return copies;
  }

  /** The name under which the model knows a tensor. */
  String nameInModel(String name) {
    return isShared(name) ? SHARED : name;
  }

  private boolean isShared(String name) {
    return storedShared().filter(name::equals).isPresent();
  }

  /** The name under which the shared embedding is stored. */
  private Optional<String> storedShared() {
    return Stream.concat(Stream.of(SHARED), COPIES_OF_SHARED.stream())
        .filter(parts::containsKey)
        .findFirst();
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
    JsonFiles.text(directory.resolve(CONFIG), config.toPrettyString() + "\n");
  }

  @Override
  public String toString() {
    return path + ", " + parts.size() + " tensors in " + files.size() + " file(s)";
  }
}
