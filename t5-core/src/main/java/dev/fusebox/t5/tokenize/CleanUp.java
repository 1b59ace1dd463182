package dev.fusebox.t5.tokenize;

import java.util.regex.Pattern;

/** What Hugging Face calls clean_up_tokenization_spaces, in its order. */
final class CleanUp {

  private static final Pattern BEFORE_PUNCTUATION = Pattern.compile(" ([.?!,])");

  private CleanUp() {}

  static String of(String text) {
    return BEFORE_PUNCTUATION
        .matcher(text)
        .replaceAll("$1")
        .replace(" ' ", "'")
        .replace(" n't", "n't")
        .replace(" 'm", "'m")
        .replace(" 's", "'s")
        .replace(" 've", "'ve")
        .replace(" 're", "'re");
  }
}
