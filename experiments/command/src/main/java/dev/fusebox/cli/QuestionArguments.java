package dev.fusebox.cli;

import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.Question;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say what is asked: a question of the data, changes of it, or one made up. */
final class QuestionArguments {

  @Option(names = "--question", paramLabel = "ID", description = "A question of the data.")
  private Optional<String> id = Optional.empty();

  @Option(
      names = "--text",
      paramLabel = "TEXT",
      description = "A question of your own; with --question, a new wording for that one.")
  private Optional<String> text = Optional.empty();

  @Option(
      names = "--options",
      paramLabel = "\"A | B\"",
      description = "Its options, separated by |.")
  private Optional<String> options = Optional.empty();

  @Option(names = "--hint", paramLabel = "TEXT", description = "Its context.")
  private Optional<String> hint = Optional.empty();

  @Option(names = "--right", paramLabel = "LETTER", description = "Its right option, if you know.")
  private Optional<String> right = Optional.empty();

  @ArgGroup(multiplicity = "0..1")
  private Picture picture = new Picture();

  @Option(
      names = "--rationale",
      paramLabel = "TEXT",
      description = "A rationale for the last stage to read instead of the generated one.")
  private Optional<String> rationale = Optional.empty();

  /** Another picture: one of three. */
  private static final class Picture {

    @Option(
        names = "--picture",
        paramLabel = "FILE",
        description = "Ask with this picture, through the run's own backbone.")
    private Optional<Path> file = Optional.empty();

    @Option(
        names = "--picture-of",
        paramLabel = "ID",
        description = "Ask with the picture of another question of the data.")
    private Optional<String> other = Optional.empty();

    @Option(names = "--no-picture", description = "Ask without the picture.")
    private boolean none;

    Optional<ChosenPicture> chosen(QuestionIndex index) {
      if (file.isPresent() && !Files.isRegularFile(file.get())) {
        throw new UserError("--picture " + file.get() + ": there is no such file");
      }
      return file.<ChosenPicture>map(ChosenPicture.Given::new)
          .or(() -> other.map(each -> new ChosenPicture.Of(index.question(each))))
          .or(() -> none ? Optional.of(new ChosenPicture.None()) : Optional.empty());
    }
  }

  /** Whether anything is asked at all. */
  boolean asks() {
    return id.isPresent() || text.isPresent();
  }

  /**
   * What is asked. What is not said stays as it was before.
   *
   * @param before what was asked before; empty if nothing was
   */
  Asking asking(QuestionIndex index, Optional<Asking> before) {
    Asking ground =
        id.map(each -> Asking.of(index.question(each)))
            .or(() -> text.isPresent() && options.isPresent() ? Optional.of(typed()) : before)
            .orElseThrow(() -> new UserError(nothing()));
    Question old = ground.question();
    List<String> choices = options.map(QuestionArguments::split).orElse(old.choices());
    OptionalInt answer = answer(ground, choices);
    Question changed =
        new Question(
            old.id(),
            text.orElse(old.question()),
            choices,
            answer.orElse(0),
            hint.orElse(old.hint()),
            old.picture(),
            old.lecture(),
            old.solution(),
            old.subject(),
            old.grade(),
            old.caption());
    return new Asking(
        changed,
        picture.chosen(index).orElse(ground.picture()),
        rationale.or(
            () -> text.isPresent() || id.isPresent() ? Optional.empty() : ground.rationale()),
        answer);
  }

  private String nothing() {
    return text.isPresent()
        ? "--text needs its options: --options \"one | another\""
        : "nothing to ask: give --question ID, or --text TEXT with --options \"one | another\"";
  }

  private Asking typed() {
    return Asking.typed(text.orElseThrow(), split(options.orElseThrow()), hint.orElse(""));
  }

  private static List<String> split(String options) {
    List<String> all = Arrays.stream(options.split("\\|", -1)).map(String::strip).toList();
    if (all.size() < 2 || all.size() > Question.MOST_CHOICES || all.contains("")) {
      throw new UserError(
          "--options must be 2 to %d texts separated by |, found %s"
              .formatted(Question.MOST_CHOICES, options));
    }
    return all;
  }

  /** As said; else the option that was right before, wherever it stands now. */
  private OptionalInt answer(Asking ground, List<String> choices) {
    if (right.isPresent()) {
      int option =
          right.get().length() == 1 ? Character.toUpperCase(right.get().charAt(0)) - 'A' : -1;
      if (option < 0 || option >= choices.size()) {
        throw new UserError(
            "--right must be a letter from A to %s, found %s"
                .formatted(Question.letter(choices.size() - 1), right.get()));
      }
      return OptionalInt.of(option);
    }
    if (ground.right().isEmpty()) {
      return OptionalInt.empty();
    }
    int at = choices.indexOf(ground.question().choices().get(ground.question().answer()));
    return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
  }
}
