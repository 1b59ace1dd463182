package dev.fusebox.demo;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Which question is for what: of every ten, eight are for training, one for validation and one for
 * testing. The mini splits are the first tenth of theirs.
 */
final class DemoSplits {

  private DemoSplits() {}

  /** The split of a question, by its number. */
  static String of(int number) {
    return switch (number % 10) {
      case 9 -> "val";
      case 0 -> "test";
      default -> "train";
    };
  }

  /** The numbers of the questions of every split, ScienceQA's names. */
  static Map<String, List<Integer>> all(int questions) {
    List<Integer> train = numbers(questions, "train");
    List<Integer> val = numbers(questions, "val");
    List<Integer> test = numbers(questions, "test");
    Map<String, List<Integer>> splits = new LinkedHashMap<>();
    splits.put("train", train);
    splits.put("val", val);
    splits.put("test", test);
    splits.put(
        "trainval",
        IntStream.rangeClosed(1, questions).boxed().filter(n -> !of(n).equals("test")).toList());
    splits.put("minitrain", mini(train));
    splits.put("minival", mini(val));
    splits.put("minitest", mini(test));
    return splits;
  }

  private static List<Integer> numbers(int questions, String split) {
    return IntStream.rangeClosed(1, questions).boxed().filter(n -> of(n).equals(split)).toList();
  }

  private static List<Integer> mini(List<Integer> split) {
    return split.subList(0, (split.size() + 9) / 10);
  }
}
