package dev.fusebox.t5.tokenize;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Tokens by id and ids by token. The first three are padding, end and unknown, as in every T5. */
final class Vocabulary {

  static final char SPACE = '▁';
  static final List<String> FIRST = List.of("<pad>", "</s>", "<unk>");

  private static final Pattern BYTE = Pattern.compile("<0x[0-9A-F]{2}>");

  private final List<String> tokens;
  private final Map<String, Integer> ids = new HashMap<>();

  /**
   * Takes the tokens by id.
   *
   * @throws IllegalArgumentException if the first three are others, or a token is there twice
   */
  Vocabulary(List<String> tokens) {
    this.tokens = List.copyOf(tokens);
    if (tokens.size() < FIRST.size() || !tokens.subList(0, FIRST.size()).equals(FIRST)) {
      throw new IllegalArgumentException(
          "a T5 vocabulary begins with "
              + FIRST
              + ", found "
              + tokens.subList(0, Math.min(FIRST.size(), tokens.size())));
    }
    for (String token : tokens) {
      if (ids.put(token, ids.size()) != null) {
        throw new IllegalArgumentException("the token '" + token + "' is there twice");
      }
    }
  }

  /** {@code <extra_id_number>}. */
  static String sentinel(int number) {
    return "<extra_id_" + number + ">";
  }

  /** How SentencePiece calls the piece of a byte. */
  static String bytePiece(int value) {
    return String.format(Locale.ROOT, "<0x%02X>", value);
  }

  static boolean isSpecial(String token) {
    return FIRST.contains(token) || token.matches("<extra_id_\\d+>");
  }

  int size() {
    return tokens.size();
  }

  List<String> tokens() {
    return tokens;
  }

  String token(int id) {
    if (id < 0 || id >= tokens.size()) {
      throw new IllegalArgumentException("ids are from 0 to " + (size() - 1) + ", found " + id);
    }
    return tokens.get(id);
  }

  boolean contains(String token) {
    return ids.containsKey(token);
  }

  /** The id of a token, or that of unknown. */
  int id(String token) {
    return ids.getOrDefault(token, Tokenizer.UNKNOWN);
  }

  int sentinelId(int number) {
    Integer id = ids.get(sentinel(number));
    if (id == null) {
      throw new IllegalArgumentException("the vocabulary has no sentinel " + sentinel(number));
    }
    return id;
  }

  /** Joins tokens to a text; the first brings no space. */
  String text(int[] ids, boolean withSpecial) {
    List<String> kept = kept(ids, withSpecial);
    if (!kept.isEmpty()) {
      kept.set(0, kept.get(0).replace(String.valueOf(SPACE), ""));
    }
    return joined(kept);
  }

  /** Joins tokens to a text; the first may bring a space. */
  String textAsItIs(int[] ids, boolean withSpecial) {
    return joined(kept(ids, withSpecial));
  }

  private List<String> kept(int[] ids, boolean withSpecial) {
    List<String> kept = new ArrayList<>();
    for (int id : ids) {
      if (id >= 0 && id < size() && (withSpecial || !isSpecial(tokens.get(id)))) {
        kept.add(tokens.get(id));
      }
    }
    return kept;
  }

  private static String joined(List<String> tokens) {
    StringBuilder text = new StringBuilder();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(); // of a character not yet whole
    for (String token : tokens) {
      if (BYTE.matcher(token).matches()) {
        bytes.write(Integer.parseInt(token.substring("<0x".length(), token.length() - 1), 16));
      } else {
        text.append(bytes.toString(StandardCharsets.UTF_8)).append(token.replace(SPACE, ' '));
        bytes.reset();
      }
    }
    return text.append(bytes.toString(StandardCharsets.UTF_8)).toString();
  }
}
