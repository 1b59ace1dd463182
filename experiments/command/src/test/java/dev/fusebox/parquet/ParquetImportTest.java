package dev.fusebox.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.file.UserError;
import dev.fusebox.picture.PictureReader;
import dev.fusebox.picture.Transparency;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On files that pyarrow wrote, in each compression that is used for such files. */
class ParquetImportTest {

  @TempDir Path folder;

  private static Path files(String set) throws URISyntaxException {
    return Path.of(ParquetImportTest.class.getResource(set).toURI());
  }

  private Path out() {
    return folder.resolve("made/data");
  }

  @Test
  void scienceQaComesOutInItsLayout() throws Exception {
    assertThat(ParquetImport.run(files("scienceqa"), out()))
        .isEqualTo(
            new ParquetImport.Imported("ScienceQA", Map.of("train", 7, "val", 1, "test", 2), 5));
    Dataset data = Datasets.open(out());
    assertThat(data.splits()).containsExactly("train", "val", "test");
    assertThat(data.split("train"))
        .extracting(Question::id)
        .containsExactly(
            "train-0", "train-1", "train-2", "train-3", "train-4", "train-5", "train-6");
    assertThat(data.split("train").get(3))
        .isEqualTo(
            new Question(
                "train-3",
                "Which is number 3?",
                List.of("it is 0", "it is 1", "it is 2", "it is 3", "it is 4"),
                3,
                "",
                true,
                "Numbers count.\nAll of them.",
                "It is 3 — ü.",
                "natural science",
                "grade4",
                ""));
    assertThat(data.split("train").get(6).hint()).isEqualTo("Look.");
    assertThat(PictureFiles.in(out()))
        .containsOnlyKeys("train-1", "train-3", "train-5", "train-6", "test-0")
        .containsEntry("test-0", out().resolve("images/test/test-0/image.png"))
        .containsEntry("train-6", out().resolve("images/train/train-6/image.jpg"));
    for (Path picture : PictureFiles.in(out()).values()) {
      assertThat(PictureReader.read(picture, Transparency.IGNORED).width()).isBetween(6, 8);
    }
    assertThat(
            PictureReader.read(out().resolve("images/test/test-0/image.png"), Transparency.IGNORED)
                .bytes())
        .startsWith(1, 2, 3);
  }

  @Test
  void aokvqaComesOutInItsOwnFilesWithItsAnswersInWords() throws Exception {
    ParquetImport.run(files("aokvqa"), out());
    Dataset data = Datasets.open(out());
    assertThat(data.splits()).containsExactly("val");
    assertThat(data.split("val").get(1))
        .isEqualTo(
            new Question(
                "okq1",
                "What is it, 1?",
                List.of("a", "b", "c", "d"),
                1,
                "",
                true,
                "",
                "Because 1.",
                "",
                "",
                ""));
    assertThat(data.directAnswers())
        .isEqualTo(
            Map.of("okq0", List.of("cat", "dog's", "cat"), "okq2", List.of("cat", "dog's", "cat")));
    assertThat(PictureFiles.in(out())).containsOnlyKeys("okq0", "okq1", "okq2");
  }

  @Test
  void m3cotComesOutAsItsAuthorsBringItIntoScienceQasLayout() throws Exception {
    ParquetImport.run(files("m3cot"), out());
    Dataset data = Datasets.open(out());
    assertThat(data.split("val"))
        .containsExactly(
            new Question("p-1", "Which?", List.of("u", "v"), 1, "C.", true, "", "R.", "", "", ""));
    assertThat(data.categories())
        .extracting(Category::label)
        .containsExactly("science", "natural-science");
  }

  @Test
  void whatGoesWrongLeavesNothingBehind() throws Exception {
    Path broken = Files.createDirectories(folder.resolve("broken"));
    byte[] bytes =
        Files.readAllBytes(files("scienceqa").resolve("validation-00000-of-00001.parquet"));
    Path file = broken.resolve("train-00000-of-00001.parquet");
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> ParquetImport.run(broken, out()))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": not a complete parquet file: ");
    assertThatThrownBy(() -> ParquetImport.run(folder, out()))
        .isInstanceOf(UserError.class)
        .hasMessage(
            folder
                + ": no parquet files there; names such as train-00000-of-00001.parquet are expected,"
                + " of train, validation or test");
    Files.createDirectories(out());
    Files.writeString(out().resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> ParquetImport.run(files("m3cot"), out()))
        .isInstanceOf(UserError.class)
        .hasMessage(out() + ": already exists; give a new folder");
    try (Stream<Path> left = Files.list(folder.resolve("made"))) {
      assertThat(left).containsExactly(out());
    }
  }

  @Test
  void pythonsListsAreRead() {
    assertThat(PythonList.parse("['a', \"b's\", 'c\\'d\\\\']"))
        .isEqualTo(Optional.of(List.of("a", "b's", "c'd\\")));
    assertThat(PythonList.parse(" [ ] ")).isEqualTo(Optional.of(List.of()));
    for (String wrong : List.of("", "a", "['a'", "['a' 'b']", "['a'] x", "['a", "[a]", "[1]")) {
      assertThat(PythonList.parse(wrong)).as(wrong).isEmpty();
    }
  }
}
