package dev.fusebox.training.work;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionVersion;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.retrieve.NamedPassage;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.OptionProbabilities;
import dev.fusebox.training.task.PassageAnswer;
import dev.fusebox.training.task.PassageAnswer.NamedOption;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.TrainedStage.AskedQuestions;
import dev.fusebox.training.work.TrainedStage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Asks a trained stage the test questions beside all passages that were retrieved, and without each
 * of them in turn. The earlier stage wrote for each of these.
 *
 * @param retrieval of the stage that reads passages, this one or an earlier one
 */
public record PassageWork(TrainedStage stage, RetrievalSettings retrieval) implements Stage.Work {

  /** A question as it is, then without each passage. */
  private record Group(Question question, List<QuestionVersion> versions) {

    List<Question> asked() {
      return Stream.concat(Stream.of(question), versions.stream().map(QuestionVersion::asked))
          .toList();
    }
  }

  /** What was written, by the id under which it was asked. */
  private record Answers(Map<String, Prediction> texts, Map<String, OptionProbabilities> options) {

    static Answers of(Predicted predicted) {
      return new Answers(
          predicted.predictions().stream()
              .collect(Collectors.toMap(Prediction::id, Function.identity())),
          predicted.options().stream()
              .collect(Collectors.toMap(OptionProbabilities::id, Function.identity())));
    }

    String text(Question asked) {
      return texts.get(asked.id()).text();
    }

    NamedOption named(Question asked) {
      int option = AnswerPattern.option(text(asked)).orElse(ChangedAnswer.NONE);
      OptionProbabilities ranked = options.get(asked.id());
      return new NamedOption(
          option < asked.choices().size() ? option : ChangedAnswer.NONE,
          ranked == null ? List.of() : ranked.probabilities());
    }
  }

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    List<Question> questions = Split.TEST.questions(stage.dataset(inputs), stage.recipe().data());
    Map<String, List<String>> retrieved = retrieved(retrieval, inputs, questions);
    List<Group> groups = groups(questions, retrieved);
    Optional<Map<String, String>> rationales = stage.rationales(inputs);
    AskedQuestions asking =
        new AskedQuestions(
            groups.stream().flatMap(group -> group.asked().stream()).toList(),
            rationales,
            0,
            stage.seen(() -> new LentPictures(stage.pictures(inputs), origins(groups))),
            stage.seed(),
            Optional.of(passages(groups, inputs, questions)));
    Written written = stage.ask(asking, inputs, progress);
    written.keep(directory);
    if (stage.answers()) {
      PassagesFile.write(
          directory.resolve(PassagesFile.NAME),
          answers(groups, retrieved, rationales.orElse(Map.of()), Answers.of(written.predicted())));
    }
    return written.figures();
  }

  private static List<Group> groups(List<Question> questions, Map<String, List<String>> retrieved) {
    List<Group> groups = new ArrayList<>();
    for (Question question : questions) {
      int found = retrieved.get(question.id()).size();
      groups.add(new Group(question, EveryVersion.PASSAGE.of(question, "", found)));
    }
    return groups;
  }

  private static List<PassageAnswer> answers(
      List<Group> groups,
      Map<String, List<String>> retrieved,
      Map<String, String> rationales,
      Answers answers)
      throws IOException {
    List<PassageAnswer> all = new ArrayList<>();
    for (Group group : groups) {
      String id = group.question().id();
      all.add(answer(group, retrieved.get(id), rationales.getOrDefault(id, ""), answers));
    }
    return all;
  }

  private Map<String, List<String>> retrieved(
      RetrievalSettings settings, Function<Stage, Path> inputs, List<Question> questions)
      throws IOException {
    return Passages.of(
        stage.files(),
        Optional.of(settings),
        stage.dataset(inputs),
        stage.recipe().data(),
        questions);
  }

  private static Map<String, String> origins(List<Group> groups) {
    return groups.stream()
        .flatMap(group -> group.asked().stream())
        .collect(Collectors.toMap(Question::id, Question::origin));
  }

  /** What this stage reads itself. */
  private Map<String, List<String>> passages(
      List<Group> groups, Function<Stage, Path> inputs, List<Question> questions)
      throws IOException {
    if (stage.settings().retrieval().isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> all =
        retrieved(stage.settings().retrieval().get(), inputs, questions);
    Map<String, List<String>> read = new HashMap<>(all);
    for (Group group : groups) {
      for (QuestionVersion version : group.versions()) {
        List<String> left = new ArrayList<>(all.get(version.question()));
        if (version.number() <= left.size()) {
          left.remove(version.number() - 1);
        }
        read.put(version.asked().id(), left);
      }
    }
    return read;
  }

  private static PassageAnswer answer(
      Group group, List<String> passages, String before, Answers answers) throws IOException {
    Question question = group.question();
    NamedOption all = answers.named(question);
    String option = all.option() == ChangedAnswer.NONE ? "" : question.choices().get(all.option());
    OptionalInt named =
        passages.size() < 2
            ? OptionalInt.empty()
            : NamedPassage.of(String.join(" ", option, before, answers.text(question)), passages);
    return new PassageAnswer(
        question.id(),
        gold(question, passages),
        named.isPresent() ? named.getAsInt() + 1 : 0,
        all,
        group.versions().stream().map(version -> answers.named(version.asked())).toList());
  }

  private static int gold(Question question, List<String> passages) {
    List<String> plain = passages.stream().map(Whitespace::normalise).toList();
    return plain.indexOf(Whitespace.normalise(question.lecture())) + 1;
  }
}
