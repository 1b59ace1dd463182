package dev.fusebox.t5.tokenize;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A {@code tokenizer.json}, run by Hugging Face's own library. */
public final class JsonTokenizer implements Tokenizer {

  // Cutting and padding are ours: the library would cut to 512 by default.
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false");

  private final HuggingFaceTokenizer library;
  private final Vocabulary vocabulary;

  private JsonTokenizer(HuggingFaceTokenizer library, Vocabulary vocabulary) {
    this.library = library;
    this.vocabulary = vocabulary;
  }

  /**
   * Opens a {@code tokenizer.json}.
   *
   * @throws IOException if it cannot be read
   * @throws IllegalArgumentException naming the file, if it is not a tokenizer as T5 has
   */
  public static JsonTokenizer open(Path file) throws IOException {
    try {
      JsonNode root = RegularFile.json(file, LibraryTerms.MAXIMUM_BYTES);
      requireRepeatable(root);
      LibraryTerms.require(root);
      JsonTokenizer tokenizer =
          new JsonTokenizer(HuggingFaceTokenizer.newInstance(file, OPTIONS), vocabulary(root));
      tokenizer.requireEnd();
      return tokenizer;
    } catch (FileFormatException e) {
      throw e;
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
    }
  }

  /** The library runs every kind of model; these would make something else of T5's texts. */
  private static void requireRepeatable(JsonNode root) {
    if (root.path("model").hasNonNull("dropout")) {
      throw new IllegalArgumentException(
          "model.dropout must not be set, found " + root.path("model").get("dropout"));
    }
    if (!root.hasNonNull("decoder")) {
      throw new IllegalArgumentException(
          "decoder must be set, found nothing: ids could not be turned into a text again");
    }
  }

  /** T5 ends a text with one {@code </s>} and puts nothing before it. */
  private void requireEnd() {
    int[] none = encode("");
    if (none.length != 1 || none[0] != END) {
      throw new IllegalArgumentException(
          "post_processor must add </s> (id "
              + END
              + ") behind a text and nothing else, found the ids "
              + Arrays.toString(none)
              + " for an empty one");
    }
  }

  private static Vocabulary vocabulary(JsonNode root) {
    TreeMap<Integer, String> tokens = new TreeMap<>();
    JsonNode model = root.path("model").path("vocab");
    if (model.isArray()) { // Unigram: the place is the id
      model.forEach(entry -> tokens.put(tokens.size(), entry.path(0).asText()));
    } else {
      model.properties().forEach(entry -> tokens.put(entry.getValue().asInt(), entry.getKey()));
    }
    root.path("added_tokens")
        .forEach(entry -> tokens.put(entry.path("id").asInt(), entry.path("content").asText()));
    List<String> ordered = new ArrayList<>(tokens.values());
    if (!tokens.isEmpty() && tokens.size() != tokens.lastKey() + 1) {
      throw new IllegalArgumentException("its ids are not 0, 1, 2, ...");
    }
    return new Vocabulary(ordered);
  }

  @Override
  public int[] encode(String text) {
    return Arrays.stream(library.encode(text, true, false).getIds())
        .mapToInt(Math::toIntExact)
        .toArray();
  }

  @Override
  public String decode(int... ids) {
    return CleanUp.of(library.decode(known(ids), true));
  }

  @Override
  public String decodeRaw(int... ids) {
    return library.decode(known(ids), false);
  }

  private long[] known(int[] ids) {
    return Arrays.stream(ids).filter(id -> id >= 0 && id < size()).asLongStream().toArray();
  }

  @Override
  public int size() {
    return vocabulary.size();
  }

  @Override
  public String token(int id) {
    return vocabulary.token(id);
  }

  @Override
  public int sentinel(int number) {
    return vocabulary.sentinelId(number);
  }
}
