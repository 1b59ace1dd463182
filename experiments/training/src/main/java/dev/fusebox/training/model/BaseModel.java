package dev.fusebox.training.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.training.recipe.FrozenWeights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The model that another was tuned from and which stays as it is: a checkpoint that is referred to
 * rather than copied, in {@code base.json} beside what was learnt.
 *
 * @param path directory of the checkpoint
 * @param weights what its matrices are held in
 */
public record BaseModel(Path path, FrozenWeights weights) {

  private static final String NAME = "base.json";

  /** The base of what lies in a directory, if that was kept without it. */
  static Optional<BaseModel> of(Path directory) throws IOException {
    Path file = directory.resolve(NAME);
    if (!Files.isRegularFile(file)) {
      return Optional.empty();
    }
    JsonNode json = JsonFiles.read(file);
    Path path = place(directory, json, file);
    String found = fingerprint(path);
    if (!found.equals(json.path("tensors").asText())) {
      throw new UserError(
          "%s is not the base model of %s: its tensors have other names, shapes or types. Restore that model, or recompute the stage"
              .formatted(path, directory));
    }
    return Optional.of(
        new BaseModel(
            path, FrozenWeights.valueOf(json.path("weights").asText().toUpperCase(Locale.ROOT))));
  }

  private static Path place(Path directory, JsonNode json, Path file) {
    Path place = directory.resolve(json.path("path").asText()).toAbsolutePath().normalize();
    if (!Files.exists(place)) {
      throw new UserError(file + ": its base model is no longer at " + place);
    }
    return place;
  }

  /** Remembers this as the base of what lies in {@code directory}, which is to be {@code later}. */
  void write(Path directory, Path later) throws IOException {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("path", from(later));
    json.put("tensors", fingerprint(path));
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

  /** Of the names, shapes and types: what they hold is in the key of the stage. */
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
}
