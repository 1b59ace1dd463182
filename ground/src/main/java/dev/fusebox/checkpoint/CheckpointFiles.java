package dev.fusebox.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.array.TensorFile;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds the weight files of a checkpoint directory, in the order in which transformers prefers. */
final class CheckpointFiles {

  /** No folder, nothing hidden, nothing that is no name on some system. */
  private static final Pattern PLAIN_NAME =
      Pattern.compile("[^./\\\\:\\p{Cntrl}][^/\\\\:\\p{Cntrl}]*");

  private static final List<String> NAMES =
      List.of(
          "model.safetensors",
          "model.safetensors.index.json",
          "pytorch_model.bin",
          "pytorch_model.bin.index.json");

  private static final Pattern OTHER_WEIGHTS =
      Pattern.compile("[^.].*\\.(safetensors|bin|pt|pth|ckpt|h5|msgpack|onnx|gguf)");

  private static final long MAXIMUM_INDEX = 16 << 20;

  private CheckpointFiles() {}

  static List<TensorFile> find(Path path) throws IOException {
    if (Files.isRegularFile(path)) {
      return open(path);
    }
    if (Files.exists(path) && !Files.isDirectory(path)) {
      RegularFile.require(path);
    }
    if (!Files.isDirectory(path)) {
      throw new NoSuchFileException(path + ": no such file or directory");
    }
    for (String name : NAMES) {
      if (Files.exists(path.resolve(name))) {
        return open(path.resolve(name));
      }
    }
    throw new NoSuchFileException(
        path + " holds no weights; looked for " + String.join(", ", NAMES) + others(path));
  }

  /** What may be meant for weights: other names, and the forms of other frameworks. */
  private static String others(Path directory) throws IOException {
    try (Stream<Path> files = Files.list(directory)) {
      String found =
          files
              .map(file -> file.getFileName().toString())
              .filter(name -> OTHER_WEIGHTS.matcher(name).matches())
              .sorted()
              .collect(Collectors.joining(", "));
      return found.isEmpty()
          ? ""
          : ". There is "
              + found
              + ": give safetensors or a file of torch.save one of these names, and let"
              + " transformers save what TensorFlow or Flax wrote (from_tf, from_flax)";
    }
  }

  private static List<TensorFile> open(Path file) throws IOException {
    return file.getFileName().toString().endsWith(".index.json")
        ? shards(file)
        : List.of(TensorFile.open(file));
  }

  private static List<TensorFile> shards(Path index) throws IOException {
    List<TensorFile> files = new ArrayList<>();
    for (Map.Entry<String, List<String>> shard : namesByShard(index).entrySet()) {
      TensorFile file = TensorFile.open(shard(index, shard.getKey()));
      for (String name : shard.getValue()) {
        if (!file.weights().containsKey(name)) {
          throw new FileFormatException(
              file.path(),
              "holds no " + name + ", which " + index.getFileName() + " looks for here");
        }
      }
      files.add(file);
    }
    return files;
  }

  private static Path shard(Path index, String name) throws IOException {
    if (!PLAIN_NAME.matcher(name).matches()) {
      throw new FileFormatException(index, "'" + name + "' is not the name of a file beside it");
    }
    Path shard = index.resolveSibling(name);
    if (!Files.isRegularFile(shard)) {
      throw new NoSuchFileException(
          index + " names the part " + name + ", which is not there; download it too");
    }
    return shard;
  }

  private static Map<String, List<String>> namesByShard(Path index) throws IOException {
    JsonNode map = RegularFile.json(index, MAXIMUM_INDEX).path("weight_map");
    if (!map.isObject() || map.isEmpty()) {
      throw new FileFormatException(index, "has no weight_map from tensor to file");
    }
    Map<String, List<String>> names = new TreeMap<>();
    map.properties()
        .forEach(
            entry ->
                names
                    .computeIfAbsent(entry.getValue().asText(), shard -> new ArrayList<>())
                    .add(entry.getKey()));
    return names;
  }
}
