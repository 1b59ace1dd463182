package dev.fusebox.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.RandomText;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a parquet file holds comes out of the data directory that is made of it. */
class ParquetImportPropertyTest {

  private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10};

  @TempDir private Path folder;

  /** A question with its picture's bytes, a letter each, if it has one. */
  private record Row(Question question, Optional<String> picture) {

    static Row random(Random random, String split, int number) {
      List<String> options =
          IntStream.range(0, random.nextInt(2, 6))
              .mapToObj(option -> option + RandomText.of(random, 8))
              .toList();
      String bytes = text(Arrays.copyOf(PNG, PNG.length + random.nextInt(2000)));
      boolean seen = random.nextBoolean();
      Question question =
          new Question(
              split + "-" + number,
              "?" + RandomText.of(random, 30),
              options,
              random.nextInt(options.size()),
              RandomText.of(random, 20),
              seen,
              RandomText.of(random, 20),
              RandomText.of(random, 20),
              "natural science",
              "grade" + random.nextInt(1, 13),
              "");
      return new Row(question, Optional.of(bytes).filter(any -> seen));
    }

    void insert(Connection connection) throws SQLException {
      String marks = String.join(", ", Stream.generate(() -> "?").limit(options().size()).toList());
      String image = picture.isEmpty() ? "NULL" : "{'bytes': ?::BLOB, 'path': 'image.png'}";
      String sql =
          "INSERT INTO rows VALUES (%s, ?, list_value(%s), ?, ?, 'closed choice', ?, ?, '', '', '', ?, ?)"
              .formatted(image, marks);
      try (PreparedStatement insert = connection.prepareStatement(sql)) {
        List<Object> values = new ArrayList<>();
        picture.ifPresent(bytes -> values.add(bytes.getBytes(StandardCharsets.ISO_8859_1)));
        values.add(question.question());
        values.addAll(options());
        values.add(question.answer());
        values.addAll(
            List.of(
                question.hint(),
                question.grade(),
                question.subject(),
                question.lecture(),
                question.solution()));
        for (int value = 0; value < values.size(); value++) {
          insert.setObject(value + 1, values.get(value));
        }
        insert.execute();
      }
    }

    private List<String> options() {
      return question.choices();
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.ISO_8859_1);
  }

  /** As Hugging Face stores ScienceQA, in row groups of few rows. */
  private void write(Path file, List<Row> rows) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "CREATE TABLE rows (image STRUCT(bytes BLOB, path VARCHAR), question VARCHAR, choices VARCHAR[],"
              + " answer TINYINT, hint VARCHAR, task VARCHAR, grade VARCHAR, subject VARCHAR, topic VARCHAR,"
              + " category VARCHAR, skill VARCHAR, lecture VARCHAR, solution VARCHAR)");
      for (Row row : rows) {
        row.insert(connection);
      }
      statement.execute("COPY rows TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 3)".formatted(file));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyQuestionAndEveryPictureComesOutAsItIs(long seed) throws Exception {
    Random random = new Random(seed);
    Map<String, List<Row>> expected = new HashMap<>();
    for (String split : List.of("train", "test")) {
      List<Row> rows =
          IntStream.range(0, random.nextInt(1, 12))
              .mapToObj(number -> Row.random(random, split, number))
              .toList();
      expected.put(split, rows);
      write(folder.resolve(split + "-00000-of-00001.parquet"), rows);
    }
    Path out = folder.resolve("data");
    ParquetImport.run(folder, out);
    Dataset data = Datasets.open(out);
    Map<String, Path> pictures = PictureFiles.in(out);
    for (Map.Entry<String, List<Row>> split : expected.entrySet()) {
      assertThat(data.split(split.getKey()))
          .containsExactlyElementsOf(split.getValue().stream().map(Row::question).toList());
      for (Row row : split.getValue()) {
        Path picture = pictures.get(row.question().id());
        assertThat(
                picture == null ? Optional.empty() : Optional.of(text(Files.readAllBytes(picture))))
            .isEqualTo(row.picture());
      }
    }
  }

  @Test
  void whatIsNoAnswerOrNoOptionIsNamedWithItsRow() throws Exception {
    refused("['a', NULL]", "1", "row 1: choices must be a list of texts without gaps, found ");
    refused("['a', 'b']", "0.5", "row 1: answer must be a whole number, found 0.5");
    refused("['a', 'b']", "NULL", "row 1: answer must be a whole number, found null");
  }

  private void refused(String choices, String answer, String message) throws Exception {
    Path file = folder.resolve("train-00000-of-00001.parquet");
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute(
          "COPY (SELECT unnest(['p', 'q']) AS question, unnest([['a', 'b'], %s]) AS choices, unnest([1::DOUBLE, %s])"
                  .formatted(choices, answer)
              + " AS answer, '' AS lecture, '' AS solution) TO '%s' (FORMAT parquet)"
                  .formatted(file));
    }
    assertThatThrownBy(() -> ParquetImport.run(folder, folder.resolve("refused")))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": " + message);
    assertThat(folder.resolve("refused")).doesNotExist();
  }
}
