package dev.fusebox.results.leak;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The runs of {@value #WORDS} words in what a question asks: its words, its hint, and its options
 * in the order of the alphabet, for an order drawn anew makes no new question. Case and punctuation
 * do not count; signs as in {@code 2 + 3} do.
 *
 * @param runs each once
 */
record Shingles(Set<String> runs) {

  static final int WORDS = 3;

  private static final Pattern WORD =
      Pattern.compile("[\\p{L}\\p{M}\\p{N}]+|[^\\s\\p{L}\\p{M}\\p{N}\\p{P}]");

  Shingles {
    runs = Set.copyOf(runs);
  }

  /** Of a question; a text of fewer words is one run. */
  static Shingles of(Question question) {
    List<String> words = new ArrayList<>();
    Stream.concat(
            Stream.of(question.question(), question.hint()), question.choices().stream().sorted())
        .forEach(text -> words.addAll(words(text)));
    Set<String> runs = new HashSet<>();
    for (int end = Math.min(WORDS, words.size()); end <= words.size(); end++) {
      runs.add(String.join(" ", words.subList(Math.max(0, end - WORDS), end)));
    }
    return new Shingles(runs);
  }

  private static List<String> words(String text) {
    return WORD.matcher(text.toLowerCase(Locale.ROOT)).results().map(MatchResult::group).toList();
  }

  /** Jaccard's index: the share of all runs that both have, 0 to 1. */
  double alike(Shingles other) {
    long both = runs.stream().filter(other.runs::contains).count();
    return (double) both / (runs.size() + other.runs.size() - both);
  }
}
