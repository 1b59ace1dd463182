package dev.fusebox.t5.tokenize;

import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Which regular expressions the library's engine (Oniguruma) works off: it gives up after ten
 * million steps back, by a panic that ends the whole program, and deep nesting overflows its stack.
 * What splits words for GPT-2, Llama and all that came after them is far within.
 */
final class PatternTerms {

  private static final int LONGEST = 2_000;
  private static final int DEEPEST = 50;

  private final String key;
  private final String pattern;
  private final Deque<Boolean> groups = new ArrayDeque<>();

  /** Whether what was read last is a group in which something is repeated or chosen. */
  private boolean branching;

  private PatternTerms(String key, String pattern) {
    this.key = key;
    this.pattern = pattern;
    groups.push(false);
  }

  /**
   * Checks a pattern.
   *
   * @throws IllegalArgumentException naming the key
   */
  static void require(String key, String pattern) {
    if (pattern.length() > LONGEST) {
      throw new IllegalArgumentException(
          "%s must be at most %,d characters long, found %,d"
              .formatted(key, LONGEST, pattern.length()));
    }
    new PatternTerms(key, pattern).read();
  }

  private void read() {
    for (int at = 0; at < pattern.length(); at++) {
      switch (pattern.charAt(at)) {
        case '\\' -> {
          at++;
          branching = false;
        }
        case '[' -> {
          at = endOfClass(at);
          branching = false;
        }
        case '(' -> {
          open();
          at += pattern.startsWith("(?", at) ? 1 : 0;
        }
        case ')' -> close();
        case '|' -> mark();
        case '*', '+', '{' -> repeat();
        case '?' -> mark();
        default -> branching = false;
      }
    }
  }

  private void open() {
    groups.push(false);
    branching = false;
    if (groups.size() > DEEPEST) {
      throw new IllegalArgumentException(
          "%s must be at most %d groups deep, found more".formatted(key, DEEPEST));
    }
  }

  /** A group too many is the library's to tell: its own message names the place. */
  private void close() {
    branching = groups.size() > 1 && groups.pop();
    if (branching) {
      mark();
      branching = true;
    }
  }

  private void mark() {
    groups.pop();
    groups.push(true);
    branching = false;
  }

  private void repeat() {
    if (branching) {
      throw new IllegalArgumentException(
          key
              + " must not repeat a group in which something is repeated or chosen, found "
              + pattern);
    }
    mark();
  }

  private int endOfClass(int start) {
    int depth = 0;
    for (int at = start; at < pattern.length(); at++) {
      char c = pattern.charAt(at);
      if (c == '\\') {
        at++;
      } else if (c == '[') {
        depth++;
      } else if (c == ']' && at > start + 1) {
        depth--;
        if (depth == 0) {
          return at;
        }
      }
    }
    return pattern.length();
  }
}
