package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Questions whose options stand in another order: the pictures of options go with them. One whose
 * option is not asked is not shown.
 *
 * @param origins question id → for each option as it is asked, the index it has in the data; who is
 *     not in it is asked as it is
 */
public record MovedOptions(PictureFeatures pictures, Map<String, List<Integer>> origins)
    implements PictureView {

  public MovedOptions {
    origins = Map.copyOf(origins);
  }

  /**
   * Vectors on their way to another place.
   *
   * @param kind of vectors: pictures of several kinds come one kind after the other
   * @param from the number of the first vector among those that are read
   * @param span as it is shown
   */
  private record Moved(int kind, int from, PictureSpan span) {}

  private List<Moved> moved(String questionId) {
    List<Moved> moved = new ArrayList<>();
    Optional<PictureName> before = Optional.empty();
    int kind = 0;
    int from = 0;
    for (PictureSpan span : pictures.spans(questionId)) {
      kind += before.filter(name -> name.compareTo(span.picture()) >= 0).isPresent() ? 1 : 0;
      before = Optional.of(span.picture());
      for (PictureName name : names(questionId, span.picture())) {
        moved.add(new Moved(kind, from, new PictureSpan(name, span.vectors())));
      }
      from += span.vectors();
    }
    moved.sort(
        Comparator.comparing(Moved::kind).thenComparing((Moved each) -> each.span().picture()));
    return moved;
  }

  /** What a picture is as the question is asked; nothing where its option is not asked. */
  private List<PictureName> names(String questionId, PictureName name) {
    List<Integer> order = origins.get(questionId);
    if (order == null || name.option().isEmpty()) {
      return List.of(name);
    }
    int place = order.indexOf(name.number());
    return place < 0 ? List.of() : List.of(new PictureName(name.question(), name.role(), place));
  }

  @Override
  public Optional<PictureGrid> grid() {
    return pictures.grid();
  }

  @Override
  public List<PictureSpan> spans(String questionId) {
    return moved(questionId).stream().map(Moved::span).toList();
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    List<Moved> moved = moved(questionId);
    if (moved.isEmpty()) {
      return pictures.read(questionId, into);
    }
    FloatBuffer all = FloatBuffer.allocate(patches() * width());
    pictures.read(questionId, all);
    int vectors = 0;
    for (Moved each : moved) {
      into.put(all.array(), each.from() * width(), each.span().vectors() * width());
      vectors += each.span().vectors();
    }
    return vectors;
  }
}
