package dev.fusebox.training.work;

import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.change.ChangedQuestion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.mark.AnswerForm;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.LentPictures;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.picture.ReframedPictures;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.task.ChangedAnswer;
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
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Lets a trained stage write for the test questions asked otherwise. What the earlier stage wrote
 * is for the questions as they are asked; of a change of the rationale, for the questions as they
 * are.
 */
public record ChangedWork(TrainedStage stage, QuestionChange change) implements Stage.Work {

  private static final AnswerForm SENTENCE = new AnswerForm.Sentence();

  @Override
  public Map<String, Number> run(
      Path directory, Function<Stage, Path> inputs, StageProgress progress) throws IOException {
    Dataset dataset = stage.dataset(inputs);
    List<ChangedQuestion> all =
        change.of(Split.TEST.questions(dataset, stage.recipe().data()), dataset::kinds);
    Optional<Map<String, String>> own = stage.rationales(inputs);
    Optional<Map<String, String>> rationales = rationales(all, own);
    List<ChangedQuestion> changed =
        all.stream().filter(each -> isChanged(each, own, rationales)).toList();
    Written written =
        stage.ask(
            new AskedQuestions(
                changed.stream().map(ChangedQuestion::asked).toList(),
                rationales,
                change.firstLetter(),
                stage.seen(() -> pictures(stage.place().path(inputs), changed)),
                stage.seed()),
            inputs,
            progress);
    List<Prediction> predictions = written.keep(directory);
    if (stage.answers()) {
      ChangedFile.write(directory.resolve(ChangedFile.NAME), answers(changed, predictions));
    }
    Map<String, Number> figures = written.figures();
    if (changed.size() < all.size()) {
      figures.put("unchanged", all.size() - changed.size());
    }
    return figures;
  }

  /**
   * A rationale that stays as it was, as one does that does not name the right option, would be
   * counted as one that the answer does not depend on. The gold one is read whatever was written.
   */
  private boolean isChanged(
      ChangedQuestion question,
      Optional<Map<String, String>> own,
      Optional<Map<String, String>> read) {
    String id = question.asked().id();
    return change.subject() != QuestionChange.Subject.RATIONALE
        || read.isEmpty()
        || !read.get().get(id).equals(own.orElseThrow().get(id));
  }

  private Optional<Map<String, String>> rationales(
      List<ChangedQuestion> changed, Optional<Map<String, String>> written) {
    if (written.isEmpty() || change == QuestionChange.GOLD_RATIONALE) {
      return Optional.empty();
    }
    Map<String, String> texts = new HashMap<>();
    for (ChangedQuestion each : changed) {
      String id = each.asked().id();
      texts.put(
          id, change.rationale(each, written.get().get(id), written.get().get(each.lender())));
    }
    return Optional.of(texts);
  }

  /** Under a control there is no picture to take away. */
  private PictureFeatures pictures(Path root, List<ChangedQuestion> changed) throws IOException {
    Control control = stage.settings().control();
    boolean noise = change == QuestionChange.NOISE_PICTURE && control == Control.NONE;
    PictureFeatures seen = stage.pictures(root, noise ? Control.NOISE : control);
    PictureFeatures own =
        stage.moved(
            control == Control.NONE ? framed(seen) : seen, byId(changed, ChangedQuestion::origins));
    if (change == QuestionChange.NO_PICTURE && control == Control.NONE) {
      return new LentPictures(own, Map.of());
    }
    return change == QuestionChange.PICTURE_OF_ANOTHER
        ? new LentPictures(own, byId(changed, ChangedQuestion::lender))
        : own;
  }

  private PictureFeatures framed(PictureFeatures pictures) {
    return change.framing().isPresent()
        ? ReframedPictures.of(pictures, change.framing().get())
        : pictures;
  }

  private static <T> Map<String, T> byId(
      List<ChangedQuestion> changed, Function<ChangedQuestion, T> what) {
    return changed.stream().collect(Collectors.toMap(each -> each.asked().id(), what));
  }

  private List<ChangedAnswer> answers(List<ChangedQuestion> changed, List<Prediction> predictions) {
    List<ChangedAnswer> answers = new ArrayList<>();
    for (int i = 0; i < changed.size(); i++) {
      ChangedQuestion question = changed.get(i);
      int place = place(question.asked(), predictions.get(i).text());
      answers.add(
          new ChangedAnswer(
              change,
              question.asked().id(),
              place,
              place == ChangedAnswer.NONE ? ChangedAnswer.NONE : question.origins().get(place),
              question.asked().choices().size()));
    }
    return answers;
  }

  /** Where options are ranked, the answer is named by its place, whatever its letter. */
  private int place(Question question, String text) {
    int letter = SENTENCE.option(question, text).orElse(ChangedAnswer.NONE);
    int place = stage.settings().decoding().mode().ranks() ? letter : letter - change.firstLetter();
    return place >= 0 && place < question.choices().size() ? place : ChangedAnswer.NONE;
  }
}
