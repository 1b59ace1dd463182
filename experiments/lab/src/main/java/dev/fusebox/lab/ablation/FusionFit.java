package dev.fusebox.lab.ablation;

import dev.fusebox.checkpoint.Checkpoint;
import dev.fusebox.fusion.TextShape;
import dev.fusebox.t5.T5Config;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import dev.fusebox.training.recipe.ModelSettings;
import dev.fusebox.training.recipe.ModelShape;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Whether a fusion fits the text model it is put into, before anything runs. */
final class FusionFit {

  private FusionFit() {}

  /** The rule that a fusion of a stage breaks: {@code key must ..., found value}. */
  static Optional<String> misfit(
      StageSettings stage, FusionSettings fusion, FusionCatalogue fusions) {
    Optional<TextShape> text = stage.seesPictures() ? shape(stage.model()) : Optional.empty();
    try {
      text.ifPresent(shape -> fusions.check(fusion, shape));
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(e.getMessage());
    }
  }

  private static Optional<TextShape> shape(ModelSettings model) {
    return model.checkpoint().isPresent()
        ? shape(model.checkpoint().get())
        : Optional.of(shape(model.shape()));
  }

  private static TextShape shape(ModelShape shape) {
    return new TextShape(shape.width(), shape.encoderLayers(), shape.decoderLayers());
  }

  /** Empty where it cannot be read: whoever opens the checkpoint says what is wrong with it. */
  private static Optional<TextShape> shape(Path checkpoint) {
    try {
      T5Config config = T5Config.read(checkpoint.resolve(Checkpoint.CONFIG));
      return Optional.of(
          new TextShape(config.width(), config.encoderDepth(), config.decoderDepth()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
