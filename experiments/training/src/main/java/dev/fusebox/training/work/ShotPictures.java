package dev.fusebox.training.work;

import dev.fusebox.questions.picture.PictureBackbone;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.PictureGrid;
import dev.fusebox.questions.picture.PictureName;
import dev.fusebox.questions.picture.PictureSpan;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The pictures of solved questions, each where its question stands, and then a question's own
 * (Frozen, section 3; Flamingo, section 2.4).
 *
 * @param own of the questions that are asked
 * @param ofShots of the solved ones
 * @param shown by the id of the question before which they stand
 */
record ShotPictures(PictureFeatures own, PictureFeatures ofShots, Map<String, ShownShots> shown)
    implements PictureFeatures {

  private static final ShownShots NONE = new ShownShots(List.of(), 0);

  ShotPictures {
    shown = Map.copyOf(shown);
  }

  @Override
  public int patches() {
    int most = shown.values().stream().mapToInt(each -> each.shots().size()).max().orElse(0);
    return own.patches() + most * ofShots.patches();
  }

  @Override
  public int width() {
    return own.width();
  }

  @Override
  public Optional<PictureBackbone> backbone() {
    return own.backbone();
  }

  /** None: a place among the vectors is no place in one picture. */
  @Override
  public Optional<PictureGrid> grid() {
    return Optional.empty();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int vectors = 0;
    for (ShownShots.Place shot : shots(questionId).shots()) {
      vectors += ofShots.read(shot.id(), into);
    }
    return vectors + own.read(questionId, into);
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    ShownShots shots = shots(questionId);
    List<PictureSpan> spans = new ArrayList<>();
    for (ShownShots.Place shot : shots.shots()) {
      spans(ofShots, shot.id()).forEach(span -> spans.add(span.at(shot.tokensBefore())));
    }
    for (PictureSpan span : spans(own, questionId)) {
      OptionalInt option = span.picture().option();
      spans.add(option.isPresent() ? span : span.at(shots.tokens()));
    }
    return spans;
  }

  private ShownShots shots(String questionId) {
    return shown.getOrDefault(questionId, NONE);
  }

  /** Told by name where there are several; one alone is counted. */
  private static List<PictureSpan> spans(PictureFeatures pictures, String id) {
    List<PictureSpan> named = pictures.spans(id);
    if (!named.isEmpty()) {
      return named;
    }
    int vectors = pictures.read(id, FloatBuffer.allocate(pictures.patches() * pictures.width()));
    return vectors == 0 ? List.of() : List.of(new PictureSpan(PictureName.alone(id), vectors));
  }
}
