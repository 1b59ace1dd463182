package dev.fusebox.file;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.CharConversionException;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Reads a JSON file that a person wrote or cut together: as a stream, and with complaints that name
 * file and line.
 *
 * @since 0.1
 */
public final class JsonReader implements Closeable {

  /** Python writes NaN and Infinity, often in fields that nobody reads here. */
  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS).build();

  private final JsonParser parser;
  private final JsonProblems problems;

  private JsonReader(Path file, JsonParser parser) {
    this.parser = parser;
    this.problems = new JsonProblems(file);
  }

  /** What is done with a field or an element; the reader stands on its value. */
  @FunctionalInterface
  public interface Visitor {
    /** Reads the value: every visit must. */
    void visit(String name) throws IOException;
  }

  /** What is made of a file. */
  @FunctionalInterface
  public interface Reading<T> {
    /** Reads from the first value on. */
    T read(JsonReader reader) throws IOException;
  }

  /** What is done with a line. */
  @FunctionalInterface
  public interface LineReading {
    /** Reads the one value of the line. */
    void read(JsonReader reader) throws IOException;
  }

  /**
   * Reads a whole file.
   *
   * @throws UserError if the file is missing, is not whole JSON, or anything was {@linkplain
   *     #problem complained of}
   */
  public static <T> T read(Path file, Reading<T> reading) throws IOException {
    try (JsonReader reader = open(file)) {
      T result = reading.read(reader);
      reader.finish();
      return result;
    } catch (CharConversionException e) {
      throw new UserError(file + ": not UTF-8 text; save it as UTF-8", e);
    } catch (JsonProcessingException e) {
      throw JsonProblems.broken(file, e);
    }
  }

  /**
   * Reads one field of a file that is an object; others are passed over.
   *
   * @return whether it is there
   * @throws UserError as {@link #read}
   */
  public static boolean readField(Path file, String field, LineReading reading) throws IOException {
    boolean[] found = new boolean[1];
    return read(
        file,
        reader -> {
          reader.fields(
              "the file",
              "field",
              name -> {
                if (name.equals(field)) {
                  found[0] = true;
                  reading.read(reader);
                } else {
                  reader.skip();
                }
              });
          return found[0];
        });
  }

  /**
   * Reads a file of one JSON value per line; {@code reading} stands on each value in turn.
   *
   * @throws UserError as {@link #read}
   */
  public static void readLines(Path file, LineReading reading) throws IOException {
    read(
        file,
        reader -> {
          for (boolean more = reader.hasValue(); more; more = reader.parser.nextToken() != null) {
            reading.read(reader);
          }
          return file;
        });
  }

  /** Whether there is a value at hand: not so in an empty file. */
  public boolean hasValue() {
    return parser.currentToken() != null;
  }

  private static JsonReader open(Path file) throws IOException {
    JsonReader reader = new JsonReader(file, JSON.createParser(TextFile.open(file)));
    reader.parser.nextToken();
    return reader;
  }

  private void finish() throws IOException {
    if (parser.nextToken() != null) {
      throw error("the file goes on after its end");
    }
    problems.refuse();
  }

  /**
   * Notes something wrong at this line and lets the reading go on; the file is refused at its end.
   */
  public void problem(String message) {
    problems.add(line(), message);
  }

  /** Something wrong at this line that ends the reading. */
  public UserError error(String message) {
    return problems.error(line(), message);
  }

  /** Whether the value at hand is an object. */
  public boolean atObject() {
    return parser.currentToken() == JsonToken.START_OBJECT;
  }

  /** Whether the value at hand is a list. */
  public boolean atArray() {
    return parser.currentToken() == JsonToken.START_ARRAY;
  }

  /**
   * Visits the fields of the object at hand, in order. A field that stands twice is complained of.
   *
   * @param what the object, in words
   * @param field what a field is, in words
   */
  public void fields(String what, String field, Visitor visitor) throws IOException {
    require(JsonToken.START_OBJECT, what + " must be an object { }");
    Set<String> seen = new HashSet<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      if (!seen.add(name)) {
        problem(field + " " + name + " stands twice");
      }
      parser.nextToken();
      visitor.visit(name);
    }
  }

  /**
   * Visits the elements of the list at hand by their number from 1.
   *
   * @param what the list, in words
   */
  public void elements(String what, Visitor visitor) throws IOException {
    require(JsonToken.START_ARRAY, what + " must be a list [ ]");
    for (int number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
      visitor.visit(String.valueOf(number));
    }
  }

  /**
   * The texts of the list at hand; numbers are taken as they are written, {@code null} as the empty
   * text.
   */
  public List<String> texts(String what) throws IOException {
    require(JsonToken.START_ARRAY, what + " must be a list [ ]");
    List<String> texts = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!isScalar()) {
        throw error(what + " must hold texts, found " + found());
      }
      texts.add(scalar(what));
    }
    return texts;
  }

  /** The text at hand; {@code null} reads as the empty text. */
  public String text(String what) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    require(JsonToken.VALUE_STRING, what + " must be a text");
    return parser.getText();
  }

  /** The text or number at hand as it is written; {@code null} reads as the empty text. */
  public String scalar(String what) throws IOException {
    if (parser.currentToken() == JsonToken.VALUE_NULL) {
      return "";
    }
    if (!isScalar()) {
      throw error(what + " must be a text or a number, found " + found());
    }
    return parser.getText();
  }

  /** Whether the value at hand is {@code null}. */
  public boolean isNull() {
    return parser.currentToken() == JsonToken.VALUE_NULL;
  }

  /** Whether the value at hand is neither an object nor a list. */
  public boolean isScalar() {
    return hasValue() && parser.currentToken().isScalarValue();
  }

  /** The line at hand, from 1. */
  public int line() {
    return parser.currentLocation().getLineNr();
  }

  /** The whole number at hand, also one in quotes. */
  public int integer(String what) throws IOException {
    boolean quoted = parser.currentToken() == JsonToken.VALUE_STRING;
    if (quoted && parser.getText().matches("[0-9]{1,9}")) {
      return Integer.parseInt(parser.getText());
    }
    require(JsonToken.VALUE_NUMBER_INT, what + " must be a whole number");
    if (parser.getNumberType() != JsonParser.NumberType.INT) {
      throw error(what + " must be a whole number, found " + parser.getText());
    }
    return parser.getIntValue();
  }

  /** Passes over the value at hand. */
  public void skip() throws IOException {
    parser.skipChildren();
  }

  private void require(JsonToken token, String message) throws IOException {
    if (parser.currentToken() != token) {
      throw error(message + ", found " + found());
    }
  }

  private String found() throws IOException {
    if (!hasValue()) {
      return "an empty file";
    }
    return switch (parser.currentToken()) {
      case START_OBJECT -> "an object";
      case START_ARRAY -> "a list";
      case VALUE_STRING -> "\"" + parser.getText() + "\"";
      default -> parser.getText();
    };
  }

  @Override
  public void close() throws IOException {
    parser.close();
  }
}
