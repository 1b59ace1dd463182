package dev.fusebox.training.objective;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Questions and a tokenizer for tests: a token per word, in the order of their first use. */
final class Spelled implements Tokens {

  static final int FIRST_SENTINEL = 100_000;

  private final List<String> words = new ArrayList<>(List.of("<pad>", "</s>"));

  @Override
  public List<Integer> of(String text) {
    return Arrays.stream(text.split(" ")).map(this::id).toList();
  }

  private int id(String word) {
    if (!words.contains(word)) {
      words.add(word);
    }
    return words.indexOf(word);
  }

  @Override
  public int end() {
    return 1;
  }

  @Override
  public int sentinel(int number) {
    return FIRST_SENTINEL - number;
  }

  String text(List<Integer> ids) {
    return ids.stream().map(words::get).collect(Collectors.joining(" "));
  }

  static Question question(String id, List<String> choices, int answer, String solution) {
    return new Question(
        id, "Which?", choices, answer, "", false, "", solution, "language science", "grade2", "");
  }
}
