package dev.fusebox.doctor;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Shapes;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** A checkpoint in Hugging Face's layout: its config, its tokenizer, its tensors. */
public final class CheckpointCheck {

  private static final Pattern T5_NAMES =
      Pattern.compile(
          "(shared|lm_head)\\.weight|(en|de)coder\\.(embed_tokens\\.weight|block\\.\\d+\\..*|final_layer_norm\\.weight)");

  private CheckpointCheck() {}

  /** What lies in {@code directory}; no numbers are read. */
  public static List<Finding> findings(Path directory) {
    if (!Files.isDirectory(directory)) {
      return List.of(
          Finding.broken(
              "checkpoint",
              directory + ": no such directory",
              "give a directory in Hugging Face's layout, with config.json, a tokenizer and weights"));
    }
    List<Finding> findings = new ArrayList<>();
    findings.add(Finding.of("checkpoint", directory.toString()));
    Optional<T5Config> config = config(directory, findings);
    findings.add(tokenizer(directory, config));
    findings.add(tensors(directory, config));
    return findings;
  }

  private static Optional<T5Config> config(Path directory, List<Finding> findings) {
    try {
      T5Config config = T5Config.read(directory.resolve(Checkpoint.CONFIG));
      findings.add(Finding.of("  config", inWords(config)));
      return Optional.of(config);
    } catch (IOException | RuntimeException e) {
      findings.add(
          Finding.broken(
              "  config",
              message(e),
              "a T5's config.json is expected: copy it from the source of the weights"));
      return Optional.empty();
    }
  }

  private static String inWords(T5Config config) {
    return "%s: width %d, %d + %d layers, %d heads, %s words"
        .formatted(
            config.gated() ? "T5 v1.1 (Flan, UnifiedQA v2 and the like)" : "T5 v1.0",
            config.width(),
            config.encoderDepth(),
            config.decoderDepth(),
            config.heads(),
            Sizes.count(config.vocabulary()));
  }

  private static Finding tokenizer(Path directory, Optional<T5Config> config) {
    Optional<Path> file = Tokenizers.find(directory);
    if (file.isEmpty()) {
      return Finding.lacking(
          "  tokenizer",
          "none in the directory",
          "put tokenizer.json or spiece.model there, or set model.tokenizer=FILE");
    }
    try {
      Tokenizer tokenizer = Tokenizers.open(file.get());
      String found = file.get().getFileName() + ", " + Sizes.count(tokenizer.size()) + " words";
      boolean fits = config.map(known -> tokenizer.size() <= known.vocabulary()).orElse(true);
      return fits
          ? Finding.of("  tokenizer", found)
          : Finding.broken(
              "  tokenizer",
              found,
              "it has more tokens than the model: it belongs to another model");
    } catch (IOException | RuntimeException e) {
      return Finding.broken("  tokenizer", message(e), "fetch the file again");
    }
  }

  private static Finding tensors(Path directory, Optional<T5Config> config) {
    try {
      Checkpoint checkpoint = Checkpoint.open(directory);
      Optional<String> misfit =
          config.isPresent() ? T5Shapes.misfit(config.get(), checkpoint) : Optional.empty();
      return misfit
          .map(
              trouble ->
                  Finding.broken(
                      "  tensors",
                      inWords(checkpoint) + "; " + trouble,
                      "weights and config.json belong to different models"))
          .orElseGet(() -> Finding.of("  tensors", inWords(checkpoint)));
    } catch (IOException | RuntimeException e) {
      return Finding.broken(
          "  tensors",
          message(e),
          "a complete model.safetensors or pytorch_model.bin is expected: compare its size with the original's");
    }
  }

  private static String inWords(Checkpoint checkpoint) {
    long bytes = checkpoint.files().stream().mapToLong(file -> file.toFile().length()).sum();
    List<String> others =
        checkpoint.names().stream().filter(name -> !T5_NAMES.matcher(name).matches()).toList();
    int unused = checkpoint.passedOver().size();
    return "%s in %d %s, %s%s%s"
        .formatted(
            Sizes.count(checkpoint.names().size()),
            checkpoint.files().size(),
            checkpoint.files().size() == 1 ? "file" : "files",
            Sizes.bytes(bytes),
            unused == 0 ? "" : "; " + unused + " that no T5 uses",
            others.isEmpty()
                ? ""
                : "; " + others.size() + " of a fusion, such as " + others.get(0));
  }

  private static String message(Exception error) {
    return error.getMessage() == null ? error.toString() : error.getMessage();
  }
}
