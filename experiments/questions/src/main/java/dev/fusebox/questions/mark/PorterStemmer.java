package dev.fusebox.questions.mark;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Porter's suffix stripping (Program 14.3, 1980) with the extensions of nltk's default mode, which
 * {@code rouge_score} uses. Words come in lower case; digits count as consonants.
 */
public final class PorterStemmer {

  /** Takes a suffix off and puts another one on, if the stem before it allows. */
  private record Rule(String suffix, String replacement, Predicate<String> condition) {

    static Rule of(String suffix, String replacement) {
      return new Rule(suffix, replacement, stem -> true);
    }

    String stemOf(String word) {
      return word.substring(0, word.length() - suffix.length());
    }
  }

  private static final Map<String, String> IRREGULAR =
      Map.ofEntries(
          Map.entry("sky", "sky"),
          Map.entry("skies", "sky"),
          Map.entry("dying", "die"),
          Map.entry("lying", "lie"),
          Map.entry("tying", "tie"),
          Map.entry("news", "news"),
          Map.entry("innings", "inning"),
          Map.entry("inning", "inning"),
          Map.entry("outings", "outing"),
          Map.entry("outing", "outing"),
          Map.entry("cannings", "canning"),
          Map.entry("canning", "canning"),
          Map.entry("howe", "howe"),
          Map.entry("proceed", "proceed"),
          Map.entry("exceed", "exceed"),
          Map.entry("succeed", "succeed"));

  private static final List<Rule> PLURALS =
      List.of(Rule.of("sses", "ss"), Rule.of("ies", "i"), Rule.of("ss", "ss"), Rule.of("s", ""));

  private static final List<Rule> DOUBLE_SUFFIXES =
      List.of(
          longer("ational", "ate"),
          longer("tional", "tion"),
          longer("enci", "ence"),
          longer("anci", "ance"),
          longer("izer", "ize"),
          longer("bli", "ble"),
          longer("alli", "al"),
          longer("entli", "ent"),
          longer("eli", "e"),
          longer("ousli", "ous"),
          longer("ization", "ize"),
          longer("ation", "ate"),
          longer("ator", "ate"),
          longer("alism", "al"),
          longer("iveness", "ive"),
          longer("fulness", "ful"),
          longer("ousness", "ous"),
          longer("aliti", "al"),
          longer("iviti", "ive"),
          longer("biliti", "ble"),
          longer("fulli", "ful"),
          new Rule("logi", "log", stem -> measure(stem + "l") > 0));

  private static final List<Rule> SIMPLE_SUFFIXES =
      List.of(
          longer("icate", "ic"),
          longer("ative", ""),
          longer("alize", "al"),
          longer("iciti", "ic"),
          longer("ical", "ic"),
          longer("ful", ""),
          longer("ness", ""));

  private static final List<Rule> LAST_SUFFIXES =
      List.of(
          longest("al"),
          longest("ance"),
          longest("ence"),
          longest("er"),
          longest("ic"),
          longest("able"),
          longest("ible"),
          longest("ant"),
          longest("ement"),
          longest("ment"),
          longest("ent"),
          new Rule("ion", "", stem -> measure(stem) > 1 && "st".indexOf(last(stem)) >= 0),
          longest("ou"),
          longest("ism"),
          longest("ate"),
          longest("iti"),
          longest("ous"),
          longest("ive"),
          longest("ize"));

  private PorterStemmer() {}

  public static String stem(String word) {
    if (IRREGULAR.containsKey(word)) {
      return IRREGULAR.get(word);
    }
    if (word.length() <= 2) {
      return word;
    }
    String stem = finalY(pastAndGerund(plural(word)));
    stem = apply(SIMPLE_SUFFIXES, doubleSuffix(stem));
    return finalL(finalE(apply(LAST_SUFFIXES, stem)));
  }

  /** Step 1a. */
  private static String plural(String word) {
    return word.endsWith("ies") && word.length() == 4 ? word.substring(0, 3) : apply(PLURALS, word);
  }

