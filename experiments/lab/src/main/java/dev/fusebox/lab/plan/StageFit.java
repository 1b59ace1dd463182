package dev.fusebox.lab.plan;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.file.RegularFile;
import dev.fusebox.file.UserError;
import dev.fusebox.t5.T5Config;
import dev.fusebox.t5.T5Shapes;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.t5.tokenize.Tokenizers;
import dev.fusebox.tensor.LoadReport;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.model.FusionWeightsFit;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.DataPlace;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the files of a stage belong together: config, weights and tokenizer of a checkpoint, the
 * width of the picture features. Checked while a run is planned, before hours are spent on it; each
 * pair of files once.
 */
final class StageFit {

  private static final List<String> PICTURE_WEIGHTS =
      List.of("encoder.image_dense.weight", "image_dense.weight");

  private static final int SHOWN = 3;
  private static final long MAXIMUM_CONFIG = 1 << 20;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OpenedFiles files;
  private final FusionCatalogue fusions;
  private final Set<List<Object>> seen = new HashSet<>();

  StageFit(OpenedFiles files, FusionCatalogue fusions) {
    this.files = files;
    this.fusions = fusions;
  }

  /**
   * Checks a model against its tokenizer.
   *
   * @param sees whether it has a fusion
   * @throws UserError that names both files and what does not fit
   */
  void check(ModelSettings model, boolean sees, DataPlace place) throws IOException {
    Optional<Path> directory = model.checkpoint();
    if (directory.isEmpty()) {
      return; // a fresh model is made to fit
    }
    checkThere(directory.get());
    Optional<Path> tokenizer = tokenizer(model, place);
    if (seen.add(List.of(directory.get(), sees, tokenizer, model.tune()))) {
      T5Config config = config(directory.get());
      misfit(config, directory.get())
          .ifPresent(
              misfit -> {
                throw new UserError(directory.get() + " does not fit its config.json: " + misfit);
              });
      if (!sees) {
        checkThatNothingIsLeft(directory.get());
      }
      checkTargets(model, directory.get());
      if (tokenizer.isPresent()) {
        check(directory.get(), config, tokenizer.get());
      }
    }
  }

  private static void checkThere(Path directory) {
    if (Files.exists(directory) && !Files.isDirectory(directory)) {
      throw new UserError(
          "model.checkpoint: %s is a file; the folder is expected where it lies with config.json and a tokenizer"
              .formatted(directory));
    }
    if (!Files.exists(directory)) {
      throw new UserError(
          "model.checkpoint: there is no folder %s. Nothing is downloaded: fetch the model first, for instance with hf download NAME --local-dir %s"
              .formatted(directory, directory));
    }
  }

  private static Optional<String> misfit(T5Config config, Path directory) {
    try {
      return T5Shapes.misfit(config, weights(directory));
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static void checkThatNothingIsLeft(Path directory) {
    List<String> others = FusionWeightsFit.beside(weights(directory));
    if (!others.isEmpty()) {
      throw new UserError(
          "%s has weights that are not of a T5 (%d): %s%s. If they are a fusion's, set fusion and features; a model without pictures has no place for them"
              .formatted(
                  directory,
                  others.size(),
                  String.join(", ", others.subList(0, Math.min(SHOWN, others.size()))),
                  others.size() > SHOWN ? ", ..." : ""));
    }
  }

  private static void checkTargets(ModelSettings model, Path directory) {
    List<String> missing = model.tune().targetsMissing(weights(directory).names());
    if (!missing.isEmpty()) {
      throw new UserError(
          "model.tune.targets: %s is none of the matrices in %s. A T5 v1.0 has wi, v1.1 and FLAN wi_0 and wi_1 in its place"
              .formatted(String.join(", ", missing), directory));
    }
  }

  /** Empty where the data, yet to be made, will bring it. */
  private static Optional<Path> tokenizer(ModelSettings model, DataPlace place) {
    return place.root().isPresent()
        ? Optional.of(place.tokenizer(model, stage -> place.root().get()))
        : model.tokenizer().or(() -> model.checkpoint().flatMap(Tokenizers::find));
  }

  /**
   * Checks a model against the pictures it is shown.
   *
   * @throws UserError that names both files and what does not fit
   */
  void check(StageSettings stage, Path root) throws IOException {
    files.requirePictures(root, stage.features());
    int width = files.pictureWidth(root, stage.features());
    Optional<Path> directory = stage.model().checkpoint();
    if (directory.isPresent() && seen.add(List.of(directory.get(), width, stage.fusion()))) {
      Checkpoint weights = weights(directory.get());
      for (String name : PICTURE_WEIGHTS) {
        if (weights.names().contains(name) && weights.tensor(name).shape().get(1) != width) {
          throw new UserError(
              "%s has a fusion for vectors of %d numbers (%s), but features = %s has vectors of %d"
                  .formatted(
                      directory.get(),
                      weights.tensor(name).shape().get(1),
                      name,
                      stage.features().label(),
                      width));
        }
      }
      checkFusion(stage, directory.get(), weights, width);
    }
  }

  private void checkFusion(StageSettings stage, Path directory, Checkpoint weights, int width) {
    if (FusionWeightsFit.beside(weights).isEmpty()) {
      return; // all of the fusion will be learnt
    }
    List<String> contradictions = fusions.contradictions(stage.fusion(), published(directory));
    if (!contradictions.isEmpty()) {
      throw new UserError(
          "%s has a fusion with other settings than fusion = %s\n  %s"
              .formatted(directory, stage.fusion().name(), String.join("\n  ", contradictions)));
    }
    LoadReport report =
        FusionWeightsFit.report(weights, config(directory), stage.fusion(), width, fusions);
    if (!report.complete()) {
      throw new UserError(
          "%s has weights that are not those of fusion = %s\n%s"
              .formatted(directory, stage.fusion().name(), report));
    }
  }

  private void check(Path directory, T5Config config, Path file) throws IOException {
    Tokenizer tokenizer = files.tokenizer(file);
    if (tokenizer.size() > config.vocabulary()) {
      throw new UserError(
          "%s has %,d tokens, but the model in %s knows %,d (vocab_size): the tokenizer belongs to another model"
              .formatted(file, tokenizer.size(), directory, config.vocabulary()));
    }
    if (config.padId() != Tokenizer.PAD || config.endId() != Tokenizer.END) {
      throw new UserError(
          "%s: pad_token_id and eos_token_id must be %d and %d, as every tokenizer of T5 has them, found %d and %d"
              .formatted(
                  directory.resolve(Checkpoint.CONFIG),
                  Tokenizer.PAD,
                  Tokenizer.END,
                  config.padId(),
                  config.endId()));
    }
  }

  private static T5Config config(Path directory) {
    try {
      return T5Config.read(directory.resolve(Checkpoint.CONFIG));
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Object> published(Path directory) {
    try {
      return JSON.convertValue(
          RegularFile.json(directory.resolve(Checkpoint.CONFIG), MAXIMUM_CONFIG), Map.class);
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Checkpoint weights(Path directory) {
    try {
      return Checkpoint.open(directory);
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError(e.getMessage(), e);
    }
  }
}
