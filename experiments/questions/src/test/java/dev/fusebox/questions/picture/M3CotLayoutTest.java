package dev.fusebox.questions.picture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.array.NpyWriter;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SmallM3Cot;
import java.io.IOException;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** M3CoT in ScienceQA's files, with features in a folder of their own, outside the data. */
class M3CotLayoutTest {

  @TempDir Path folder;
  private Path root;
  private Path features;
  private Path names;

  @BeforeEach
  void write() throws IOException {
    root = SmallM3Cot.in(folder);
    features = folder.resolve("vision_features_m3cot/vit.npy");
    names = features.resolveSibling("name_map.json");
    try (NpyWriter writer = NpyWriter.floats(features, 3, 5, 2)) {
      for (int row = 0; row < 3; row++) {
        float[] numbers = new float[5 * 2];
        Arrays.fill(numbers, row);
        writer.write(numbers);
      }
    }
    Files.writeString(
        names, "{\"physics-1074\": 0, \"physics-1152\": 1, \"social-commonsense-891\": 2}");
  }

  @Test
  void itsTenFieldsAreRead() throws IOException {
    Dataset dataset = Datasets.open(root);
    assertThat(dataset.splits()).containsExactly("train", "val", "test");
    assertThat(dataset.split("train"))
        .containsExactly(
            new Question(
                "physics-1074",
                "Which way does it fall?",
                List.of("up", "down", "left", "right", "nowhere", "in"),
                1,
                "",
                true,
                "",
                "Things fall down.",
                "",
                "",
                ""));
    assertThat(dataset.split("test")).extracting(Question::picture).containsExactly(true, false);
    assertThat(dataset.categories())
        .extracting(Category::label)
        .containsExactly("science", "physics", "commonsense", "social-commonsense", "mathematics");
    assertThat(dataset.kinds(dataset.split("test").get(0)))
        .containsExactly("commonsense", "social-commonsense");
    assertThat(dataset.namedPictures()).isEmpty();
  }

  private FeatureSettings settings() {
    return new FeatureSettings(
        FeatureSource.FILE,
        false,
        Optional.of(features),
        Optional.of(names),
        new PatchSettings(8, 4));
  }

  @Test
  void featuresAreFoundByFileAndNamesThoughNoPictureIsThere() throws IOException {
    Pictures.requireWhole(Datasets.open(root), root, settings(), PictureBackbone.BUILT_IN);
    PictureFeatures pictures =
        Pictures.open(root, settings(), Control.NONE, 1, folder.resolve("cache"));
    assertThat(pictures.patches()).isEqualTo(5);
    FloatBuffer into = FloatBuffer.allocate(10);
    assertThat(pictures.read("social-commonsense-891", into)).isEqualTo(5);
    assertThat(into.array()).containsOnly(2);
    assertThat(pictures.read("mathematics-1619", into.clear())).isZero();
  }
}
