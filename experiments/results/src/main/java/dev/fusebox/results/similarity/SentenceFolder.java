package dev.fusebox.results.similarity;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.Lines;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.tokenize.LibraryTerms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A directory that sentence-transformers wrote: {@code modules.json} says where the transformer
 * lies, how its states are pooled and whether the result is normalised. Without that file it is a
 * BERT as Hugging Face lays it out, pooled by the mean, as sentence-transformers takes it too.
 *
 * @param transformer where config, weights and tokenizer are
 * @param config the BERT's shape
 * @param maxTokens texts are cut to so many, marks included
 * @param lowerCase whether texts are written small before the tokenizer sees them
 * @param normalized whether embeddings have length 1
 */
record SentenceFolder(
    Path transformer, BertConfig config, int maxTokens, boolean lowerCase, boolean normalized) {

  private static final long MAXIMUM_BYTES = 1 << 20;

  private static final String LENGTH = "max_seq_length";
  private static final int FEWEST_TOKENS = 3; // two of them are marks

  private static final String MODULES = "modules.json";
  private static final String SETTINGS = "sentence_bert_config.json";
  private static final List<String> WEIGHTS =
      List.of("model.safetensors", "model.safetensors.index.json", "pytorch_model.bin");

  /** A step of the model: {@code Transformer}, {@code Pooling} or {@code Normalize}. */
  private record Part(String kind, Path path) {

    private static final List<String> ORDER = List.of("Transformer", "Pooling", "Normalize");
  }

  /**
   * Reads what the directory says of itself.
   *
   * @throws UserError naming every file that is missing, or what of the model is not known
   * @throws IOException if the tokenizer cannot be run; the message names file and key
   */
  static SentenceFolder read(Path directory) throws IOException {
    List<Part> modules = modules(directory);
    Path transformer = modules.get(0).path();
    complete(directory, modules);
    if (modules.size() > 1) {
      pooledByMean(modules.get(1).path().resolve("config.json"));
    }
    BertConfig config = config(transformer.resolve("config.json"));
    LibraryTerms.require(transformer.resolve("tokenizer.json"));
    JsonNode settings = optional(transformer.resolve(SETTINGS));
    int most = settings.path(LENGTH).asInt(config.positions());
    if (most < FEWEST_TOKENS) {
      throw new UserError(
          "%s: %s must be at least %d, found %d"
              .formatted(transformer.resolve(SETTINGS), LENGTH, FEWEST_TOKENS, most));
    }
    return new SentenceFolder(
        transformer,
        config,
        Math.min(most, config.positions()),
        settings.path("do_lower_case").asBoolean(),
        modules.size() > 2);
  }

  private static List<Part> modules(Path directory) throws IOException {
    Path file = directory.resolve(MODULES);
    List<Part> modules = new ArrayList<>();
    for (JsonNode module : optional(file)) {
      String kind = module.path("type").asText().replaceFirst(".*\\.", "");
      modules.add(new Part(kind, place(directory, module.path("path").asText(), file)));
    }
    List<String> kinds = modules.stream().map(Part::kind).toList();
    if (kinds.isEmpty() && !Files.exists(file)) {
      return List.of(new Part(Part.ORDER.get(0), directory));
    }
    if (kinds.size() < 2 || !kinds.equals(Part.ORDER.subList(0, Math.min(3, kinds.size())))) {
      throw new UserError(
          "%s: modules must be Transformer, Pooling and perhaps Normalize, found %s"
              .formatted(file, String.join(", ", kinds)));
    }
    return modules;
  }

  private static Path place(Path directory, String path, Path file) {
    try {
      return directory.resolve(path);
    } catch (InvalidPathException e) {
      throw new UserError(file + ": path must be one, found " + Lines.single(path), e);
    }
  }

  private static void complete(Path directory, List<Part> modules) {
    Path transformer = modules.get(0).path();
    List<Path> needed =
        new ArrayList<>(
            List.of(transformer.resolve("config.json"), transformer.resolve("tokenizer.json")));
    if (modules.size() > 1) {
      needed.add(modules.get(1).path().resolve("config.json"));
    }
    List<String> missing = new ArrayList<>();
    needed.stream()
        .filter(file -> !Files.isRegularFile(file))
        .forEach(file -> missing.add(directory.relativize(file).toString()));
    if (WEIGHTS.stream().noneMatch(name -> Files.isRegularFile(transformer.resolve(name)))) {
      missing.add(
          directory.relativize(transformer.resolve(WEIGHTS.get(0))) + " or " + WEIGHTS.get(2));
    }
    if (!missing.isEmpty()) {
      throw new UserError(
          directory + ": no sentence-transformer; missing: " + String.join(", ", missing));
    }
  }

  private static void pooledByMean(Path file) throws IOException {
    JsonNode pooling = json(file);
    List<String> modes = new ArrayList<>();
    pooling
        .properties()
        .forEach(
            entry -> {
              if (entry.getKey().startsWith("pooling_mode") && entry.getValue().asBoolean()) {
                modes.add(entry.getKey());
              }
            });
    boolean named = pooling.path("pooling_mode").asText().equals("mean");
    if (!named && !modes.equals(List.of("pooling_mode_mean_tokens"))) {
      throw new UserError(
          file
              + ": pooling must be the mean alone (pooling_mode_mean_tokens), found "
              + (modes.isEmpty() ? pooling.path("pooling_mode") : String.join(", ", modes)));
    }
  }

  private static BertConfig config(Path file) throws IOException {
    try {
      return BertConfig.of(json(file));
    } catch (IllegalArgumentException e) {
      throw new UserError(file + ": " + e.getMessage(), e);
    }
  }

  private static JsonNode optional(Path file) throws IOException {
    return Files.isRegularFile(file) ? json(file) : MissingNode.getInstance();
  }

  private static JsonNode json(Path file) throws IOException {
    try {
      return RegularFile.json(file, MAXIMUM_BYTES);
    } catch (FileFormatException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
