package dev.fusebox.t5.tune;

import ai.djl.ndarray.NDArray;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Model;
import dev.fusebox.tensor.Parameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What was added to a model, in the files of the peft library: {@code adapter_config.json} and
 * {@code adapter_model.safetensors}.
 *
 * @param directory of the two files
 * @param tuning what was added
 */
public record Adapter(Path directory, Tuning tuning) {

  private static final String WEIGHTS = "adapter_model.safetensors";
  private static final String TORCH = "adapter_model.bin";
  private static final String PREFIX = "base_model.model.";

  /** Whether a directory holds one. */
  public static boolean isIn(Path directory) {
    return Files.exists(directory.resolve(AdapterConfig.NAME));
  }

  /**
   * Reads what was added, and no numbers.
   *
   * @throws IOException if there is none or a file is damaged
   * @throws dev.fusebox.file.UserError naming the file and the key that cannot be obeyed
   */
  public static Adapter read(Path directory) throws IOException {
    return new Adapter(directory, AdapterConfig.read(directory.resolve(AdapterConfig.NAME)));
  }

  /** The file of the numbers. */
  public Path weights() {
    return Stream.of(WEIGHTS, TORCH)
        .map(directory::resolve)
        .filter(Files::exists)
        .findFirst()
        .orElse(directory.resolve(WEIGHTS));
  }

  /** Loads the numbers, before a model with this tuning is made of {@code parameters}. */
  public void into(Parameters parameters) throws IOException {
    Checkpoint weights = Checkpoint.open(weights());
    for (String name : weights.names()) {
      if (!tuning.adds(nameInModel(name))) {
        throw new FileFormatException(
            weights(), name + " is nothing that " + AdapterConfig.NAME + " tells of");
      }
    }
    weights.renamedInto(parameters, Adapter::nameInModel);
  }

  private static String nameInModel(String stored) {
    return stored.startsWith(PREFIX) ? stored.substring(PREFIX.length()) : stored;
  }

  private static String storedName(String name) {
    return name.equals(T5Model.PROMPT) ? name : PREFIX + name;
  }

  /**
   * Writes what was added to a model.
   *
   * @param added the parameters that were, by name
   * @param names of all parameters of the model
   * @param base what the peft library finds the model below by: a directory, or a name
   */
  public static void write(
      Path directory,
      Tuning tuning,
      Map<String, NDArray> added,
      List<String> names,
      T5Config config,
      String base)
      throws IOException {
    Map<String, NDArray> stored = new LinkedHashMap<>();
    added.forEach((name, array) -> stored.put(storedName(name), array));
    List<String> modules =
        names.stream().filter(name -> !tuning.adds(name)).map(Targets::stem).toList();
    new SafetensorsWriter().addAll(stored, ElementType.F32).write(directory.resolve(WEIGHTS));
    JsonFiles.write(
        directory.resolve(AdapterConfig.NAME), AdapterConfig.json(tuning, modules, config, base));
  }
}
