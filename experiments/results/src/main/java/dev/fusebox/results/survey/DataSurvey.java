package dev.fusebox.results.survey;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.SharedQuestions;
import dev.fusebox.questions.SplitNames;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.TextPair;
import dev.fusebox.results.leak.Leaks;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What a score on a data set means.
 *
 * @param fingerprint of the data
 * @param train the split that is learned from
 * @param test the split that is asked
 * @param unit of the lengths
 * @param limit above which texts are cut
 * @param near what of the test stands in the training data nearly as it is asked
 * @param twins id of a test question → the training question that it nearly is
 * @param recall of the index over the training questions' lectures
 */
public record DataSurvey(
    String fingerprint,
    String train,
    String test,
    String unit,
    int limit,
    List<SplitSize> splits,
    List<Lengths> lengths,
    List<Leakage> leakage,
    List<NearLeakage> near,
    Map<String, String> twins,
    List<Letters> letters,
    List<CategorySize> categories,
    List<Heuristic> heuristics,
    Recall recall) {

  /**
   * Surveys a data set; reads every question a few times, and every picture once.
   *
   * @param root where it lies
   * @param asked the splits by what they are for; without a validation, one of the others again
   * @throws UserError if a question is in two of them
   */
  public static DataSurvey of(Dataset dataset, Path root, SplitNames asked, Ruler ruler, int limit)
      throws IOException {
    refuseShared(dataset, root, asked);
    String trainSplit = asked.train();
    String testSplit = asked.test();
    List<Question> train = dataset.split(trainSplit);
    List<Question> test = dataset.split(testSplit);
    Leaks leaks = Leaks.of(train, test, root);
    List<Letters> trainLetters = Letters.of(trainSplit, train);
    return new DataSurvey(
        dataset.fingerprint(),
        trainSplit,
        testSplit,
        ruler.unit(),
        limit,
        dataset.splits().stream().map(name -> SplitSize.of(name, dataset.split(name))).toList(),
        Stream.of(trainSplit, testSplit)
            .flatMap(name -> lengths(name, dataset.split(name), ruler, limit).stream())
            .toList(),
        leakages(train, test),
        NearLeakage.of(train, test, root, leaks),
        leaks.twins(),
        Stream.concat(trainLetters.stream(), Letters.of(testSplit, test).stream()).toList(),
        dataset.categories().stream().map(category -> CategorySize.of(category, test)).toList(),
        heuristics(trainLetters.get(0).majority(), dataset.categories(), test),
        Recall.of(train, test));
  }

  private static List<Leakage> leakages(List<Question> train, List<Question> test) {
    return List.of(
        Leakage.of("lecture", train, test, Question::lecture),
        Leakage.of("solution", train, test, Question::solution),
        Leakage.of("question with its options", train, test, DataSurvey::asked));
  }

  private static List<Heuristic> heuristics(
      int majority, List<Category> categories, List<Question> test) {
    return List.of(
        Heuristic.chance(categories, test),
        Heuristic.majority(majority, categories, test),
        Heuristic.longest(categories, test));
  }

  /**
   * A model that is chosen by what it learnt, or by what it is tested with, is chosen by neither.
   */
  private static void refuseShared(Dataset dataset, Path root, SplitNames asked) {
    refuseShared(dataset, root, asked.test(), asked.train());
    if (!List.of(asked.train(), asked.test()).contains(asked.validation())) {
      refuseShared(dataset, root, asked.validation(), asked.train());
      refuseShared(dataset, root, asked.validation(), asked.test());
    }
  }

  private static void refuseShared(Dataset dataset, Path root, String some, String others) {
    SharedQuestions.of(dataset.split(some), dataset.split(others)).refuse(root, some, others);
  }

  private static String asked(Question question) {
    return question.question() + " " + String.join(" ", question.choices());
  }

  private static List<Lengths> lengths(
      String split, List<Question> questions, Ruler ruler, int limit) {
    List<Lengths> lengths = new ArrayList<>();
    for (String format : List.of("QCM-LE", "QCMG-A")) {
      for (boolean captions : new boolean[] {false, true}) {
        PromptBuilder prompts = new PromptBuilder(PromptFormat.parse(format), captions);
        String text = format.replaceAll("-.*", captions ? ", captions" : "");
        lengths.add(Lengths.of(split, text, questions, prompts, TextPair::source, ruler, limit));
      }
    }
    for (String format : List.of("QCM-E", "QCM-LE")) {
      PromptBuilder prompts = new PromptBuilder(PromptFormat.parse(format), false);
      String text = format.replaceAll(".*-", "to write: ");
      lengths.add(Lengths.of(split, text, questions, prompts, TextPair::target, ruler, limit));
    }
    return lengths;
  }
}
