package dev.fusebox.t5.tokenize;

import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds the tokenizer of a checkpoint. */
public final class Tokenizers {

  private static final String JSON = "tokenizer.json";
  private static final String SENTENCE_PIECE = "spiece.model";
  private static final List<String> FILES = List.of(JSON, SENTENCE_PIECE, WordTokenizer.FILE);

  private Tokenizers() {}

  /**
   * Opens a tokenizer's file, or the first there is in a directory of {@code tokenizer.json},
   * {@code spiece.model} and {@code words.json}.
   *
   * @throws IOException if there is none or it is damaged; the message names the file
   */
  public static Tokenizer open(Path path) throws IOException {
    Path file = Files.isDirectory(path) ? find(path).orElseThrow(() -> none(path)) : path;
    RegularFile.require(file);
    String name = file.getFileName().toString();
    if (name.endsWith(".model")) {
      return SentencePieceTokenizer.open(file);
    }
    return name.equals(WordTokenizer.FILE) ? WordTokenizer.open(file) : JsonTokenizer.open(file);
  }

  /** The tokenizer's file in a checkpoint directory, for whoever carries it along. */
  public static Optional<Path> find(Path directory) {
    return FILES.stream().map(directory::resolve).filter(Files::isRegularFile).findFirst();
  }

  private static NoSuchFileException none(Path directory) {
    return new NoSuchFileException(
        directory + " holds no tokenizer; looked for " + String.join(", ", FILES));
  }
}
