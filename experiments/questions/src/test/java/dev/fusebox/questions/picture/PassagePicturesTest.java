package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.array.NpyWriter;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Datasets;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The passages of a question as vectors. */
class PassagePicturesTest {

  private static final int WIDTH = 512;

  private static final String PROBLEMS =
      """
      {
        "1": {"question": "Will these magnets attract?", "choices": ["yes", "no"], "answer": 0, "split": "train", "lecture": "Magnets push or pull other magnets."},
        "2": {"question": "Has this bird feathers?", "choices": ["yes", "no"], "answer": 0, "split": "train", "image": "image.png", "lecture": "Birds have feathers and lay eggs."},
        "3": {"question": "Do magnets pull birds?", "choices": ["always", "never"], "answer": 1, "split": "test", "image": "image.png", "lecture": "A lecture of the test split about magnets and birds."},
        "4": {"question": "Zebra?", "choices": ["stripes", "dots"], "answer": 0, "split": "test"}
      }
      """;

  @TempDir Path root;

  @BeforeEach
  void write() throws IOException {
    problems(PROBLEMS);
    Files.writeString(
        root.resolve("pid_splits.json"),
        "{\"train\": [\"1\", \"2\"], \"val\": [], \"test\": [\"3\", \"4\"]}");
    Files.writeString(root.resolve("name_map.json"), "{\"2\": 0, \"3\": 1}");
    try (NpyWriter writer = NpyWriter.floats(root.resolve("detr.npy"), 2, 2, 2)) {
      writer.write(1, 2, 3, 4);
      writer.write(5, 6, 7, 8);
    }
  }

  private void problems(String text) throws IOException {
    Files.writeString(root.resolve("problems.json"), text);
  }

  private static FeatureSettings settings(PassageSettings passages, FeatureSource... sources) {
    return new FeatureSettings(
        sources[0],
        List.of(sources).subList(1, sources.length),
        false,
        List.of(),
        List.of(),
        new PatchSettings(8, 4),
        passages,
        ShownPictures.FIRST,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        1);
  }

  private static PassageSettings lectures(int count) {
    return new PassageSettings(count, WIDTH, Optional.empty());
  }

  private PictureFeatures open(FeatureSettings settings, Control control) throws IOException {
    return Pictures.open(root, settings, control, 1, root.resolve("cache"));
  }

  private PictureFeatures passages(int count) throws IOException {
    return open(settings(lectures(count), FeatureSource.PASSAGES), Control.NONE);
  }

  private static float[] read(PictureFeatures pictures, String id) {
    FloatBuffer into = FloatBuffer.allocate(pictures.patches() * pictures.width());
    int vectors = pictures.read(id, into);
    assertThat(into.position()).isEqualTo(vectors * pictures.width());
    return Arrays.copyOf(into.array(), into.position());
  }

  private static double cosine(float[] one, float[] other) {
    double product = 0;
    double ofOne = 0;
    double ofOther = 0;
    for (int i = 0; i < one.length; i++) {
      product += (double) one[i] * other[i];
      ofOne += (double) one[i] * one[i];
      ofOther += (double) other[i] * other[i];
    }
    return product / Math.sqrt(ofOne * ofOther);
  }

  @Test
  void aQuestionHasAVectorOfEachPassageTheBestFirst() throws IOException {
    PictureFeatures pictures = passages(2);
    assertThat(pictures.patches()).isEqualTo(2);
    assertThat(pictures.width()).isEqualTo(WIDTH);
    assertThat(pictures.grid()).isEmpty();
    float[] magnets = read(pictures, "1");
    float[] birds = read(pictures, "2");
    float[] both = read(pictures, "3");
    assertThat(magnets).as("no other passage has a word of it").hasSize(WIDTH);
    assertThat(both).as("lectures of the test split are not searched").hasSize(2 * WIDTH);
    assertThat(List.of(Arrays.copyOf(both, WIDTH), Arrays.copyOfRange(both, WIDTH, 2 * WIDTH)))
        .containsExactlyInAnyOrder(magnets, birds);
    assertThat(Arrays.copyOf(read(pictures, "3"), WIDTH)).isEqualTo(read(passages(1), "3"));
    assertThat(read(pictures, "4")).as("nothing is found").isEmpty();
  }

  /** As long as a vector of noise is, so that it stands beside features of other kinds. */
  @Test
  void itsNumbersHaveAMeanSquareOfOne() throws IOException {
    double square = 0;
    for (float number : read(passages(1), "2")) {
      square += (double) number * number;
    }
    assertThat(square / WIDTH).isCloseTo(1, within(1e-5));
  }

  @Test
  void passagesThatShareWordsLieNearEachOther() throws IOException {
    Path corpus =
        Files.writeString(
            root.resolve("corpus.txt"),
            "a magnet attracts iron and steel\na magnet attracts iron and nickel\nfeathers keep birds warm\n");
    PictureFeatures pictures =
        open(
            settings(new PassageSettings(2, WIDTH, Optional.of(corpus)), FeatureSource.PASSAGES),
            Control.NONE);
    float[] two = read(pictures, "1");
    float[] birds = Arrays.copyOf(read(pictures, "2"), WIDTH);
    float[] steel = Arrays.copyOf(two, WIDTH);
    assertThat(cosine(steel, Arrays.copyOfRange(two, WIDTH, 2 * WIDTH))).isGreaterThan(0.4);
    assertThat(cosine(steel, birds)).isBetween(-0.2, 0.2);
  }

