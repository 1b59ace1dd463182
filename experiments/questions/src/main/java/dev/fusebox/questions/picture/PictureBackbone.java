package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.vision.BackboneOutline;
import dev.fusebox.vision.Readout;
import dev.fusebox.vision.VisionBackbones;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A backbone that stands between pixels and model, for {@code source = pixels}.
 *
 * @param directory of a ViT or of CLIP
 * @param layer index of the state that is read, as in {@link Readout#layer}
 * @param train what of it learns; empty if nothing
 * @param learningRateFactor its learning rate in multiples of the model's
 * @param kinds those that open it, plugins among them
 */
public record PictureBackbone(
    Path directory,
    Optional<Integer> layer,
    Optional<TrainedLayers> train,
    double learningRateFactor,
    VisionBackbones kinds) {

  /** The kinds that come with the program. */
  public static final VisionBackbones BUILT_IN =
      VisionBackbones.of(PictureBackbone.class.getClassLoader());

  /** Which of its states are read. */
  public Readout readout() {
    return layer.map(Readout.last()::ofLayer).orElseGet(Readout::last);
  }

  /** The class whose code decides its numbers. */
  public Class<?> provider() throws IOException {
    return kinds.taking(directory);
  }

  /**
   * What it takes and gives, without reading its weights.
   *
   * @throws UserError if it is none that can stand there, with why
   */
  public BackboneOutline outline() {
    if (!Files.isDirectory(directory)) {
      throw new UserError(
          "features.backbone = %s: there is no such directory; one with a ViT or CLIP of Hugging Face's or timm's is expected. What other networks give is read from a file that fusebox extract makes"
              .formatted(directory));
    }
    try {
      BackboneOutline outline =
          kinds
              .outline(directory, readout())
              .orElseThrow(() -> new IllegalArgumentException("only a ViT or CLIP can be read so"));
      requireLayers(outline);
      return outline;
    } catch (IOException | IllegalArgumentException e) {
      throw new UserError("features.backbone = %s: %s".formatted(directory, e.getMessage()), e);
    }
  }

  private void requireLayers(BackboneOutline outline) {
    int learning = train.flatMap(TrainedLayers::last).orElse(0);
    if (learning > outline.layers()) {
      throw new IllegalArgumentException(
          "features.train = last:%d, but %s are read"
              .formatted(
                  learning, outline.layers() == 0 ? "no layers" : outline.layers() + " layers"));
    }
  }

  /**
   * How pictures become pixels.
   *
   * @throws UserError if the backbone's own files do not say it
   */
  public Preprocessing preprocessing() {
    return outline()
        .preprocessing()
        .orElseThrow(
            () ->
                new UserError(
                    "features.backbone = %s: it does not say how pictures become pixels; preprocessor_config.json must lie there, as it was published with the weights"
                        .formatted(directory)));
  }
}
