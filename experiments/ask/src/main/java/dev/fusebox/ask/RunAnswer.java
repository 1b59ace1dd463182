package dev.fusebox.ask;

import dev.fusebox.file.Whitespace;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.mark.Grader;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.questions.picture.PictureFeatures;
import dev.fusebox.questions.retrieve.NamedPassage;
import dev.fusebox.training.batch.Example;
import dev.fusebox.training.recipe.DecodingMode;
import dev.fusebox.training.recipe.RetrievalSettings;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.task.Predicted;
import dev.fusebox.training.task.PredictionTask;
import dev.fusebox.training.task.StageProgress;
import dev.fusebox.training.work.QuestionTexts;
import dev.fusebox.training.work.Tokenised;
import dev.fusebox.training.write.OpenedStage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/** One run's way from a question to its answer, stage by stage. */
final class RunAnswer {

  private final OpenedRuns runs;
  private final FinishedRun run;
  private final Asking asking;
  private final OpenedRuns.Listener listener;
  private final List<StageAnswer> stages = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private List<Double> probabilities = List.of();

  RunAnswer(OpenedRuns runs, FinishedRun run, Asking asking, OpenedRuns.Listener listener) {
    this.runs = runs;
    this.run = run;
    this.asking = asking;
    this.listener = listener;
  }

  Answer answer() throws IOException {
    List<String> chain = run.chain();
    String last = chain.get(chain.size() - 1);
    Optional<String> upstream = givenRationale();
    if (upstream.isEmpty()) {
      for (String part : chain.subList(0, chain.size() - 1)) {
        StageAnswer written = ask(part, upstream);
        stages.add(written);
        upstream = Optional.of(written.text());
      }
    }
    stages.add(ask(last, upstream));
    note();
    Question question = asking.question();
    return new Answer(
        run.title(),
        stages,
        Grader.option(question, stages.get(stages.size() - 1).text()),
        probabilities,
        scored(run.settings(last)),
        notes);
  }

  /** What the last stage reads, if whoever asked has said so. */
  private Optional<String> givenRationale() {
    StageSettings last = run.settings(run.recipe().lastStage());
    if (asking.rationale().isEmpty() || !last.readsAnother()) {
      return Optional.empty();
    }
    String text = asking.rationale().get();
    stages.add(StageAnswer.given(last.from().orElse("rationale"), text));
    return Optional.of(text);
  }

  private StageAnswer ask(String part, Optional<String> upstream) throws IOException {
    StageSettings settings = run.settings(part);
    Optional<PictureFeatures> source = runs.pictures(run, settings);
    PredictionTask task = runs.task(run, part, source);
    OpenedStage stage = runs.stage(run, task, () -> listener.does(part + ": loading"));
    Optional<PictureFeatures> own = Optional.empty();
    if (source.isPresent()) {
      listener.does(part + ": looking");
      own = Optional.of(runs.chosen(run, settings, asking, source.get()));
    }
    listener.does(part + (settings.decoding().mode().ranks() ? ": ranking" : ": writing"));
    QuestionTexts.Read question =
        runs.texts(run).read(settings, asking.shown(), upstream, stage.tokenizer(), own, source);
    Tokenised read = question.tokens();
    Optional<PictureFeatures> picture = question.pictures();
    Example example = read.examples().get(0);
    Predicted predicted =
        stage.predict(task.asking(read.examples(), picture), StageProgress.SILENT);
    String text = predicted.predictions().get(0).text();
    if (part.equals(run.recipe().lastStage())) {
      probabilities = probabilities(settings, stage, example, picture, predicted);
    }
    return new StageAnswer(
        part,
        text,
        false,
        read.cutSources() > 0,
        stage.gates(example, picture),
        predicted.attention().stream().findFirst());
  }

  private List<Double> probabilities(
      StageSettings settings,
      OpenedStage stage,
      Example example,
      Optional<PictureFeatures> picture,
      Predicted predicted) {
    if (!predicted.options().isEmpty()) {
      return predicted.options().get(0).probabilities();
    }
    return QuestionTexts.options(
            settings, asking.question(), predicted.predictions().get(0).text(), stage.tokenizer())
        .map(options -> ranked(example, options))
        .map(each -> stage.probabilities(each, picture, DecodingMode.RANKED))
        .orElse(List.of());
  }

  private static Example ranked(Example example, Example.Options options) {
    return new Example(
        example.id(),
        example.source(),
        example.target(),
        example.targetText(),
        Optional.of(options));
  }

  private static String scored(StageSettings last) {
    return switch (last.decoding().mode()) {
      case RANKED -> "of the options' texts, as ranked by the run";
      case RANKED_PER_TOKEN -> "of the options' texts per token, as ranked by the run";
      default -> "of the letter after \"The answer is\"";
    };
  }

  private void note() throws IOException {
    StageSettings last = run.settings(run.recipe().lastStage());
    if (asking.rationale().isPresent() && !last.readsAnother()) {
      notes.add("it reads no rationale, so the given one makes no difference");
    }
    for (String part : run.chain()) {
      note(part, run.settings(part));
    }
    if (run.recipe().retrieval().isPresent()) {
      notePassage(run.recipe().retrieval().get());
    }
    if (run.looks().isEmpty() && !(asking.picture() instanceof ChosenPicture.Own)) {
      notes.add("it sees no picture, so another one makes no difference");
    }
    for (StageAnswer stage : stages) {
      if (stage.cut()) {
        notes.add(stage.part() + ": the question is too long and was truncated");
      }
    }
  }

  /** Which of the passages the answer names by its words. */
  private void notePassage(RetrievalSettings retrieval) throws IOException {
    List<String> passages = runs.texts(run).passages(retrieval, asking.shown());
    if (passages.size() < 2) {
      return;
    }
    String answer = stages.get(stages.size() - 1).text();
    OptionalInt option = Grader.option(asking.question(), answer);
    String chosen = option.isPresent() ? asking.question().choices().get(option.getAsInt()) : "";
    String written = stages.stream().map(StageAnswer::text).collect(Collectors.joining(" "));
    OptionalInt named = NamedPassage.of(chosen + " " + written, passages);
    notes.add(
        named.isPresent()
            ? "of %d passages retrieved, the answer names number %d: %s"
                .formatted(
                    passages.size(),
                    named.getAsInt() + 1,
                    Whitespace.normalise(passages.get(named.getAsInt())))
            : "of %d passages retrieved, the answer names none".formatted(passages.size()));
  }

  private void note(String part, StageSettings settings) {
    if (settings.decoding().mode() == DecodingMode.TEACHER_FORCED) {
      notes.add(part + ": was tested with teacher forcing, and generates freely here");
    }
    if (settings.control() != Control.NONE && settings.seesPictures()) {
      notes.add(
          "%s: control = %s, so it does not see the picture itself"
              .formatted(part, settings.control().name().toLowerCase(Locale.ROOT)));
    }
    boolean without = asking.picture() instanceof ChosenPicture.Given;
    if (settings.features().withCaptions() && without) {
      notes.add(part + ": reads captions, and a new picture has none");
    }
  }
}
