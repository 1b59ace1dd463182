package dev.fusebox.training.work;

import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.t5.tokenize.Tokenizer;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a stage reads of a question that was not there when it was planned: the texts of {@link
 * PredictionWork}, for one question.
 *
 * @param files where passages are retrieved from
 * @param dataset the training questions of which are the corpus where there is no other
 */
public record QuestionTexts(OpenedFiles files, Dataset dataset, DataSettings data) {

  /**
   * A question as a stage takes it in.
   *
   * @param tokens of the one question
   * @param pictures what is seen beside it; empty where nothing is
   */
  public record Read(Tokenised tokens, Optional<PictureFeatures> pictures) {}

  /**
   * A question as a stage takes it in.
   *
   * @param upstream what the earlier stage wrote; empty where gold text is read
   * @param own its picture; empty where the stage sees none
   * @param ofData the pictures of the training questions, which may stand before it
   */
  public Read read(
      StageSettings settings,
      Question question,
      Optional<String> upstream,
      Tokenizer tokenizer,
      Optional<PictureFeatures> own,
      Optional<PictureFeatures> ofData)
      throws IOException {
    Optional<SeenPictures> seen =
        own.map(picture -> new SeenPictures(picture, ofData.orElse(picture)));
    List<Question> alone = List.of(question);
    StageTexts texts =
        StageTexts.of(
            settings,
            alone,
            upstream.map(text -> Map.of(question.id(), text)),
            PromptAids.of(files, settings, dataset, data, alone, seen));
    return new Read(
        Tokenised.of(texts, tokenizer),
        seen.map(pictures -> pictures.with(List.of(texts), settings.shots(), tokenizer)));
  }

  /** The passages that are retrieved for a question, the best first. */
  public List<String> passages(RetrievalSettings retrieval, Question question) throws IOException {
    return Passages.of(files, Optional.of(retrieval), dataset, data, List.of(question))
        .get(question.id());
  }

  /**
   * What each option would be written as, to be compared though the stage does not rank them: the
   * output as far as it names the answer, behind what the stage wrote before that. Empty for an
   * output without an answer.
   *
   * @param written by the stage, for the same question
   */
  public static Optional<Example.Options> options(
      StageSettings settings, Question question, String written, Tokenizer tokenizer) {
    OutputFormat output = settings.format().output();
    if (!output.writesAnswer()) {
      return Optional.empty();
    }
    String before = written.substring(0, Math.max(0, written.indexOf(AnswerPattern.BEGINNING)));
    int longest = settings.target().maxTokens();
    List<int[]> texts =
        IntStream.range(0, question.choices().size())
            .mapToObj(option -> tokenizer.encode(before + AnswerPattern.naming(option)))
            .map(ids -> output.isAnswerAlone() ? ids : Arrays.copyOf(ids, ids.length - 1))
            .map(ids -> Tokenizer.cut(ids, longest))
            .toList();
    return Optional.of(new Example.Options(texts, question.answer()));
  }
}
