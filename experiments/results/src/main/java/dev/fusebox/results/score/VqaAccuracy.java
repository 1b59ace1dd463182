package dev.fusebox.results.score;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Soft accuracy of an answer in one's own words: right if three people said it, a third or two
 * thirds right if one or two did (Antol et al. 2015; for A-OKVQA Schwenk et al. 2022, section 4).
 * Before they are compared, answers are made alike as the evaluation code of VQA does it, its
 * oddities included; other than there, an answer is not compared with all people but one in turn.
 */
public final class VqaAccuracy {

  private static final double ENOUGH = 3;
  private static final List<String> PUNCTUATION =
      List.of(
          ";", "/", "[", "]", "\"", "{", "}", "(", ")", "=", "+", "\\", "_", "-", ">", "<", "@",
          "`", ",", "?", "!");
  private static final Pattern THOUSANDS = Pattern.compile("\\d,\\d");
  private static final Pattern STOP = Pattern.compile("\\.(?!\\d)");
  private static final Set<String> ARTICLES = Set.of("a", "an", "the");
  private static final Map<String, String> NUMBERS =
      Map.ofEntries(
          Map.entry("none", "0"),
          Map.entry("zero", "0"),
          Map.entry("one", "1"),
          Map.entry("two", "2"),
          Map.entry("three", "3"),
          Map.entry("four", "4"),
          Map.entry("five", "5"),
          Map.entry("six", "6"),
          Map.entry("seven", "7"),
          Map.entry("eight", "8"),
          Map.entry("nine", "9"),
          Map.entry("ten", "10"));
  private static final Map<String, String> CONTRACTIONS = contractions();

  private VqaAccuracy() {}

  /** min(1, how many of the people said the same / 3), 0 to 1. */
  public static double of(String answer, List<String> people) {
    String said = normalised(answer);
    long same = people.stream().filter(each -> normalised(each).equals(said)).count();
    return Math.min(1, same / ENOUGH);
  }

  /**
   * An answer without articles and punctuation, numbers as digits, contractions with their mark.
   */
  static String normalised(String answer) {
    List<String> words = new ArrayList<>();
    for (String word : unpunctuated(answer.strip()).toLowerCase(Locale.ROOT).split("\\s+")) {
      String number = NUMBERS.getOrDefault(word, word);
      if (!number.isEmpty() && !ARTICLES.contains(number)) {
        words.add(CONTRACTIONS.getOrDefault(number, number));
      }
    }
    return String.join(" ", words);
  }

  /** A mark at a word's end goes, one between words makes two of them. */
  private static String unpunctuated(String answer) {
    String text = answer.replace('\n', ' ').replace('\t', ' ');
    boolean thousands = THOUSANDS.matcher(text).find();
    String plain = text;
    for (String mark : PUNCTUATION) {
      boolean atEnd = text.contains(mark + " ") || text.contains(" " + mark);
      plain = plain.replace(mark, atEnd || thousands ? "" : " ");
    }
    return STOP.matcher(plain).replaceAll("");
  }

  private static Map<String, String> contractions() {
    try (InputStream file = VqaAccuracy.class.getResourceAsStream("contractions.txt")) {
      Map<String, String> found = new HashMap<>();
      new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .map(line -> line.split(" "))
          .forEach(pair -> found.put(pair[0], pair[1]));
      return Map.copyOf(found);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
