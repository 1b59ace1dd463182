package dev.fusebox.ask;

import ai.djl.Device;
import dev.fusebox.file.UserError;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.FeatureSettings;
import dev.fusebox.questions.picture.FeatureSource;
import dev.fusebox.questions.picture.GivenPicture;
import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.Pictures;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What a stage sees of the picture that was chosen. A picture that is not of the data is cut, or
 * goes through the backbone that made the stage's features; those are kept open. Not for threads.
 */
final class PictureVectors implements AutoCloseable {

  /** Sources that any picture can be read by. */
  private static final Set<FeatureSource> READ =
      Set.of(FeatureSource.PATCHES, FeatureSource.PIXELS);

  private final SheetBackbones backbones;
  private final Supplier<Device> device;
  private final Map<Path, FeatureExtractor> extractors = new HashMap<>();

  PictureVectors(SheetBackbones backbones, Supplier<Device> device) {
    this.backbones = backbones;
    this.device = device;
  }

  /**
   * The vectors.
   *
   * @param source what the stage sees of the data's pictures, under its control
   * @param root the data directory
   * @throws UserError if the picture is not of the data and its vectors cannot be made, with why
   */
  GivenPicture of(Asking asking, StageSettings stage, PictureFeatures source, Path root)
      throws IOException {
    if (asking.picture() instanceof ChosenPicture.Given given) {
      refusal(stage, root)
          .ifPresent(
              why -> {
                throw new UserError(why);
              });
      GivenPicture picture = GivenPicture.of(source, vectors(given.file(), stage, root));
      return stage.control() == Control.BLIND ? picture.blind() : picture;
    }
    if (asking.picture() instanceof ChosenPicture.Of other) {
      return GivenPicture.of(source, other.other().id());
    }
    return asking.picture() instanceof ChosenPicture.None
        ? GivenPicture.none(source)
        : GivenPicture.of(source, asking.question().id());
  }

  /** Why a stage cannot be shown a picture that is not of the data; empty if it can. */
  Optional<String> refusal(StageSettings stage, Path root) throws IOException {
    if (stage.control() == Control.SHUFFLED || stage.control() == Control.NOISE) {
      return Optional.of(
          "control = %s replaces the picture that is asked about, so another one makes no difference"
              .formatted(stage.control().name().toLowerCase(Locale.ROOT)));
    }
    if (stage.features().each().stream().anyMatch(FeatureSettings::needNoPictures)) {
      return Optional.of(
          "features = %s: a new picture cannot be turned into such vectors"
              .formatted(stage.features().label()));
    }
    for (FeatureSettings one : stage.features().each()) {
      Optional<String> why = refusal(one, root);
      if (why.isPresent()) {
        return why;
      }
    }
    return Optional.empty();
  }

  private Optional<String> refusal(FeatureSettings features, Path root) throws IOException {
    if (READ.contains(features.source())) {
      return Optional.empty();
    }
    Path file = file(features, root);
    Optional<FeatureSheet> sheet = FeatureSheet.beside(file);
    if (sheet.isEmpty()) {
      return Optional.of(
          "%s does not say which backbone made it (%s, written by fusebox extract, is missing), so a new picture cannot be turned into such vectors"
              .formatted(file, file.getFileName().toString().replaceFirst("\\.[^.]*$", ".json")));
    }
    return backbones.refusal(sheet.get());
  }

  /** The feature file of one source alone. */
  private Path file(FeatureSettings features, Path root) throws IOException {
    return Pictures.files(root, features, backbones.kinds()).entrySet().stream()
        .filter(entry -> entry.getKey().startsWith("features"))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow();
  }

  private float[] vectors(Path picture, StageSettings stage, Path root) throws IOException {
    List<float[]> kinds = new ArrayList<>();
    List<Integer> widths = new ArrayList<>();
    for (FeatureSettings one : stage.features().each()) {
      kinds.add(vectors(picture, one, stage.control(), root));
      widths.add(Pictures.width(root, one, backbones.kinds()));
    }
    return kinds.size() == 1 ? kinds.get(0) : GivenPicture.joined(kinds, widths);
  }

  private float[] vectors(Path picture, FeatureSettings features, Control control, Path root)
      throws IOException {
    if (features.source() == FeatureSource.PATCHES) {
      return GivenPicture.cut(features.patches(), picture);
    }
    if (features.readsPixels()) {
      PictureBackbone backbone = features.inTheLoop(backbones.kinds()).orElseThrow();
      return control == Control.BLIND // no backbone is run for zeros
          ? new float[backbone.outline().patches() * backbone.outline().width()]
          : pixels(picture, backbone.preprocessing());
    }
    FeatureExtractor extractor = extractor(file(features, root));
    return extractor.vectors(pixels(picture, extractor.preprocessing()));
  }

  private static float[] pixels(Path picture, Preprocessing preprocessing) {
    try {
      return preprocessing.pixels(PictureReader.read(picture, Transparency.IGNORED));
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private FeatureExtractor extractor(Path features) throws IOException {
    FeatureExtractor known = extractors.get(features);
    if (known == null) {
      FeatureSheet sheet = FeatureSheet.beside(features).orElseThrow();
      known = backbones.open(sheet, device.get());
      extractors.put(features, known);
    }
    return known;
  }

  @Override
  public void close() {
    extractors.values().forEach(FeatureExtractor::close);
    extractors.clear();
  }
}
