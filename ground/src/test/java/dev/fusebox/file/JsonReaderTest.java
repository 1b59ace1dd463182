package dev.fusebox.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a person wrote, cut together or had a program write, read or told with file and line. */
class JsonReaderTest {

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void aFile() {
    file = folder.resolve("a.json");
  }

  private List<String> lines(String content) throws IOException {
    Files.writeString(file, content);
    List<String> found = new ArrayList<>();
    JsonReader.readLines(
        file,
        reader ->
            reader.fields("a line", "field", name -> found.add(name + "=" + reader.scalar(name))));
    return found;
  }

  private List<String> texts(String content) throws IOException {
    Files.writeString(file, content);
    return JsonReader.read(file, reader -> reader.texts("choices"));
  }

  @Test
  void ofOneFieldTheOthersArePassedOver() throws IOException {
    Files.writeString(file, "{\"by\": {\"name\": 1}, \"choices\": [\"a\", \"b\"], \"more\": []}");
    List<String> found = new ArrayList<>();
    JsonReader.LineReading choices = reader -> found.addAll(reader.texts("choices"));
    assertThat(JsonReader.readField(file, "choices", choices)).isTrue();
    assertThat(JsonReader.readField(file, "answers", choices)).isFalse();
    assertThat(found).containsExactly("a", "b");
  }

  private void told(String content, String message) {
    assertThatThrownBy(() -> lines(content))
        .isInstanceOf(UserError.class)
        .hasMessage(file + ": " + message);
  }

  @Test
  void aLineIsAValueWhateverStandsBetween() throws IOException {
    assertThat(lines("{\"a\": 1}\r\n\r\n{\"b\": \"x\"} {\"c\": null}\n"))
        .containsExactly("a=1", "b=x", "c=");
    assertThat(lines("")).isEmpty();
  }

  /** Python's json writes them unless it is told not to. */
  @Test
  void whatPythonWritesForNoNumberIsRead() throws IOException {
    assertThat(lines("{\"score\": NaN, \"best\": -Infinity}"))
        .containsExactly("score=NaN", "best=-Infinity");
  }

  @Test
  void whatIsCutIsToldFromWhatIsNoJson() {
    told(
        "{\"a\": 1}\n{\"a\": ",
        "line 2: not whole JSON, perhaps cut off: Unexpected end-of-input within/between Object"
            + " entries");
    assertThatThrownBy(() -> lines("id,answer\n31,A\n"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(
            file + ": line 1: not valid JSON: Unrecognized token 'id': was expecting");
  }

  /** The bounds of the parser are passed at no place that it would tell. */
  @Test
  void whatIsBeyondAllBoundsIsTold() {
    assertThatThrownBy(
            () -> {
              Files.writeString(file, "[".repeat(100_000));
              JsonReader.readLines(file, JsonReader::skip);
            })
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("not valid JSON: Document nesting depth (1001) exceeds");
    assertThatThrownBy(() -> lines("{\"a\": " + "9".repeat(2_000) + "}"))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith(file + ": ")
        .hasMessageContaining("not valid JSON: Number value length (2000) exceeds");
  }

  @Test
  void allProblemsAreToldAtOnceUpToTen() {
    told("{\"a\": 1, \"a\": 2}", "line 1: field a stands twice");
    told(
        "{\"a\":1,\"a\":2,\"a\":3}",
        "2 problems\n  line 1: field a stands twice\n  line 1: field a stands twice");
    String twelve = "{\"a\":1" + ",\"a\":1".repeat(12) + "}";
    told(
        twelve,
        "12 problems"
            + "\n  line 1: field a stands twice".repeat(10)
            + "%n  and 2 more".formatted());
    String ten = "{\"a\":1" + ",\"a\":1".repeat(10) + "}";
    told(ten, "10 problems" + "\n  line 1: field a stands twice".repeat(10));
  }

  @Test
  void anotherValueThanExpectedIsToldWithWhatIsThere() {
    told("\n[1]", "line 2: a line must be an object { }, found a list");
    told("{\"a\": {}}", "line 1: a must be a text or a number, found an object");
    assertThatThrownBy(() -> texts(""))
        .hasMessage(file + ": line 1: choices must be a list [ ], found an empty file");
    assertThatThrownBy(() -> texts("\"x\""))
        .hasMessage(file + ": line 1: choices must be a list [ ], found \"x\"");
    assertThatThrownBy(() -> texts("[\"a\", [1]]"))
        .hasMessage(file + ": line 1: choices must hold texts, found a list");
    assertThatThrownBy(() -> texts("[] []"))
        .hasMessage(file + ": line 1: the file goes on after its end");
  }

  @Test
  void textsAreTakenAsTheyAreWritten() throws IOException {
    assertThat(texts("[\"a\", 1.50, true, null]")).containsExactly("a", "1.50", "true", "");
  }

  @Test
  void elementsAreCountedFromOne() throws IOException {
    Files.writeString(file, "[\"x\", 12, \"13\"]");
    List<String> found = new ArrayList<>();
    JsonReader.read(
        file,
        reader -> {
          reader.elements(
              "ages",
              number ->
                  found.add(
                      number + (number.equals("1") ? reader.text("age") : reader.integer("age"))));
          return file;
        });
    assertThat(found).containsExactly("1x", "212", "313");
  }

  @Test
  void aWholeNumberIsOne() throws IOException {
    for (String other : List.of("1.5", "\"x\"", "[]", "99999999999")) {
      Files.writeString(file, other);
      assertThatThrownBy(() -> JsonReader.read(file, reader -> reader.integer("age")))
          .isInstanceOf(UserError.class)
          .hasMessageStartingWith(file + ": line 1: age must be a whole number, found ");
    }
  }

  @Test
  void anythingMayBePassedOver() throws IOException {
    Files.writeString(file, "{\"a\": {\"b\": [1, {}]}, \"c\": 2}");
    List<String> names = new ArrayList<>();
    JsonReader.read(
        file,
        reader -> {
          assertThat(reader.atObject()).isTrue();
          assertThat(reader.atArray()).isFalse();
          reader.fields(
              "it",
              "field",
              name -> {
                names.add(name + reader.isScalar() + reader.isNull());
                reader.skip();
              });
          return file;
        });
    assertThat(names).containsExactly("afalsefalse", "ctruefalse");
  }
}
