package dev.fusebox.experiments.evaluate;

import dev.fusebox.experiments.config.UserError;
import dev.fusebox.experiments.data.Dataset;
import dev.fusebox.experiments.data.Question;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a file of answers is worth.
 *
 * @param file the file
 * @param answers its answers, marked; none if it holds no answers but rationales
 * @param texts how near its texts are to their targets, if it holds texts and targets
 * @param answersOnly whether its targets are answer sentences and nothing else, so that their
 *     nearness says nothing of rationales
 */
public record Score(
    Path file, Optional<Graded> answers, Optional<TextScores> texts, boolean answersOnly) {

  /** How near its rationales are to their targets, if it holds rationales. */
  public Optional<TextScores> rationales() {
    return answersOnly ? Optional.empty() : texts;
  }

  /**
   * Scores a file against a split of the data.
   *
   * @param similarity for texts, if there is a model for it
   * @throws UserError if the file does not fit the split
   */
  public static Score of(
      AnswerFile answers,
      Dataset data,
      String split,
      Grader grader,
      Optional<SentenceSimilarity> similarity) {
    if (answers instanceof AnswerFile.Positions positions) {
      List<Prediction> predictions = inOrder(positions, data, split);
      return written(positions.file(), predictions, data.split(split), grader, similarity);
    }
    if (answers instanceof AnswerFile.Options options) {
      known(options.file(), options.options().keySet(), data, split);
      List<Question> asked =
          data.split(split).stream().filter(q -> options.options().containsKey(q.id())).toList();
      Graded marks = grader.chosen(asked, options.options());
      return new Score(options.file(), Optional.of(marks), Optional.empty(), true);
    }
    AnswerFile.Lines lines = (AnswerFile.Lines) answers;
    Set<String> ids = lines.predictions().stream().map(Prediction::id).collect(Collectors.toSet());
    known(lines.file(), ids, data, split);
    return written(lines.file(), lines.predictions(), data.split(split), grader, similarity);
  }

  private static Score written(
      Path file,
      List<Prediction> predictions,
      List<Question> questions,
      Grader grader,
      Optional<SentenceSimilarity> similarity) {
    boolean targets = predictions.stream().anyMatch(p -> p.target() != null);
    boolean answers =
        predictions.stream().anyMatch(p -> named(p.text()) || (targets && named(p.target())));
    boolean bare = predictions.stream().allMatch(p -> p.target() == null || bare(p.target()));
    return new Score(
        file,
        answers ? Optional.of(grader.written(questions, predictions)) : Optional.empty(),
        targets ? Optional.of(texts(predictions, bare, similarity)) : Optional.empty(),
        bare);
  }

  /** Bare answer sentences all mean about the same: they are spared the model. */
  private static TextScores texts(
      List<Prediction> predictions, boolean bare, Optional<SentenceSimilarity> similarity) {
    return TextScores.of(predictions, bare ? Optional.empty() : similarity);
  }

  private static boolean bare(String target) {
    return target.matches("The answer is \\([A-Z]\\)\\.?");
  }

  private static boolean named(String text) {
    return AnswerPattern.option(text).isPresent();
  }

  /** Gives mm-cot's texts the ids of the split, after a look whether its labels agree. */
  private static List<Prediction> inOrder(
      AnswerFile.Positions positions, Dataset data, String split) {
    List<Question> questions = data.split(split);
    if (questions.size() != positions.written().size()) {
      throw new UserError(
          "%s: holds %,d predictions without ids, but split %s has %,d questions; %s"
              .formatted(
                  positions.file(),
                  positions.written().size(),
                  split,
                  questions.size(),
                  sizes(data)));
    }
    IntStream.range(0, questions.size()).forEach(i -> agree(positions, i, questions.get(i), split));
    return IntStream.range(0, questions.size())
        .mapToObj(
            i ->
                new Prediction(
                    questions.get(i).id(), positions.written().get(i), positions.targets().get(i)))
        .toList();
  }

  private static void agree(
      AnswerFile.Positions positions, int i, Question question, String split) {
    OptionalInt label = AnswerPattern.option(positions.targets().get(i));
    if (label.isPresent() && label.getAsInt() != question.answer()) {
      throw new UserError(
          "%s: label %,d says (%c), but the answer of question %s, which stands there in split %s, is"
                  .formatted(positions.file(), i + 1, 'A' + label.getAsInt(), question.id(), split)
              + " (%c): the file belongs to another split or another order"
                  .formatted('A' + question.answer()));
    }
  }

  private static void known(Path file, Set<String> ids, Dataset data, String split) {
    Set<String> inSplit = data.split(split).stream().map(Question::id).collect(Collectors.toSet());
    List<String> strange = ids.stream().filter(id -> !inSplit.contains(id)).sorted().toList();
    if (!strange.isEmpty()) {
      throw new UserError(
          "%s: %,d of %,d answers are for questions outside split %s, the first for question %s%s"
              .formatted(
                  file,
                  strange.size(),
                  ids.size(),
                  split,
                  strange.get(0),
                  home(strange.get(0), data)));
    }
  }

  private static String home(String id, Dataset data) {
    List<String> splits = new ArrayList<>();
    for (String split : data.splits()) {
      if (data.split(split).stream().anyMatch(question -> question.id().equals(id))) {
        splits.add("--split " + split);
      }
    }
    return splits.isEmpty()
        ? ", which the data does not have"
        : "; it is in " + String.join(", ", splits);
  }

  private static String sizes(Dataset data) {
    Map<String, Integer> sizes =
        data.splits().stream()
            .collect(Collectors.toMap(split -> split, split -> data.split(split).size()));
    return sizes.entrySet().stream()
        .sorted(Map.Entry.comparingByValue())
        .map(entry -> "%s %,d".formatted(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", ", "--split chooses: ", ""));
  }
}
