package dev.fusebox.lab.config;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigUtil;
import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * The keys of a HOCON text in the order written, with their lines: the parser merges keys that are
 * written twice and does not say where an include stands. For texts that the parser accepts; values
 * are not interpreted.
 */
final class Outline {

  private static final Pattern INCLUDE = Pattern.compile("include\\b.*[\"(].*");

  /**
   * A key that is given a value.
   *
   * @param path from the root of the text
   * @param line from 1
   * @param body which pair of braces holds it, by number
   * @param block whether the value begins with a brace
   * @param plain whether the value replaces what was there before: no block, no reference, no +=
   */
  record Definition(List<String> path, int line, int body, boolean block, boolean plain) {}

  private record Include(String what, int line) {}

  private final String text;
  private final List<Definition> definitions = new ArrayList<>();
  private final List<Include> includes = new ArrayList<>();
  private int at;
  private int line = 1;
  private int bodies;

  private Outline(String text) {
    this.text = text;
  }

  static Outline of(String text) {
    Outline outline = new Outline(text);
    outline.blanks();
    if (outline.ahead("{")) {
      outline.next();
    }
    outline.block(List.of());
    return outline;
  }

  /** The keys in the order in which they are written. */
  List<Definition> definitions() {
    return List.copyOf(definitions);
  }

  /** The line that includes {@code what}. */
  OptionalInt lineOfInclude(String what) {
    return includes.stream()
        .filter(include -> new File(include.what()).equals(new File(what)))
        .mapToInt(Include::line)
        .findFirst();
  }

  private void block(List<String> path) {
    int body = bodies++;
    blanks();
    while (at < text.length() && !ahead("}")) {
      int before = at;
      String key = key();
      if (INCLUDE.matcher(key).matches()) {
        include(key);
      } else {
        definition(path, body, key);
      }
      blanks();
      if (at == before) {
        next(); // what the parser would not have let through
      }
    }
    next();
  }

  private void include(String statement) {
    int open = statement.indexOf('"');
    int close = statement.lastIndexOf('"');
    if (open >= 0 && close > open) {
      includes.add(new Include(statement.substring(open + 1, close), line));
    }
  }

  /** Up to what ends a key; quotes hide it. An include has none and ends with its line. */
  private String key() {
    int start = at;
    while (at < text.length() && "{=:\n,}".indexOf(text.charAt(at)) < 0 && !ahead("+=")) {
      if (ahead("\"")) {
        quoted();
      } else if (comment()) {
        break;
      } else {
        at++;
      }
    }
    return text.substring(start, at).strip();
  }

  private void definition(List<String> path, int body, String key) {
    List<String> full = new ArrayList<>(path);
    try {
      full.addAll(ConfigUtil.splitPath(key));
    } catch (ConfigException e) {
      return;
    }
    int place = line;
    blanks();
    boolean adds = ahead("+=");
    if (adds || ahead("=") || ahead(":")) {
      at += adds ? 2 : 1;
    }
    blanks();
    boolean block = ahead("{");
    int slot = definitions.size();
    boolean refers = value(full);
    definitions.add(slot, new Definition(full, place, body, block, !block && !refers && !adds));
  }

  /** Passes over a value. Says whether it refers to another one. */
  private boolean value(List<String> path) {
    boolean refers = false;
    while (at < text.length() && "\n,}]".indexOf(text.charAt(at)) < 0 && !comment()) {
      if (ahead("${")) {
        refers = true;
        at = end("}");
      } else if (ahead("{")) {
        next();
        block(path);
      } else if (ahead("[")) {
        next();
        list(path);
      } else if (ahead("\"")) {
        quoted();
      } else {
        next();
      }
    }
    return refers;
  }

  private void list(List<String> path) {
    List<String> inside = new ArrayList<>(path);
    inside.add("[]");
    blanks();
    while (at < text.length() && !ahead("]")) {
      int before = at;
      int known = definitions.size();
      value(inside);
      definitions.subList(known, definitions.size()).clear(); // elements may repeat their keys
      blanks();
      if (at == before) {
        next();
      }
    }
    next();
  }

  private void quoted() {
    boolean triple = ahead("\"\"\"");
    int start = at;
    if (triple) {
      at += 3;
      at = end("\"\"\"");
      while (ahead("\"")) {
        at++;
      }
    } else {
      at++;
      while (at < text.length() && !ahead("\"")) {
        at += ahead("\\") ? 2 : 1;
      }
      at++;
    }
    at = Math.min(at, text.length());
    line += (int) text.substring(start, at).chars().filter(c -> c == '\n').count();
  }

  private int end(String mark) {
    int found = text.indexOf(mark, at);
    return found < 0 ? text.length() : found + mark.length();
  }

  private boolean comment() {
    return ahead("#") || ahead("//");
  }

  /** Passes over blanks, ends of lines, commas and comments. */
  private void blanks() {
    while (at < text.length()) {
      if (comment()) {
        int end = text.indexOf('\n', at);
        at = end < 0 ? text.length() : end;
      } else if (Character.isWhitespace(text.charAt(at)) || ahead(",")) {
        next();
      } else {
        return;
      }
    }
  }

  private boolean ahead(String mark) {
    return text.startsWith(mark, at);
  }

  private void next() {
    if (at < text.length() && text.charAt(at) == '\n') {
      line++;
    }
    at++;
  }
}
