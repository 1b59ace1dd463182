package dev.fusebox.parquet;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A list of texts as Python prints it: {@code ['a cat', "a dog's"]}. */
final class PythonList {

  private final String text;
  private int at;

  private PythonList(String text) {
    this.text = text;
  }

  /** The texts; empty if it is no such list. */
  static Optional<List<String>> parse(String text) {
    return new PythonList(text.strip()).list();
  }

  private Optional<List<String>> list() {
    List<String> texts = new ArrayList<>();
    if (!takes('[')) {
      return Optional.empty();
    }
    while (!takes(']')) {
      if (at >= text.length() || "'\"".indexOf(text.charAt(at)) < 0) {
        return Optional.empty();
      }
      Optional<String> next = quoted(text.charAt(at++));
      if (next.isEmpty()) {
        return Optional.empty();
      }
      texts.add(next.get());
      if (!takes(',') && at < text.length() && text.charAt(at) != ']') {
        return Optional.empty();
      }
    }
    return at == text.length() ? Optional.of(texts) : Optional.empty();
  }

  private boolean takes(char sign) {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    boolean there = at < text.length() && text.charAt(at) == sign;
    at += there ? 1 : 0;
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return there;
  }

  private Optional<String> quoted(char quote) {
    StringBuilder read = new StringBuilder();
    while (at < text.length()) {
      char sign = text.charAt(at++);
      if (sign == quote) {
        return Optional.of(read.toString());
      }
      boolean escaped = sign == '\\' && at < text.length();
      read.append(escaped ? meant(text.charAt(at++)) : sign);
    }
    return Optional.empty();
  }

  private static char meant(char escaped) {
    return switch (escaped) {
      case 'n' -> '\n';
      case 't' -> '\t';
      default -> escaped;
    };
  }
}
