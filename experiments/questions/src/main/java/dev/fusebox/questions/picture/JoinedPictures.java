package dev.fusebox.questions.picture;

import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Several kinds of vectors of the same pictures, one kind after the other. Each kind has columns of
 * its own, so that whatever projects the whole projects each by a matrix of its own; and one column
 * that is 1 for it alone, so that the projection learns an embedding that tells the kinds apart:
 *
 * <pre>
 * [ detr  0    1 0 ]
 * [ 0     clip 0 1 ]
 * </pre>
 */
final class JoinedPictures implements IndexedPictures {

  private final List<IndexedPictures> kinds;
  private final List<Columns> columns;
  private final int width;

  /**
   * Where a kind stands in the rows of all.
   *
   * @param own the first of its own columns
   * @param count V of the kind
   * @param mark the column that is 1 for it alone
   * @param width V of all
   */
  private record Columns(int own, int count, int mark, int width) {

    static List<Columns> of(List<Integer> widths) {
      List<Columns> all = new ArrayList<>();
      int width = JoinedPictures.width(widths);
      int own = 0;
      for (int kind = 0; kind < widths.size(); kind++) {
        all.add(new Columns(own, widths.get(kind), width - widths.size() + kind, width));
        own += widths.get(kind);
      }
      return all;
    }

    void put(FloatBuffer numbers, int vectors, FloatBuffer into) {
      for (int vector = 0; vector < vectors; vector++) {
        float[] row = new float[width];
        numbers.get(vector * count, row, own, count);
        row[mark] = 1;
        into.put(row);
      }
    }
  }

  JoinedPictures(List<IndexedPictures> kinds) {
    this.kinds = List.copyOf(kinds);
    List<Integer> widths = kinds.stream().map(PictureFeatures::width).toList();
    columns = Columns.of(widths);
    width = width(widths);
  }

  /**
   * One picture's vectors of several kinds as one.
   *
   * @param kinds the numbers of each, whole vectors
   * @param widths V of each
   */
  static float[] join(List<float[]> kinds, List<Integer> widths) {
    List<Columns> columns = Columns.of(widths);
    int vectors = 0;
    for (int kind = 0; kind < kinds.size(); kind++) {
      vectors += kinds.get(kind).length / widths.get(kind);
    }
    FloatBuffer all = FloatBuffer.allocate(vectors * width(widths));
    for (int kind = 0; kind < kinds.size(); kind++) {
      float[] own = kinds.get(kind);
      columns.get(kind).put(FloatBuffer.wrap(own), own.length / widths.get(kind), all);
    }
    return all.array();
  }

  /** V, of kinds that are so wide. */
  static int width(List<Integer> widths) {
    return widths.stream().mapToInt(Integer::intValue).sum() + widths.size();
  }

  @Override
  public int patches() {
    return kinds.stream().mapToInt(PictureFeatures::patches).sum();
  }

  @Override
  public int width() {
    return width;
  }

  /** All questions that have a picture of any kind. */
  @Override
  public List<String> questionIds() {
    TreeSet<String> ids = new TreeSet<>();
    kinds.forEach(kind -> ids.addAll(kind.questionIds()));
    return new ArrayList<>(ids);
  }

  @Override
  public int read(String questionId, FloatBuffer into) {
    int vectors = 0;
    for (int kind = 0; kind < kinds.size(); kind++) {
      vectors += read(kind, questionId, into);
    }
    return vectors;
  }

  /**
   * One kind after the other, as they are read; told of all kinds where one has several pictures.
   */
  @Override
  public List<PictureSpan> spans(String questionId) {
    boolean named = kinds.stream().anyMatch(kind -> !kind.spans(questionId).isEmpty());
    return named
        ? kinds.stream().flatMap(kind -> spans(kind, questionId).stream()).toList()
        : List.of();
  }

  /** Of a kind that tells of none, such as passages, all vectors stand before the text. */
  private static List<PictureSpan> spans(IndexedPictures kind, String questionId) {
    List<PictureSpan> named = kind.spans(questionId);
    FloatBuffer own = FloatBuffer.allocate(named.isEmpty() ? kind.patches() * kind.width() : 0);
    int vectors = named.isEmpty() ? kind.read(questionId, own) : 0;
    return vectors == 0 ? named : List.of(new PictureSpan(PictureName.alone(questionId), vectors));
  }

  private int read(int kind, String questionId, FloatBuffer into) {
    IndexedPictures pictures = kinds.get(kind);
    FloatBuffer own = FloatBuffer.allocate(pictures.patches() * pictures.width());
    int vectors = pictures.read(questionId, own);
    columns.get(kind).put(own, vectors, into);
    return vectors;
  }

  /** They lie over the picture in more than one way. */
  @Override
  public Optional<PictureGrid> grid() {
    return Optional.empty();
  }
}
