package dev.fusebox.t5.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Whole words, single digits and marks as tokens, for small models with a vocabulary of their own.
 * A token that follows a space begins with {@code ▁}, so that decoding gives the text back, spaces
 * around punctuation included. A word that was not learned is spelled in its letters.
 */
public final class WordTokenizer implements Tokenizer {

  /** The name of the file in a model's directory. */
  public static final String FILE = "words.json";

  private static final long MAXIMUM_BYTES = 64 << 20;
  private static final int SENTINELS = 32; // spans of 3 at a rate of 15 %: enough for 640 tokens
  private static final String KIND = "fusebox words 1";
  private static final Pattern SPECIAL = Pattern.compile("<pad>|</s>|<unk>|<extra_id_\\d+>");
  private static final Pattern PIECE = Pattern.compile("▁?(?:\\p{L}+|.)", Pattern.DOTALL);

  private final Vocabulary vocabulary;

  private WordTokenizer(Vocabulary vocabulary) {
    this.vocabulary = vocabulary;
  }

  /**
   * Learns the words of a corpus. The same corpus gives the same ids, whatever the order of its
   * texts.
   *
   * @param fewest words that occur less often are spelled in letters
   */
  public static WordTokenizer learn(Stream<String> corpus, int fewest) {
    Map<String, Integer> counts = new HashMap<>();
    corpus.forEach(text -> pieces(text).forEach(piece -> counts.merge(piece, 1, Integer::sum)));
    List<String> words =
        counts.keySet().stream()
            .filter(piece -> !Vocabulary.isSpecial(piece))
            .sorted(
                Comparator.comparing((String piece) -> -counts.get(piece))
                    .thenComparing(Comparator.naturalOrder()))
            .toList();
    Set<String> tokens = new LinkedHashSet<>(Vocabulary.FIRST);
    IntStream.range(0, SENTINELS).mapToObj(Vocabulary::sentinel).forEach(tokens::add);
    tokens.add(String.valueOf(Vocabulary.SPACE));
    tokens.addAll(letters(words));
    words.stream().filter(piece -> counts.get(piece) >= fewest).forEach(tokens::add);
    return new WordTokenizer(new Vocabulary(List.copyOf(tokens)));
  }

  private static Set<String> letters(List<String> words) {
    Set<String> letters = new TreeSet<>();
    words.forEach(word -> word.codePoints().mapToObj(Character::toString).forEach(letters::add));
    return letters;
  }

  /**
   * Opens what {@link #save} wrote.
   *
   * @throws IOException naming the file, if it cannot be read or is not such a vocabulary
   */
  public static WordTokenizer open(Path file) throws IOException {
    try {
      JsonNode root = RegularFile.json(file, MAXIMUM_BYTES);
      if (!root.path("kind").asText().equals(KIND)) {
        throw new FileFormatException(file, "not a vocabulary of kind '" + KIND + "'");
      }
      List<String> tokens = new ArrayList<>();
      root.path("tokens").forEach(token -> tokens.add(token.asText()));
      return new WordTokenizer(new Vocabulary(tokens));
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, e.getMessage(), e);
    }
  }

  /** Writes {@value #FILE} into a model's directory. */
  public void save(Path directory) throws IOException {
    ObjectNode root = new ObjectMapper().createObjectNode().put("kind", KIND);
    vocabulary.tokens().forEach(root.putArray("tokens")::add);
    JsonFiles.text(directory.resolve(FILE), root.toPrettyString() + "\n");
  }

  @Override
  public int[] encode(String text) {
    IntStream.Builder ids = IntStream.builder();
    pieces(text).forEach(piece -> encodePiece(piece, ids));
    return ids.add(END).build().toArray();
  }

  private void encodePiece(String piece, IntStream.Builder ids) {
    if (vocabulary.contains(piece)) {
      ids.add(vocabulary.id(piece));
    } else {
      piece.codePoints().mapToObj(Character::toString).mapToInt(vocabulary::id).forEach(ids::add);
    }
  }

  /** Special tokens as they are; words with the mark of a space; digits and marks one by one. */
  private static List<String> pieces(String text) {
    List<String> pieces = new ArrayList<>();
    for (String word : text.strip().split("\\s+")) {
      Matcher special = SPECIAL.matcher(word);
      int from = 0;
      while (special.find()) {
        addPieces(word, from, special.start(), pieces);
        pieces.add(special.group());
        from = special.end();
      }
      addPieces(word, from, word.length(), pieces);
    }
    return pieces;
  }

  private static void addPieces(String word, int from, int to, List<String> pieces) {
    String part = word.substring(from, to).replace(Vocabulary.SPACE, '_');
    Matcher piece = PIECE.matcher(from == 0 && !part.isEmpty() ? Vocabulary.SPACE + part : part);
    while (piece.find()) {
      pieces.add(piece.group());
    }
  }

  @Override
  public String decode(int... ids) {
    return vocabulary.text(ids, false);
  }

  @Override
  public String decodeRaw(int... ids) {
    return vocabulary.text(ids, true);
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
