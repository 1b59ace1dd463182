package dev.fusebox.t5.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fusebox.file.FileFormatException;
import dev.fusebox.file.RegularFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * What Hugging Face's library takes for granted in a {@code tokenizer.json}. Where a file breaks
 * it, the library panics, which ends the whole program and cannot be caught, or takes hours, or
 * makes other texts of ours without a word: so each is asked for before the library sees the file.
 * Parts are known by their keys, as by the library itself, for which a {@code type} may be missing.
 */
public final class LibraryTerms {

  static final long MAXIMUM_BYTES = 64 << 20;

  private static final int MOST_ADDED = 10_000; // each takes longer than the one before it
  private static final int LONGEST_ADDED = 1_000;
  private static final int MOST_GROWTH = 1_000;

  private final long size;
  private long growth = 1;

  private LibraryTerms(long size) {
    this.size = size;
  }

  /**
   * Checks a file that goes to the library.
   *
   * @throws IOException if it cannot be read, or breaks a term; the message names file and key
   */
  public static void require(Path file) throws IOException {
    try {
      require(RegularFile.json(file, MAXIMUM_BYTES));
    } catch (IllegalArgumentException e) {
      throw new FileFormatException(file, e.getMessage(), e);
    }
  }

  /**
   * Checks a file.
   *
   * @throws IllegalArgumentException naming the key, what must be there, and what was found
   */
  static void require(JsonNode root) {
    maps(root);
    JsonNode vocabulary = root.path("model").path("vocab");
    oneEach(vocabulary);
    unknown(root.path("model"));
    merges(root.path("model"));
    added(root.path("added_tokens"));
    new LibraryTerms(Math.max(size(vocabulary), size(root.path("added_tokens")))).parts("", root);
  }

  /** One more than the largest id. */
  private static long size(JsonNode tokens) {
    long size = tokens.isArray() ? tokens.size() : 0;
    for (JsonNode token : tokens) {
      size = Math.max(size, token.path("id").asLong(token.asLong(-1)) + 1);
    }
    return size;
  }

  private static void maps(JsonNode root) {
    for (String map : root.findValuesAsText("precompiled_charsmap")) {
      try {
        new CharacterMap(Base64.getDecoder().decode(map)).requireText();
      } catch (IllegalArgumentException e) {
        throw new IllegalArgumentException("precompiled_charsmap is damaged: " + e.getMessage(), e);
      }
    }
  }

  private void parts(String key, JsonNode node) {
    if (key.equals("model") || key.equals("added_tokens")) {
      return;
    }
    part(key, node);
    node.properties()
        .forEach(
            each ->
                parts(key.isEmpty() ? each.getKey() : key + "." + each.getKey(), each.getValue()));
    if (node.isArray()) {
      for (int i = 0; i < node.size(); i++) {
        parts(key + "[" + i + "]", node.get(i));
      }
    }
  }

  private void part(String key, JsonNode node) {
    if (node.path("Regex").isTextual()) {
      PatternTerms.require(key + ".Regex", node.get("Regex").asText());
    }
    if (node.has("pattern") && node.has("content")) {
      grown(key, node.get("content").asText());
    }
    if (node.has("length") && node.get("length").asLong() < 1) {
      throw broken(key + ".length", "must be at least 1", node.get("length"));
    }
    if (node.has("start") && node.has("stop") && node.get("stop").asLong() != 0) {
      throw broken(key + ".stop", "must be 0", node.get("stop"));
    }
    if (node.has("single") && node.has("special_tokens")) {
      template(key, node);
    }
  }

  /** Replacements one after the other multiply a text's length. */
  private void grown(String key, String content) {
    growth *= Math.max(1, content.length());
    if (growth > MOST_GROWTH) {
      throw new IllegalArgumentException(
          "%s.content must not make a text more than %,d times as long, with those before it"
              .formatted(key, MOST_GROWTH));
    }
  }

