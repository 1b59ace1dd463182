package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.fusebox.array.NpyWriter;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JoinedPicturesTest {

  /** Vectors by question. */
  private record Known(int patches, int width, Map<String, float[]> vectors)
      implements IndexedPictures {

    @Override
    public List<String> questionIds() {
      return vectors.keySet().stream().sorted().toList();
    }

    @Override
    public int read(String questionId, FloatBuffer into) {
      float[] found = vectors.getOrDefault(questionId, new float[0]);
      into.put(found);
      return found.length / width;
    }
  }

  private final Known narrow =
      new Known(2, 2, Map.of("both", new float[] {1, 2, 3, 4}, "one", new float[] {5, 6}));
  private final Known wide =
      new Known(1, 3, Map.of("both", new float[] {7, 8, 9}, "other", new float[] {10, 11, 12}));
  private final JoinedPictures joined = new JoinedPictures(List.of(narrow, wide));

  private float[] read(String question) {
    FloatBuffer into = FloatBuffer.allocate(joined.patches() * joined.width());
    int vectors = joined.read(question, into);
    assertThat(into.position()).isEqualTo(vectors * joined.width());
    return Arrays.copyOf(into.array(), into.position());
  }

  @Test
  void eachKindHasColumnsOfItsOwnAndOneThatTellsItApart() {
    assertThat(joined.patches()).isEqualTo(3);
    assertThat(joined.width()).isEqualTo(2 + 3 + 2);
    assertThat(read("both"))
        .containsExactly(
            1, 2, 0, 0, 0, 1, 0, //
            3, 4, 0, 0, 0, 1, 0, //
            0, 0, 7, 8, 9, 0, 1);
  }

  @Test
  void aPictureThatIsGivenIsJoinedAsThoseOfTheDataAre() {
    List<float[]> kinds = List.of(new float[] {1, 2, 3, 4}, new float[] {7, 8, 9});
    assertThat(GivenPicture.joined(kinds, List.of(2, 3))).containsExactly(read("both"));
  }

  @Test
  void aPictureMayBeThereInOneKindAlone() {
    assertThat(read("one")).containsExactly(5, 6, 0, 0, 0, 1, 0);
    assertThat(read("other")).containsExactly(0, 0, 10, 11, 12, 0, 1);
    assertThat(read("none")).isEmpty();
    assertThat(joined.questionIds()).containsExactly("both", "one", "other");
  }

  /** A kind that tells of no pictures stands before the text, beside one that tells of several. */
  @Test
  void eachVectorBelongsToAPictureWhereOneKindTellsOfSeveral() {
    Known frames =
        new Known(1, 1, Map.of("q/image_0", new float[] {1}, "q/choice_1", new float[] {2}));
    Known passages = new Known(2, 1, Map.of("q", new float[] {3, 4}, "other", new float[] {5}));
    JoinedPictures both =
        new JoinedPictures(
            List.of(SeveralPictures.of(frames, ShownPictures.ALL, "here"), passages));
    assertThat(both.spans("q"))
        .extracting(span -> span.picture().text(), PictureSpan::vectors)
        .containsExactly(tuple("q/image_0", 1), tuple("q/choice_1", 1), tuple("q", 2));
    assertThat(both.spans("other")).isEmpty();
    assertThat(joined.spans("both")).isEmpty();
  }

  /** One matrix over all columns is a matrix and a bias for each kind. */
  @Test
  void oneProjectionOfAllIsOneForEachKind() {
    double[] weights = {0.5, -1, 2, 0.25, 3, 10, 20};
    float[] rows = read("both");
    double[] found = new double[3];
    for (int row = 0; row < 3; row++) {
      for (int column = 0; column < 7; column++) {
        found[row] += weights[column] * rows[row * 7 + column];
      }
    }
    assertThat(found)
        .containsExactly(0.5 * 1 - 2 + 10, 0.5 * 3 - 4 + 10, 2 * 7 + 0.25 * 8 + 3 * 9 + 20);
  }

  private static FeatureSettings settings(FeatureSource first, FeatureSource... others) {
    return new FeatureSettings(
        first,
        List.of(others),
        false,
        Optional.empty(),
        Optional.empty(),
        new PatchSettings(64, 8));
  }

  @Test
  void sourcesMustBeDifferentOnesOfVectors() {
    assertThat(settings(FeatureSource.DETR, FeatureSource.CLIP).label()).isEqualTo("detr and clip");
    assertThatThrownBy(() -> settings(FeatureSource.DETR, FeatureSource.CAPTION))
        .hasMessageContaining("different sources of vectors")
        .hasMessageContaining("captions = true");
    assertThatThrownBy(() -> settings(FeatureSource.DETR, FeatureSource.DETR))
        .hasMessageContaining("different sources");
    assertThatThrownBy(() -> settings(FeatureSource.DETR, FeatureSource.FILE))
        .hasMessageContaining("file must be given");
  }

  private static FeatureSettings files(FeatureSource first, List<Path> files, List<Path> names) {
    return new FeatureSettings(
        first,
        List.of(),
        false,
        files,
        names,
        new PatchSettings(64, 8),
        PassageSettings.LECTURES,
        ShownPictures.FIRST,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private static List<Path> paths(String... paths) {
    return Arrays.stream(paths).map(Path::of).toList();
  }

  private static void write(Path file, float[]... rows) throws IOException {
    try (NpyWriter writer = NpyWriter.floats(file, rows.length, 1, rows[0].length)) {
      for (float[] row : rows) {
        writer.write(row);
      }
    }
  }

  /** Two files of one's own, each with its width and the order of its own name map. */
  @Test
  void filesOfOnesOwnStandBesideEachOther(@TempDir Path root) throws IOException {
    Files.createDirectory(root.resolve("second"));
    write(root.resolve("a.npy"), new float[] {1, 2}, new float[] {3, 4});
    write(root.resolve("second/b.npy"), new float[] {7, 8, 9}, new float[] {5, 6, 7});
    Files.writeString(root.resolve("name_map.json"), "{\"p\": 0, \"q\": 1}");
    Files.writeString(root.resolve("second/name_map.json"), "{\"q\": 0, \"p\": 1}");
    FeatureSettings both = files(FeatureSource.FILE, paths("a.npy", "second/b.npy"), List.of());
    PictureFeatures pictures = Pictures.open(root, both, Control.NONE, 1, root.resolve("cache"));
    FloatBuffer rows = FloatBuffer.allocate(pictures.patches() * pictures.width());
    assertThat(pictures.read("p", rows)).isEqualTo(2);
    assertThat(rows.array()).containsExactly(1, 2, 0, 0, 0, 1, 0, 0, 0, 5, 6, 7, 0, 1);
    assertThat(both.label()).isEqualTo("2 files");
    assertThat(Pictures.files(root, both, PictureBackbone.BUILT_IN))
        .containsOnlyKeys(
            "file-1/features.npy",
            "file-1/name_map.json",
            "file-2/features.npy",
            "file-2/name_map.json");
  }

  @Test
  void filesAndTheirNamesMustFitTheSource() {
    assertThat(files(FeatureSource.FILE, paths("a", "b"), paths("x", "y")).each())
        .extracting(FeatureSettings::file, FeatureSettings::names)
        .containsExactly(tuple(paths("a"), paths("x")), tuple(paths("b"), paths("y")));
    assertThatThrownBy(() -> files(FeatureSource.DETR, paths("a", "b"), List.of()))
        .hasMessage("file must be one unless source = file, which stands for several; found a, b");
    assertThatThrownBy(() -> files(FeatureSource.FILE, paths("a", "a"), List.of()))
        .hasMessage("file must list different files, found a, a");
    assertThatThrownBy(() -> files(FeatureSource.FILE, paths("a", "b"), paths("x")))
        .hasMessage("names must be as many as files, or left out, found 1 of 2: x");
    assertThatThrownBy(() -> files(FeatureSource.DETR, List.of(), paths("x")))
        .hasMessage(
            "names must stand beside the file whose rows they name, found x without a file");
  }
}
