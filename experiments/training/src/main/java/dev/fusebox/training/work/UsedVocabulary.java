package dev.fusebox.training.work;

import dev.fusebox.file.CodeVersion;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.prompt.InputFormat;
import dev.fusebox.questions.prompt.OutputFormat;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.t5.tokenize.PrunedTokenizer;
import dev.fusebox.training.recipe.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tokenizers cut down to the pieces of a training split: of everything that any format reads or
 * writes, so that all stages and variants of an experiment share one. Kept in files that are named
 * by the hash of what they are made from. Safe for threads.
 */
final class UsedVocabulary {

  private static final PromptBuilder EVERYTHING =
      new PromptBuilder(PromptFormat.parse("QCMLE-AEL"), true, true);

  private final Path folder;
  private final String code =
      CodeVersion.of(PrunedTokenizer.class, List.of("dev/fusebox/t5/tokenize/"))
          + CodeVersion.of(PromptBuilder.class, List.of("dev/fusebox/questions/prompt/"))
          + CodeVersion.of(
              UsedVocabulary.class, List.of("dev/fusebox/training/work/UsedVocabulary"));

  /** A place for them, which need not be there yet. */
  UsedVocabulary(Path folder) {
    this.folder = folder;
  }

  /**
   * The tokenizer's file, made where it is not there yet.
   *
   * @param data says which is the training split, all of which counts; where it names a draw, the
   *     questions of that draw alone
   */
  synchronized Path of(Path tokenizer, Dataset dataset, DataSettings data) throws IOException {
    String split = Split.TRAIN.name(data);
    Fingerprint key =
        new Fingerprint().add(code).add(tokenizer).add(dataset.fingerprint()).add(split);
    List<Question> questions = dataset.split(split);
    if (data.draw().isPresent()) {
      questions = Split.TRAIN.questions(dataset, data);
      questions.forEach(question -> key.add(question.id()));
    }
    Path file =
        folder.resolve("vocabulary-" + key.hex().substring(0, 32)).resolve("tokenizer.json");
    if (!Files.exists(file)) {
      byte[] pruned = PrunedTokenizer.of(tokenizer, texts(questions));
      Files.createDirectories(file.getParent());
      WholeFile.write(file, output -> output.write(pruned));
    }
    return file;
  }

  private static Stream<String> texts(List<Question> questions) {
    Stream<String> words =
        questions.stream()
            .flatMap(
                question ->
                    Stream.concat(
                        Stream.of(
                            EVERYTHING.prompt(question).source(),
                            EVERYTHING.prompt(question).target()),
                        question.choices().stream()));
    Stream<String> answers =
        IntStream.range(0, Question.MOST_CHOICES)
            .mapToObj(
                option -> "(" + Question.letter(option) + ") " + AnswerPattern.naming(option));
    return Stream.of(
            words, answers, questions.stream().limit(1).flatMap(UsedVocabulary::inAllFormats))
        .flatMap(each -> each);
  }

  /** The words that prompts are made of, whatever the question. */
  private static Stream<String> inAllFormats(Question question) {
    return Arrays.stream(InputFormat.values())
        .flatMap(
            input ->
                Arrays.stream(OutputFormat.values())
                    .map(output -> new PromptBuilder(new PromptFormat(input, output), true, true)))
        .map(builder -> builder.prompt(question))
        .flatMap(prompt -> Stream.of(prompt.source(), prompt.target()));
  }
}