  /** A text once, and special tokens that are explained. */
  private void template(String key, JsonNode node) {
    JsonNode special = node.get("special_tokens");
    int texts = 0;
    for (String form : new String[] {"single", "pair"}) {
      for (JsonNode piece : node.path(form)) {
        boolean named = piece.has("SpecialToken");
        String id = piece.path(named ? "SpecialToken" : "Sequence").path("id").asText();
        if (named && !special.has(id)) {
          throw new IllegalArgumentException(
              key + "." + form + " names the token " + id + ", which special_tokens must have");
        }
        boolean single = form.equals("single") && !named;
        if (single && !id.equals("A")) {
          throw broken(key + ".single", "must hold the text A alone", piece);
        }
        texts += single ? 1 : 0;
      }
    }
    if (texts != 1) {
      throw new IllegalArgumentException(
          key + ".single must hold the text A once, found " + texts + " times");
    }
    special.forEach(token -> token.path("ids").forEach(id -> known(key, id)));
  }

  private void known(String key, JsonNode id) {
    if (id.asLong() < 0 || id.asLong() >= size) {
      throw broken(key + ".special_tokens", "must have ids below " + size, id);
    }
  }

  private static void unknown(JsonNode model) {
    JsonNode vocabulary = model.path("vocab");
    if (vocabulary.isArray()) {
      JsonNode unknown = model.path("unk_id");
      boolean known =
          unknown.isNumber() && unknown.asLong() >= 0 && unknown.asLong() < vocabulary.size();
      if (!known) {
        throw broken("model.unk_id", "must be below " + vocabulary.size(), unknown);
      }
    } else if (model.path("unk_token").isTextual()
        && !vocabulary.has(model.get("unk_token").asText())) {
      throw broken("model.unk_token", "must be a token of model.vocab", model.get("unk_token"));
    }
  }

  /** The library cuts the prefix off the second part of each merge without looking. */
  private static void merges(JsonNode model) {
    String prefix = model.path("continuing_subword_prefix").asText("");
    if (prefix.isEmpty() || prefix.equals("null") || !model.has("merges")) {
      return;
    }
    for (JsonNode merge : model.get("merges")) {
      String text = merge.isArray() ? merge.path(1).asText() : merge.asText();
      if (!text.substring(text.indexOf(' ') + 1).startsWith(prefix)) {
        throw broken(
            "model.merges", "must go on with the continuing_subword_prefix " + prefix, merge);
      }
    }
    if (prefix.chars().anyMatch(c -> c >= 0x80)) {
      throw new IllegalArgumentException(
          "model.continuing_subword_prefix must be ASCII, found " + prefix);
    }
  }

  private static void added(JsonNode tokens) {
    if (tokens.size() > MOST_ADDED) {
      throw new IllegalArgumentException(
          "added_tokens must be at most %,d, found %,d".formatted(MOST_ADDED, tokens.size()));
    }
    Map<Long, String> contents = new HashMap<>();
    for (JsonNode token : tokens) {
      String content = token.path("content").asText();
      if (content.isEmpty() || content.length() > LONGEST_ADDED) {
        throw new IllegalArgumentException(
            "added_tokens must have 1 to %,d characters, found %,d with the id %s"
                .formatted(LONGEST_ADDED, content.length(), token.path("id")));
      }
      String other = contents.putIfAbsent(token.path("id").asLong(), content);
      if (other != null) {
        throw new IllegalArgumentException(
            "added_tokens must have an id each, found %s for %s and %s"
                .formatted(token.path("id"), other, content));
      }
    }
  }

  /** No two tokens of a vocabulary may have one id. */
  private static void oneEach(JsonNode vocabulary) {
    Set<Long> ids = new HashSet<>();
    vocabulary
        .properties()
        .forEach(
            entry -> {
              if (!ids.add(entry.getValue().asLong())) {
                throw broken("model.vocab", "must have an id for each token", entry.getValue());
              }
            });
  }

  private static IllegalArgumentException broken(String key, String rule, JsonNode found) {
    return new IllegalArgumentException(
        key + " " + rule + ", found " + (found.isMissingNode() ? "nothing" : found));
  }
}
