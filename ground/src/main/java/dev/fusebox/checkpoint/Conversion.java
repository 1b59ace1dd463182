package dev.fusebox.checkpoint;

import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.array.StoredTensor;
import dev.fusebox.array.TensorWriter;
import dev.fusebox.array.TorchWriter;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.WholeFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Turns a checkpoint of any form into one file of either form. A tensor that the model has under
 * another name is written once, under the name {@code transformers} expects. Numbers stream;
 * without a change of type every bit stays.
 *
 * @since 0.1
 */
public final class Conversion {

  private static final String HEAD = "lm_head.weight";
  private static final List<String> COMPANIONS =
      List.of(
          Checkpoint.CONFIG,
          "generation_config.json",
          "tokenizer.json",
          "tokenizer_config.json",
          "special_tokens_map.json",
          "spiece.model",
          "words.json");

  private static final long MAXIMUM_CONFIG = 1 << 20;
  private static final Pattern TORCH = Pattern.compile(".*\\.(bin|pt|pth)");

  private final Checkpoint from;
  private final Map<String, StoredTensor> kept = new LinkedHashMap<>();
  private final Map<String, String> leftOut;

  private Conversion(Checkpoint from) throws IOException {
    this.from = from;
    leftOut = new LinkedHashMap<>(from.copies());
    if (headIsTied()) {
      leftOut.put(HEAD, Checkpoint.SHARED);
    }
    for (String name : from.names()) {
      if (!leftOut.containsKey(name)) {
        kept.put(name, from.tensor(name).named(from.nameInModel(name)));
      }
    }
  }

  /**
   * Decides what is to be written; nothing is yet.
   *
   * @throws IOException as {@link Checkpoint#open}
   */
  public static Conversion of(Checkpoint from) throws IOException {
    return new Conversion(from);
  }

  private boolean headIsTied() throws IOException {
    Path config = from.path().resolve(Checkpoint.CONFIG);
    return from.names().contains(HEAD)
        && from.names().contains(Checkpoint.SHARED)
        && Files.isRegularFile(config)
        && RegularFile.json(config, MAXIMUM_CONFIG).path("tie_word_embeddings").asBoolean(true)
        && from.part(HEAD).same(from.part(Checkpoint.SHARED));
  }

  /** What is written, in order; names as the result has them. */
  public List<StoredTensor> kept() {
    return List.copyOf(kept.values());
  }

  /** What is not written because the same numbers are there under another name: name to that. */
  public Map<String, String> leftOut() {
    return Collections.unmodifiableMap(leftOut);
  }

  private static boolean isSame(Path file, Path other) throws IOException {
    return Files.exists(other) && Files.isSameFile(file, other);
  }

  /**
   * The file of the source that a file to be written is, by whatever name or link.
   *
   * @param target what would be replaced
   */
  public Optional<Path> sourceAt(Path target) throws IOException {
    for (Path file : from.files()) {
      if (isSame(file, target)) {
        return Optional.of(file);
      }
    }
    return Optional.empty();
  }

  /**
   * Writes one file: as {@code torch.save} does if its name ends with {@code .bin}, {@code .pt} or
   * {@code .pth}, else safetensors.
   *
   * @param type how to store fractions; without it each tensor keeps its type
   */
  public void writeFile(Path file, Optional<ElementType> type) throws IOException {
    TensorWriter writer =
        TORCH.matcher(file.toString()).matches() ? new TorchWriter() : new SafetensorsWriter();
    kept.forEach(
        (name, tensor) ->
            writer.add(
                from.part(name).file(),
                tensor,
                tensor.type().floating() ? type.orElse(tensor.type()) : tensor.type()));
    writer.write(file);
  }

  /**
   * Writes a directory: {@code model.safetensors} and copies of the config and tokenizer files that
   * lie beside the source.
   *
   * @return the names of the files written
   */
  public List<String> writeDirectory(Path directory, Optional<ElementType> type)
      throws IOException {
    writeFile(directory.resolve(Checkpoint.WEIGHTS), type);
    List<String> written = new ArrayList<>(List.of(Checkpoint.WEIGHTS));
    written.addAll(writeCompanions(directory));
    return written;
  }

  /**
   * Copies the config and tokenizer files that lie beside the source.
   *
   * @return the names of the files written
   */
  public List<String> writeCompanions(Path directory) throws IOException {
    List<String> written = new ArrayList<>();
    Path source = Files.isDirectory(from.path()) ? from.path() : from.path().resolveSibling(".");
    for (String name : COMPANIONS) {
      Path companion = source.resolve(name);
      if (Files.isRegularFile(companion) && !isSame(companion, directory.resolve(name))) {
        WholeFile.write(directory.resolve(name), output -> Files.copy(companion, output));
        written.add(name);
      }
    }
    return written;
  }
}
