package dev.fusebox.training.work;

import dev.fusebox.file.UserError;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.training.recipe.ModelSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where the questions of a run come from: a directory that is there, or a stage that makes one.
 *
 * @param root the directory, where it is there
 * @param stage the maker, where it is not
 * @param fingerprint of the questions
 */
public record DataPlace(Optional<Path> root, Optional<Stage> stage, String fingerprint) {

  /** The directory, once {@code inputs} are there. */
  Path path(Function<Stage, Path> inputs) {
    return stage.map(inputs).orElseGet(root::orElseThrow);
  }

  /** What a stage that reads the data depends on. */
  public List<Stage> inputs() {
    return stage.stream().toList();
  }

  /**
   * The tokenizer's file: as configured, else the checkpoint's, else the data's own.
   *
   * @throws UserError if there is none
   */
  public Path tokenizer(ModelSettings model, Function<Stage, Path> inputs) {
    Path data = path(inputs);
    return chosen(model).or(() -> Tokenizers.find(data)).orElseThrow(() -> none(data));
  }

  /**
   * The same before any stage has run; empty where a stage makes it with the data.
   *
   * @throws UserError if there is none
   */
  public Optional<Path> givenTokenizer(ModelSettings model) {
    Optional<Path> chosen = chosen(model).or(() -> root.flatMap(Tokenizers::find));
    if (chosen.isEmpty() && root.isPresent()) {
      throw none(root.get());
    }
    return chosen;
  }

  private static Optional<Path> chosen(ModelSettings model) {
    return model
        .tokenizer()
        .map(path -> Files.isDirectory(path) ? Tokenizers.find(path).orElse(path) : path)
        .or(() -> model.checkpoint().flatMap(Tokenizers::find));
  }

  private static UserError none(Path data) {
    return new UserError(
        "model.tokenizer: there is no tokenizer in "
            + data
            + "; name one, such as model.tokenizer=DIR/tokenizer.json");
  }
}
