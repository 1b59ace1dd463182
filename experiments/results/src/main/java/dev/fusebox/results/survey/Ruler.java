package dev.fusebox.results.survey;

import dev.fusebox.file.Whitespace;
import dev.fusebox.t5.tokenize.Tokenizer;
import java.util.function.ToIntFunction;

/**
 * How long a text is.
 *
 * @param unit what is counted, in the plural
 */
public record Ruler(String unit, ToIntFunction<String> length) {

  /** Counts words between white space: a lower bound of tokens. */
  public static Ruler words() {
    return new Ruler("words", Whitespace::words);
  }

  /** Counts tokens, the end mark included. */
  public static Ruler tokens(Tokenizer tokenizer) {
    return new Ruler("tokens", text -> tokenizer.encode(text).length);
  }
}
