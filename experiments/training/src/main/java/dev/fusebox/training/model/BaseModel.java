package dev.fusebox.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.FileHashes;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.Lines;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.training.recipe.FrozenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The model that another was tuned from and which stays as it is: a checkpoint that is referred to
 * rather than copied, in {@code base.json} beside what was learnt, by the hash of its files.
 *
 * @param path directory of the checkpoint
 * @param weights what its matrices are held in
 * @param hashes of its files
 */
public record BaseModel(Path path, FrozenWeights weights, FileHashes hashes) {

  /** The file that refers to it. */
  public static final String NAME = "base.json";

  private static final String TENSORS = "tensors";
  private static final String HASH = "sha256";
  private static final Logger LOG = LoggerFactory.getLogger(BaseModel.class);

  /** Whether what lies in a directory was kept without its base. */
  static boolean isOf(Path directory) {
    return Files.isRegularFile(directory.resolve(NAME));
  }

  /**
   * The base of what lies in a directory, if that was kept without it.
   *
   * @throws UserError if it is gone, or another than it was
   */
  static Optional<BaseModel> of(Path directory, FileHashes hashes) throws IOException {
    if (!isOf(directory)) {
      return Optional.empty();
    }
    Path file = directory.resolve(NAME);
    JsonNode json = JsonFiles.read(file);
    BaseModel base = new BaseModel(place(directory, json, file), weights(json, file), hashes);
    try {
      base.requireAsIn(directory);
    } catch (IOException e) {
      throw new UserError(file + ": its base model cannot be read: " + e.getMessage(), e);
    }
    return Optional.of(base);
  }

  private static Path place(Path directory, JsonNode json, Path file) {
    String path = json.path("path").asText();
    if (path.isEmpty()) {
      throw new UserError(file + ": path must be that of a model, found none");
    }
    try {
      Path place = directory.resolve(path).toAbsolutePath().normalize();
      if (Files.exists(place)) {
        return place;
      }
      throw new UserError(file + ": its base model is no longer at " + place);
    } catch (InvalidPathException e) {
      throw new UserError(file + ": path must be one, found " + Lines.single(path), e);
    }
  }

  private static FrozenWeights weights(JsonNode json, Path file) {
    String name = json.path("weights").asText();
    return Stream.of(FrozenWeights.values())
        .filter(each -> each.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new UserError(
                    "%s: weights must be one of %s, found %s"
                        .formatted(file, Spelling.list(names()), Lines.single(name))));
  }

  private static List<String> names() {
    return Stream.of(FrozenWeights.values())
        .map(each -> each.name().toLowerCase(Locale.ROOT))
        .toList();
  }

  /**
   * Checks that this is the base that {@link #write} remembered in a directory.
   *
   * @throws UserError if its tensors are others, or hold other numbers
   */
  void requireAsIn(Path directory) throws IOException {
    JsonNode json = JsonFiles.read(directory.resolve(NAME));
    if (!fingerprint(path).equals(json.path(TENSORS).asText())) {
      throw other(directory, "its tensors have other names, shapes or types");
    }
    if (!json.has(HASH)) {
      LOG.warn(
          "{} was written before base models were known by the hash of their files: names, shapes and types of {} are as they were, its numbers could not be compared",
          directory.resolve(NAME),
          path);
    } else if (!hash().equals(json.path(HASH).asText())) {
      throw other(
          directory,
          "its files have changed (names, shapes and types of the tensors are the same, the SHA-256 of the files is not)");
    }
  }

  private UserError other(Path directory, String why) {
    return new UserError(
        "%s is not the base model of %s: %s. Restore that model, or recompute the stage"
            .formatted(path, directory, why));
  }

  /** Remembers this as the base of what lies in {@code directory}, which is to be {@code later}. */
  void write(Path directory, Path later) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("path", from(later));
    json.put(TENSORS, fingerprint(path));
    json.put(HASH, hash());
    json.put("weights", weights.name().toLowerCase(Locale.ROOT));
    JsonFiles.write(directory.resolve(NAME), json);
  }

  /**
   * How to get here from a directory. Another stage's result is found from there, so that results
   * may be moved as a whole, and are the same bits wherever they are.
   */
  String from(Path directory) {
    Path here = path.toAbsolutePath().normalize();
    Path there = directory.toAbsolutePath().normalize();
    Path stages = there.getParent().getParent();
    Path way = here.startsWith(stages) ? there.relativize(here) : here;
    return way.toString().replace('\\', '/');
  }

  /** Of the names, shapes and types, which tells more of what is wrong. */
  private static String fingerprint(Path path) throws IOException {
    Checkpoint checkpoint = Checkpoint.open(path);
    Fingerprint fingerprint = new Fingerprint();
    for (String name : checkpoint.names()) {
      fingerprint.add(name);
      fingerprint.add(checkpoint.tensor(name).shape().toString());
      fingerprint.add(checkpoint.tensor(name).type().name());
    }
    return fingerprint.hex();
  }

  private String hash() throws IOException {
    SortedMap<String, Path> files = new TreeMap<>();
    Checkpoint.open(path).files().forEach(file -> files.put(file.getFileName().toString(), file));
    return hashes.together(files);
  }
}
