package dev.fusebox.t5.tokenize;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * SentencePiece's precompiled normalisation (NFKC and a little more): a table from UTF-8 sequences
 * to their replacements, stored as a double-array trie. Applied as Hugging Face does: to a short
 * grapheme as a whole, else to each of its characters.
 */
final class CharacterMap {

  private static final Pattern PLAIN = Pattern.compile("[ -~]*");
  private static final Pattern GRAPHEME = Pattern.compile("\\X");
  private static final int LONGEST_WHOLE_GRAPHEME = 5; // bytes

  private final int[] trie;
  private final byte[] replacements; // each ends with 0
  private final boolean keepsPlainText;

  /** Takes the table as the model file has it: the trie's length, the trie, the replacements. */
  CharacterMap(byte[] table) {
    if (table.length == 0) {
      trie = new int[0];
      replacements = table;
    } else {
      ByteBuffer bytes = ByteBuffer.wrap(table).order(ByteOrder.LITTLE_ENDIAN);
      int length = table.length < Integer.BYTES ? -1 : bytes.getInt();
      if (length < Integer.BYTES || length > bytes.remaining() || length % Integer.BYTES != 0) {
        throw new IllegalArgumentException(
            "precompiled_charsmap is damaged: a trie of " + length + " bytes in " + table.length);
      }
      trie = new int[length / Integer.BYTES];
      bytes.asIntBuffer().get(trie);
      bytes.position(bytes.position() + trie.length * Integer.BYTES);
      replacements = new byte[bytes.remaining()];
      bytes.get(replacements);
    }
    requireWhole();
    keepsPlainText = keepsPlainText();
  }

  /** Every node that ends a sequence leads to a replacement. */
  private void requireWhole() {
    for (int at = 0; at < trie.length; at++) {
      int end = at ^ offset(trie[at]);
      if (isLast(at) && (end >= trie.length || (trie[end] & 0x7fffffff) >= replacements.length)) {
        throw new IllegalArgumentException("precompiled_charsmap is damaged at node " + at);
      }
    }
  }

  /**
   * Makes sure that there is a map and its replacements are text, each from its beginning on; other
   * readers of the map trust in it.
   */
  void requireText() {
    if (trie.length == 0) {
      throw new IllegalArgumentException("it is empty");
    }
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(replacements));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("its replacements are not UTF-8", e);
    }
    for (int at = 0; at < trie.length; at++) {
      int end = at ^ offset(trie[at]);
      if (isLast(at) && (replacements[trie[end] & 0x7fffffff] & 0xc0) == 0x80) {
        throw new IllegalArgumentException("node " + at + " leads into a character");
      }
    }
  }

  private boolean isLast(int node) {
    return trie[node] >= 0 && (trie[node] >>> 8 & 1) == 1;
  }

  private boolean keepsPlainText() {
    return IntStream.range(' ', 0x7f)
        .noneMatch(c -> replacement(new byte[] {(byte) c}).isPresent());
  }

  /** The normalised text. */
  String apply(String text) {
    if (keepsPlainText && PLAIN.matcher(text).matches()) {
      return text;
    }
    StringBuilder result = new StringBuilder(text.length());
    Matcher graphemes = GRAPHEME.matcher(text);
    while (graphemes.find()) {
      append(graphemes.group(), result);
    }
    return result.toString();
  }

  private void append(String grapheme, StringBuilder result) {
    byte[] bytes = grapheme.getBytes(StandardCharsets.UTF_8);
    Optional<String> whole =
        bytes.length <= LONGEST_WHOLE_GRAPHEME ? replacement(bytes) : Optional.empty();
    if (whole.isPresent()) {
      result.append(whole.get());
      return;
    }
    grapheme
        .codePoints()
        .mapToObj(Character::toString)
        .forEach(
            character ->
                result.append(
                    replacement(character.getBytes(StandardCharsets.UTF_8)).orElse(character)));
  }

  /** What stands for the shortest beginning of {@code key} that the table knows. */
  private Optional<String> replacement(byte[] key) {
    if (trie.length == 0) {
      return Optional.empty();
    }
    int at = offset(trie[0]);
    for (byte part : key) {
      int label = Byte.toUnsignedInt(part);
      at ^= label;
      if (label == 0 || at >= trie.length || (trie[at] & 0x800000ff) != label) {
        return Optional.empty();
      }
      int unit = trie[at];
      at ^= offset(unit);
      if ((unit >>> 8 & 1) == 1) {
        return Optional.of(text(trie[at] & 0x7fffffff));
      }
    }
    return Optional.empty();
  }

  private static int offset(int unit) {
    return (unit >>> 10) << ((unit & (1 << 9)) >>> 6);
  }

  private String text(int start) {
    int end = start;
    while (end < replacements.length && replacements[end] != 0) {
      end++;
    }
    return new String(replacements, start, end - start, StandardCharsets.UTF_8);
  }
}
