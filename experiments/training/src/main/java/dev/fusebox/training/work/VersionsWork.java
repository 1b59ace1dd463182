package dev.fusebox.training.work;

import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionVersion;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.ChangedAnswer;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.task.VersionAnswer;
import dev.fusebox.training.work.TrainedStage.AskedQuestions;
import dev.fusebox.training.work.TrainedStage.Written;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Asks a trained stage the test questions in every version. The earlier stage wrote for every
 * version, or for the questions as they are.
 */
public record VersionsWork(TrainedStage stage, EveryVersion every) implements Stage.Work {

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Optional<Map<String, String>> rationales = stage.rationales(inputs);
    List<QuestionVersion> versions =
        versions(
            Split.TEST.questions(stage.dataset(inputs), stage.recipe().data()),
            rationales.orElse(Map.of()));
    Written written =
        stage.ask(
            new AskedQuestions(
                versions.stream().map(QuestionVersion::asked).toList(),
                rationales.map(texts -> rationales(versions, texts)),
                0,
                stage.seen(() -> pictures(inputs, versions)),
                stage.seed()),
            inputs,
            progress);
    List<Prediction> predictions = written.keep(directory);
    if (stage.answers()) {
      VersionsFile.write(directory.resolve(VersionsFile.NAME), answers(versions, predictions));
    }
    return written.figures();
  }

  private List<QuestionVersion> versions(List<Question> questions, Map<String, String> rationales) {
    return questions.stream()
        .flatMap(one -> every.of(one, rationales.getOrDefault(one.id(), ""), 0).stream())
        .toList();
  }

  private static Map<String, String> rationales(
      List<QuestionVersion> versions, Map<String, String> written) {
    Map<String, String> texts = new HashMap<>();
    for (QuestionVersion version : versions) {
      String id = version.asked().id();
      texts.put(id, version.rationale().orElseGet(() -> written.get(id)));
    }
    return texts;
  }

  private PictureFeatures pictures(Function<Stage, Path> inputs, List<QuestionVersion> versions)
      throws IOException {
    PictureFeatures lent =
        new LentPictures(stage.pictures(inputs), byId(versions, QuestionVersion::question));
    return stage.moved(lent, byId(versions, QuestionVersion::origins));
  }

  private static <T> Map<String, T> byId(
      List<QuestionVersion> versions, Function<QuestionVersion, T> what) {
    return versions.stream().collect(Collectors.toMap(each -> each.asked().id(), what));
  }

  private List<VersionAnswer> answers(
      List<QuestionVersion> versions, List<Prediction> predictions) {
    List<VersionAnswer> answers = new ArrayList<>();
    for (int i = 0; i < versions.size(); i++) {
      QuestionVersion version = versions.get(i);
      int place = AnswerPattern.option(predictions.get(i).text()).orElse(ChangedAnswer.NONE);
      boolean named = place >= 0 && place < version.origins().size();
      answers.add(
          new VersionAnswer(
              every,
              version.question(),
              version.number(),
              named ? version.origins().get(place) : ChangedAnswer.NONE));
    }
    return answers;
  }
}
