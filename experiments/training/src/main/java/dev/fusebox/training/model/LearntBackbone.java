package dev.fusebox.training.model;

import ai.djl.ndarray.NDArray;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.array.ElementType;
import dev.fusebox.array.SafetensorsWriter;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.TrainedLayers;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Ops;
import dev.fusebox.tensor.Parameters;
import dev.fusebox.vision.VisionBackbone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What of a backbone was learnt, in files: {@code backbone.safetensors}. The rest stays in the
 * backbone's own directory, which {@code backbone.json} knows by the hash of its files.
 */
final class LearntBackbone {

  /** What stands before the names of its parameters where others are beside them. */
  static final String PREFIX = "backbone.";

  private static final String LEARNT = "backbone.safetensors";
  private static final String BASE = "backbone.json";
  private static final String HASH = "sha256";

  private final PictureBackbone settings;
  private final VisionBackbone backbone;
  private final Ops ops;
  private final Set<String> changed; // learning, or learnt before

  /** Of a backbone some of whose parameters learn. */
  LearntBackbone(PictureBackbone settings, VisionBackbone backbone, Ops ops, Set<String> learning) {
    this.settings = settings;
    this.backbone = backbone;
    this.ops = ops;
    changed = new LinkedHashSet<>(learning);
  }

  private Parameters parameters() {
    return backbone.parameters().orElseThrow();
  }

  /**
   * Gives the backbone what was learnt before, if it was.
   *
   * @param learnt a directory that {@link #save} wrote into, or a state of a training
   * @throws UserError if it was learnt with another backbone
   */
  void load(Path learnt) throws IOException {
    boolean whole = Files.isDirectory(learnt);
    if (whole && Files.isRegularFile(learnt.resolve(BASE))) {
      requireBase(learnt.resolve(BASE));
    }
    Path file = whole ? learnt.resolve(LEARNT) : learnt;
    if (!Files.isRegularFile(file)) {
      return;
    }
    try (Parameters stored = new Parameters(parameters().manager(), 0)) {
      Checkpoint checkpoint = Checkpoint.open(file);
      checkpoint.into(stored, name -> name.startsWith(PREFIX));
      for (String name : checkpoint.names()) {
        if (name.startsWith(PREFIX)) {
          put(name.substring(PREFIX.length()), stored, file);
        }
      }
    }
  }

  private void put(String name, Parameters stored, Path file) throws IOException {
    NDArray array = parameters().get(name);
    NDArray value = stored.declare(PREFIX + name, array.getShape(), Initializer.zeros());
    if (!stored.report().misshaped().isEmpty()) {
      throw new IOException(file + " does not fit the backbone\n" + stored.report());
    }
    ops.assign(array, value);
    changed.add(name);
  }

  private void requireBase(Path file) throws IOException {
    JsonNode base = JsonFiles.read(file);
    if (!base.path(HASH).asText().equals(hash())) {
      throw new UserError(
          "%s: %s is not the backbone that was trained, %s: its files have changed. Restore it, or recompute the stage"
              .formatted(file, settings.directory(), base.path("path").asText()));
    }
  }

  private String hash() throws IOException {
    return Fingerprint.ofFiles(backbone.files());
  }

  /** What is kept of it, by names with {@link #PREFIX}. */
  Map<String, NDArray> kept() {
    Map<String, NDArray> kept = new LinkedHashMap<>();
    changed.forEach(name -> kept.put(PREFIX + name, parameters().get(name)));
    return kept;
  }

  /**
   * Writes what {@link #load} finds again.
   *
   * @param values of what is {@linkplain #kept kept}
   */
  void save(Path directory, Map<String, NDArray> values) throws IOException {
    ObjectNode base = JsonNodeFactory.instance.objectNode();
    base.put("path", settings.directory().toString().replace('\\', '/'));
    base.put(HASH, hash());
    base.put("train", settings.train().map(TrainedLayers::toString).orElse("none"));
    JsonFiles.write(directory.resolve(BASE), base);
    if (!values.isEmpty()) {
      new SafetensorsWriter().addAll(values, ElementType.F32).write(directory.resolve(LEARNT));
    }
  }

  /** The file of what was learnt, if anything was. */
  static Path in(Path directory) {
    return directory.resolve(LEARNT);
  }
}
