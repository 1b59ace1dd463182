package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaDataset;
import dev.fusebox.questions.prompt.PromptBuilder;
import dev.fusebox.questions.prompt.PromptFormat;
import dev.fusebox.questions.prompt.PromptLines;
import dev.fusebox.questions.prompt.Rationales;
import dev.fusebox.questions.prompt.TextPair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code fusebox prompts}. */
@Command(
    name = "prompts",
    description = {
      "Show prompts: what a model reads and should generate.",
      "One line of JSON for each question: pid, source, target."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example: fusebox prompts --data DIR --format QCM-E --split test --first 3"})
public final class PromptsCommand implements Callable<Integer> {

  @Mixin private DataArguments data;

  @Option(
      names = "--format",
      required = true,
      paramLabel = "LETTERS",
      description = "Input and output as letters: QCM-A, QCM-E, QCMG-A and so on.")
  private String letters;

  @Option(
      names = "--split",
      defaultValue = "test",
      paramLabel = "NAME",
      description = "The split; default: ${DEFAULT-VALUE}.")
  private String split;

  @Option(names = "--captions", description = "Add the picture's caption to the context.")
  private boolean captions;

  @Option(
      names = "--caption-file",
      paramLabel = "FILE",
      description = "A captions file other than captions.json; implies --captions.")
  private Optional<Path> captionFile = Optional.empty();

  @Option(
      names = "--rationales",
      paramLabel = "FILE",
      description = "Texts to insert for G: predictions.jsonl, {id: text}, or mm-cot's file.")
  private Optional<Path> rationales = Optional.empty();

  @Option(
      names = "--no-lecture",
      description = "Insert only the gold solution for G, without the lecture.")
  private boolean noLecture;

  @ArgGroup private Shown shown = new Shown();

  private static final class Shown {
    @Option(names = "--first", paramLabel = "N", description = "Only the first N questions.")
    private int first = Integer.MAX_VALUE;

    @Option(
        names = "--sha256",
        description = "Only the hash over all: pid \\x01 source \\x01 target \\x00 of each.")
    private boolean sha256;
  }

  @Override
  public Integer call() throws IOException {
    Dataset dataset =
        captionFile.isPresent()
            ? ScienceQaDataset.open(data.path(), captionFile.get())
            : data.open();
    List<Question> questions = dataset.split(split);
    PromptLines lines =
        new PromptLines(
            questions.subList(0, Math.min(shown.first, questions.size())), prompts(questions));
    if (shown.sha256) {
      System.out.println(lines.sha256());
    } else {
      lines.write(System.out);
    }
    return 0;
  }

  private Function<Question, TextPair> prompts(List<Question> questions) throws IOException {
    PromptFormat format = format();
    PromptBuilder builder =
        new PromptBuilder(format, captions || captionFile.isPresent(), !noLecture);
    if (rationales.isEmpty()) {
      return builder::prompt;
    }
    if (!format.input().readsRationale()) {
      throw new UserError(
          "--rationales: format " + format + " has no G in its input to put them; QCMG-A has");
    }
    Rationales texts = Rationales.read(rationales.get(), questions);
    return question -> builder.prompt(question, texts.of(question));
  }

  private PromptFormat format() {
    try {
      return PromptFormat.parse(letters);
    } catch (IllegalArgumentException e) {
      throw new UserError("--format " + letters + ": " + e.getMessage(), e);
    }
  }
}
