package dev.fusebox.experiments.pipeline;

import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.model.ModelSettings;
import dev.fusebox.t5.tokenize.Tokenizers;
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
record DataPlace(Optional<Path> root, Optional<Stage> stage, String fingerprint) {

  /** The directory, once {@code inputs} are there. */
  Path path(Function<Stage, Path> inputs) {
    return stage.map(inputs).orElseGet(root::orElseThrow);
  }

  /** What a stage that reads the data depends on. */
  List<Stage> inputs() {
    return stage.stream().toList();
  }

  /** The tokenizer's file: as configured, else the checkpoint's, else the data's own. */
  Path tokenizer(ModelSettings model, Function<Stage, Path> inputs) {
    Path data = path(inputs);
    return model
        .tokenizer()
        .or(() -> model.checkpoint().flatMap(Tokenizers::find))
        .or(() -> Tokenizers.find(data))
        .orElseThrow(
            () ->
                new UserError(
                    "model.tokenizer: there is none in "
                        + data
                        + "; say where one is, such as model.tokenizer=DIR/tokenizer.json"));
  }
}