  /** Step 1b. */
  private static String pastAndGerund(String word) {
    if (word.endsWith("ied")) {
      return word.substring(0, word.length() == 4 ? 3 : word.length() - 2);
    }
    if (word.endsWith("eed")) {
      String stem = word.substring(0, word.length() - 3);
      return measure(stem) > 0 ? stem + "ee" : word;
    }
    for (String suffix : List.of("ed", "ing")) {
      String stem = word.endsWith(suffix) ? word.substring(0, word.length() - suffix.length()) : "";
      if (hasVowel(stem)) {
        return mended(stem);
      }
    }
    return word;
  }

  /** After a suffix of step 1b has gone: conflat → conflate, hopp → hop, fil → file. */
  private static String mended(String stem) {
    if (stem.endsWith("at") || stem.endsWith("bl") || stem.endsWith("iz")) {
      return stem + "e";
    }
    if (endsInDoubleConsonant(stem)) {
      return "lsz".indexOf(last(stem)) >= 0 ? stem : stem.substring(0, stem.length() - 1);
    }
    return measure(stem) == 1 && endsShort(stem) ? stem + "e" : stem;
  }

  /** Step 1c: y to i after a consonant that does not begin the word. */
  private static String finalY(String word) {
    int y = word.length() - 1;
    return word.endsWith("y") && y > 1 && consonant(word, y - 1)
        ? word.substring(0, y) + "i"
        : word;
  }

  /** Step 2; "alli" is taken off first and the rest looked at again. */
  private static String doubleSuffix(String word) {
    String stem = word.endsWith("alli") ? word.substring(0, word.length() - 4) : "";
    return measure(stem) > 0 ? doubleSuffix(stem + "al") : apply(DOUBLE_SUFFIXES, word);
  }

  /** Step 5a. */
  private static String finalE(String word) {
    if (!word.endsWith("e")) {
      return word;
    }
    String stem = word.substring(0, word.length() - 1);
    int measure = measure(stem);
    return measure > 1 || (measure == 1 && !endsShort(stem)) ? stem : word;
  }

  /** Step 5b. */
  private static String finalL(String word) {
    String shorter = word.substring(0, word.length() - 1);
    return word.endsWith("ll") && measure(shorter) > 1 ? shorter : word;
  }

  /** The first rule whose suffix is there decides, whether its condition holds or not. */
  private static String apply(List<Rule> rules, String word) {
    for (Rule rule : rules) {
      if (word.endsWith(rule.suffix())) {
        String stem = rule.stemOf(word);
        return rule.condition().test(stem) ? stem + rule.replacement() : word;
      }
    }
    return word;
  }

  private static Rule longer(String suffix, String replacement) {
    return new Rule(suffix, replacement, stem -> measure(stem) > 0);
  }

  private static Rule longest(String suffix) {
    return new Rule(suffix, "", stem -> measure(stem) > 1);
  }

  /** Porter's m: how often a consonant follows a vowel. */
  private static int measure(String stem) {
    int measure = 0;
    for (int i = 1; i < stem.length(); i++) {
      measure += consonant(stem, i) && !consonant(stem, i - 1) ? 1 : 0;
    }
    return measure;
  }

  private static boolean hasVowel(String stem) {
    for (int i = 0; i < stem.length(); i++) {
      if (!consonant(stem, i)) {
        return true;
      }
    }
    return false;
  }

  private static boolean endsInDoubleConsonant(String word) {
    int end = word.length() - 1;
    return end >= 1 && word.charAt(end) == word.charAt(end - 1) && consonant(word, end);
  }

  /** Porter's *o: ends consonant, vowel, consonant other than w, x, y; or is vowel, consonant. */
  private static boolean endsShort(String word) {
    int end = word.length() - 1;
    if (end == 1) {
      return !consonant(word, 0) && consonant(word, 1);
    }
    return end >= 2
        && consonant(word, end - 2)
        && !consonant(word, end - 1)
        && consonant(word, end)
        && "wxy".indexOf(word.charAt(end)) < 0;
  }

  /** A y after a consonant is a vowel. */
  private static boolean consonant(String word, int i) {
    char letter = word.charAt(i);
    if (letter == 'y') {
      return i == 0 || !consonant(word, i - 1);
    }
    return "aeiou".indexOf(letter) < 0;
  }

  private static char last(String word) {
    return word.charAt(word.length() - 1);
  }
}
