package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;

/** The pictures of each question one after the other. */
final class SeveralPictures implements IndexedPictures {

  private final IndexedPictures single; // by the names of pictures
  private final SortedMap<String, List<PictureName>> shown;
  private final int most;

  private SeveralPictures(
      IndexedPictures single, SortedMap<String, List<PictureName>> shown, int most) {
    this.single = single;
    this.shown = shown;
    this.most = most;
  }

  /**
   * The pictures that a setting shows.
   *
   * @param single every picture by its {@linkplain PictureName#text name}; each has all its vectors
   * @param place where they come from, for people
   * @throws UserError if no question has more than one, or any of those that are asked for
   */
  static IndexedPictures of(IndexedPictures single, ShownPictures setting, String place) {
    List<PictureName> names = single.questionIds().stream().map(PictureName::of).toList();
    if (!setting.several() && names.stream().allMatch(name -> name.number() == PictureName.ALONE)) {
      return single;
    }
    SortedMap<String, List<PictureName>> shown = setting.of(names);
    int most = shown.values().stream().mapToInt(List::size).max().orElse(0);
    requireSome(setting, most, place);
    return new SeveralPictures(single, shown, most);
  }

  /** Else two variants that differ in this setting alone would be the same. */
  private static void requireSome(ShownPictures setting, int most, String place) {
    if (most == 0 || (most == 1 && setting.several() && setting != ShownPictures.OPTIONS)) {
      throw new UserError(
          "%s: features.pictures = %s, but %s. A question's folder may hold image_0.png, image_1.png, ... and choice_0.png, choice_1.png, ...; a name map has them as ID/image_0 and ID/choice_0"
              .formatted(
                  place,
                  setting.name().toLowerCase(Locale.ROOT),
                  most == 0
                      ? "no question has such a picture"
                      : "no question has more than one; leave it at first"));
    }
  }

  @Override
  public int patches() {
    return most * single.patches();
  }

  @Override
  public int width() {
    return single.width();
  }

  /** Where each question has one alone. */
  @Override
  public Optional<PictureGrid> grid() {
    return most == 1 ? single.grid() : Optional.empty();
  }

  @Override
  public Optional<PictureRaster> raster() {
    return single.raster();
  }

  @Override
  public List<String> questionIds() {
    return List.copyOf(shown.keySet());
  }

  @Override
  public Optional<PictureBackbone> backbone() {
    return single.backbone();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int vectors = 0;
    for (PictureName name : names(questionId)) {
      vectors += single.read(name.text(), into);
    }
    return vectors;
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return names(questionId).stream().map(name -> new PictureSpan(name, single.patches())).toList();
  }

  private List<PictureName> names(String questionId) {
    return shown.getOrDefault(questionId, List.of());
  }
}