  @Test
  void theyStandBesidePictures() throws IOException {
    PictureFeatures joined =
        open(settings(lectures(1), FeatureSource.DETR, FeatureSource.PASSAGES), Control.NONE);
    int width = 2 + WIDTH + 2;
    assertThat(joined.width()).isEqualTo(width);
    assertThat(joined.patches()).isEqualTo(3);
    float[] rows = read(joined, "2");
    assertThat(Arrays.copyOf(rows, 2)).containsExactly(1, 2);
    assertThat(Arrays.copyOfRange(rows, 2 * width + 2, 2 * width + 2 + WIDTH))
        .isEqualTo(read(passages(1), "2"));
    assertThat(Arrays.copyOfRange(rows, 3 * width - 2, 3 * width)).containsExactly(0, 1);
    assertThat(read(joined, "1")).as("a passage and no picture").hasSize(width);
  }

  @Test
  void blindAndShuffledOnesHaveAsManyVectors() throws IOException {
    FeatureSettings settings = settings(lectures(1), FeatureSource.DETR, FeatureSource.PASSAGES);
    PictureFeatures own = open(settings, Control.NONE);
    PictureFeatures blind = open(settings, Control.BLIND);
    PictureFeatures shuffled = open(settings, Control.SHUFFLED);
    for (String id : List.of("1", "2", "3")) {
      assertThat(read(blind, id)).containsOnly(0).hasSameSizeAs(read(own, id));
      assertThat(read(shuffled, id))
          .as("pictures go to questions with pictures, passages to those with passages")
          .hasSameSizeAs(read(own, id))
          .isNotEqualTo(read(own, id));
    }
  }

  @Test
  void theyAreKeptWholeAndMadeAgainWhereTheFileIsDamaged() throws IOException {
    float[] before = read(passages(1), "2");
    Path kept;
    try (Stream<Path> files = Files.list(root.resolve("cache"))) {
      kept =
          files
              .filter(file -> file.getFileName().toString().matches("passage-vectors-.*\\.npy"))
              .findFirst()
              .orElseThrow();
    }
    byte[] bytes = Files.readAllBytes(kept);
    bytes[bytes.length - 3] ^= 64;
    Files.write(kept, bytes);
    assertThat(read(passages(1), "2")).isEqualTo(before);
    assertThat(Files.readAllBytes(kept)).isNotEqualTo(bytes);
  }

  @Test
  void otherQuestionsOrPassagesAreOtherVectors() throws IOException {
    float[] before = read(passages(1), "2");
    problems(PROBLEMS.replace("lay eggs", "sing songs"));
    assertThat(read(passages(1), "2")).isNotEqualTo(before);
  }

  @Test
  void widthAndNumberAreKnownWithoutASearch() throws IOException {
    FeatureSettings both = settings(lectures(3), FeatureSource.DETR, FeatureSource.PASSAGES);
    assertThat(Pictures.width(root, both, PictureBackbone.BUILT_IN)).isEqualTo(2 + WIDTH + 2);
    assertThat(Pictures.patches(root, both, PictureBackbone.BUILT_IN)).isEqualTo(2 + 3);
    assertThat(Files.exists(root.resolve("cache"))).isFalse();
  }

  @Test
  void whatIsMissingIsTold() throws IOException {
    problems(PROBLEMS.replaceAll(", \"lecture\": \"[^\"]*\"", ""));
    FeatureSettings alone = settings(lectures(1), FeatureSource.PASSAGES);
    String noLectures =
        root
            + ": features = passages, but no question of the split train has a lecture to find. Name a text file with a passage on each line: features.passages.corpus = FILE";
    assertThatThrownBy(() -> open(alone, Control.NONE))
        .isInstanceOf(UserError.class)
        .hasMessage(noLectures);
    assertThatThrownBy(
            () -> Pictures.requireWhole(Datasets.open(root), root, alone, PictureBackbone.BUILT_IN))
        .hasMessage(noLectures);
    Path corpus = root.resolve("nowhere.txt");
    FeatureSettings named =
        settings(new PassageSettings(1, WIDTH, Optional.of(corpus)), FeatureSource.PASSAGES);
    assertThatThrownBy(() -> open(named, Control.NONE))
        .hasMessage(corpus + ": there is no such file or folder of passages");
    assertThatThrownBy(() -> Pictures.requireRaster(root, alone, PictureBackbone.BUILT_IN))
        .hasMessage(
            "features = passages: a passage lies nowhere over the picture, so that it cannot be shifted or cropped; leave shifted-picture and cropped-picture out of test.change");
  }

  @Test
  void settingsHaveRules() {
    assertThatThrownBy(() -> new PassageSettings(0, 8, Optional.empty()))
        .hasMessage("count must be at least 1, found 0");
    assertThatThrownBy(() -> new PassageSettings(1, 0, Optional.empty()))
        .hasMessage("width must be at least 1, found 0");
  }
}
