package dev.fusebox.questions.picture;

import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.picture.Picture;
import dev.fusebox.picture.Transparency;
import dev.fusebox.vision.picture.Preprocessing;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * Pictures as the pixels that a backbone in the model takes: each is one vector of 3 · Y · X
 * numbers. The bytes before they are normalized are kept decoded.
 */
record PixelPictures(
    DecodedPictures decoded, PictureBackbone own, Preprocessing preprocessing, int vectors)
    implements IndexedPictures {

  /** Resizes and crops. */
  private record Cropping(Preprocessing preprocessing) implements DecodedPictures.Cutting {

    @Override
    public String kind() {
      return "pixels";
    }

    @Override
    public int patches() {
      return 1;
    }

    @Override
    public int width() {
      return preprocessing.size();
    }

    @Override
    public Transparency transparency() {
      return Transparency.IGNORED;
    }

    @Override
    public byte[] cut(Picture picture) {
      return preprocessing.bytes(picture);
    }

    @Override
    public void addTo(Fingerprint fingerprint) {
      fingerprint
          .add(preprocessing.resize().toString())
          .add(preprocessing.crop().toString())
          .add(CodeVersion.of(Preprocessing.class, List.of("dev/fusebox/vision/picture/")));
    }
  }

  /**
   * Opens pictures.
   *
   * @param files by name
   * @param cache where decoded pictures are kept
   * @throws dev.fusebox.file.UserError if one is no picture, or if the backbone does not say how
   *     pictures become pixels
   */
  static PixelPictures open(SortedMap<String, Path> files, PictureBackbone backbone, Path cache)
      throws IOException {
    Preprocessing preprocessing = backbone.preprocessing();
    return new PixelPictures(
        DecodedPictures.open(files, new Cropping(preprocessing), cache),
        backbone,
        preprocessing,
        backbone.outline().patches());
  }

  @Override
  public int patches() {
    return 1;
  }

  @Override
  public int width() {
    return preprocessing.size();
  }

  @Override
  public Optional<PictureBackbone> backbone() {
    return Optional.of(own);
  }

  /** That of the vectors which the backbone makes. */
  @Override
  public Optional<PictureGrid> grid() {
    return PictureGrid.square(vectors);
  }

  @Override
  public Optional<PictureRaster> raster() {
    return grid().map(grid -> PictureRaster.pixels(preprocessing, grid));
  }

  @Override
  public List<String> questionIds() {
    return decoded.names();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int start = into.position();
    if (!decoded.read(questionId, into)) {
      return 0;
    }
    preprocessing.normalize(into.duplicate().position(start));
    return 1;
  }
}
