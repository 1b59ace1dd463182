package dev.fusebox.results.score;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Graded;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.mark.Prediction;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The score of a file of answers.
 *
 * @param file the file
 * @param answers its answers, marked; none if it holds no answers but rationales
 * @param texts how near its texts are to their targets, if it holds texts and targets
 * @param answersOnly whether its targets are answer sentences and nothing else, so that their
 *     nearness says nothing of rationales
 * @param unreadable the answers that name no option of their question
 * @param open its answers as answers in words, where the data tell what people said
 */
public record Score(
    Path file,
    Optional<Graded> answers,
    Optional<TextScores> texts,
    boolean answersOnly,
    List<UnreadableAnswer> unreadable,
    Optional<OpenAnswers> open) {

  public Score {
    unreadable = List.copyOf(unreadable);
  }

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
    if (answers instanceof AnswerFile.Options options) {
      return chosen(options, data, split, grader);
    }
    List<Prediction> predictions =
        answers instanceof AnswerFile.Positions positions
            ? inOrder(positions, data, split)
            : ((AnswerFile.PredictionLines) answers).predictions();
    Set<String> ids = predictions.stream().map(Prediction::id).collect(Collectors.toSet());
    known(answers.file(), ids, data, split);
    return written(
        answers.file(), predictions, data.split(split), grader, similarity, data.directAnswers());
  }

  private static Score chosen(
      AnswerFile.Options answers, Dataset data, String split, Grader grader) {
    Map<String, Integer> options = answers.options();
    known(answers.file(), options.keySet(), data, split);
    List<Question> asked =
        data.split(split).stream().filter(q -> options.containsKey(q.id())).toList();
    List<UnreadableAnswer> unreadable =
        asked.stream()
            .filter(question -> !grader.reads(question, options.get(question.id())))
            .map(q -> new UnreadableAnswer(q, String.valueOf(options.get(q.id()))))
            .toList();
    Graded marks = grader.chosen(asked, options);
    Optional<OpenAnswers> open =
        OpenAnswers.of(
            asked,
            question -> OpenAnswers.words(question, options.get(question.id())),
            data.directAnswers());
    return new Score(answers.file(), Optional.of(marks), Optional.empty(), true, unreadable, open);
  }

  private static Score written(
      Path file,
      List<Prediction> predictions,
      List<Question> questions,
      Grader grader,
      Optional<SentenceSimilarity> similarity,
      Map<String, List<String>> people) {
    Map<String, Question> byId =
        questions.stream()
            .collect(Collectors.toMap(Question::id, each -> each, (first, second) -> first));
    boolean bare = predictions.stream().allMatch(p -> p.target() == null || bare(p.target()));
    Optional<TextScores> texts =
        predictions.stream().anyMatch(p -> p.target() != null && !p.target().isBlank())
            ? Optional.of(texts(predictions, bare, similarity))
            : Optional.empty();
    if (!hasAnswers(predictions, byId, grader)) {
      return new Score(file, Optional.empty(), texts, bare, List.of(), Optional.empty());
    }
    List<UnreadableAnswer> unreadable =
        predictions.stream()
            .filter(prediction -> !grader.reads(byId.get(prediction.id()), prediction.text()))
            .map(prediction -> new UnreadableAnswer(byId.get(prediction.id()), prediction.text()))
            .toList();
    Graded marks = grader.written(questions, predictions);
    Map<String, String> said =
        predictions.stream().collect(Collectors.toMap(Prediction::id, Prediction::text));
    Optional<OpenAnswers> open =
        OpenAnswers.written(marks.questions(), said, grader.form(), people);
    return new Score(file, Optional.of(marks), texts, bare, unreadable, open);
  }

  /**
   * Texts are answers unless their targets show that they are rationales: targets that say
   * something, and neither they nor the texts name an option, in the form asked for or in mm-cot's.
   */
  private static boolean hasAnswers(
      List<Prediction> predictions, Map<String, Question> questions, Grader grader) {
    return predictions.stream().allMatch(p -> p.target() == null || p.target().isBlank())
        || predictions.stream()
            .anyMatch(
                p ->
                    names(questions.get(p.id()), p.text(), grader)
                        || names(questions.get(p.id()), p.target(), grader));
  }

  private static boolean names(Question question, String text, Grader grader) {
    return text != null
        && (grader.form().option(question, text).isPresent()
            || AnswerPattern.option(text).isPresent());
  }

  /** Bare answer sentences all mean about the same: they are spared the model. */
  private static TextScores texts(
      List<Prediction> predictions, boolean bare, Optional<SentenceSimilarity> similarity) {
    List<Prediction> aimed =
        predictions.stream()
            .map(p -> p.target() == null ? new Prediction(p.id(), p.text(), "") : p)
            .toList();
    return TextScores.of(aimed, bare ? Optional.empty() : similarity);
  }

  private static boolean bare(String target) {
    return target.matches("The answer is \\([A-Z]\\)\\.?");
  }

  /** Gives mm-cot's texts the ids of the split, after a look whether its labels agree. */
  private static List<Prediction> inOrder(
      AnswerFile.Positions positions, Dataset data, String split) {
    List<Question> questions = data.split(split);
    List<String> texts = positions.texts().predictions();
    List<String> labels = positions.texts().labels();
    if (questions.size() != texts.size()) {
      throw new UserError(
          "%s: holds %,d predictions without ids, but split %s has %,d questions; %s"
              .formatted(positions.file(), texts.size(), split, questions.size(), sizes(data)));
    }
    List<Prediction> predictions = new ArrayList<>();
    for (int i = 0; i < texts.size(); i++) {
      String label = labels.isEmpty() ? null : labels.get(i);
      if (label != null) {
        agree(positions.file(), label, i, questions.get(i), split);
      }
      predictions.add(new Prediction(questions.get(i).id(), texts.get(i), label));
    }
    return predictions;
  }

  private static void agree(Path file, String label, int i, Question question, String split) {
    OptionalInt option = AnswerPattern.option(label);
    if (option.isPresent() && option.getAsInt() != question.answer()) {
      throw new UserError(
          "%s: label %,d says (%c), but the answer of question %s, which stands there in split %s, is"
                  .formatted(file, i + 1, 'A' + option.getAsInt(), question.id(), split)
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
