package dev.fusebox.ask.collect;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.ask.Answer;
import dev.fusebox.ask.Asking;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.file.JsonFiles;
import dev.fusebox.file.UserError;
import dev.fusebox.file.WholeFile;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.collected.CollectedChange;
import dev.fusebox.questions.collected.CollectedFolder;
import dev.fusebox.questions.mark.AnswerPattern;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.PredictionFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A folder of questions that fooled a run, in ScienceQA's own layout: {@code problems.json}, {@code
 * pid_splits.json} (all of them are {@code test}), {@code captions.json} and {@code
 * images/test/ID/image.png} or {@code .jpg}. Beside them lie {@code changes.jsonl}, a line per
 * question with what was changed and what each run answered, and {@code answers/RUN.jsonl}, what
 * each run wrote, as {@code fusebox score} reads it. Processes may share it.
 */
public final class CollectedQuestions {

  private static final String PROBLEMS = "problems.json";
  private static final String SPLITS = "pid_splits.json";
  private static final String CAPTIONS = "captions.json";
  private static final String JPG = "image.jpg";
  private static final String PNG = "image.png";
  private static final String NO_PICTURE = "";
  private static final ObjectMapper LINES = new ObjectMapper();

  private final Path folder;
  private final CollectedFolder files;

  /** A folder, made with the first question. */
  public CollectedQuestions(Path folder) {
    this.folder = folder;
    this.files = new CollectedFolder(folder);
  }

  public Path folder() {
    return folder;
  }

  /**
   * Keeps a question.
   *
   * @param picture the file of its picture, if there is one
   * @return its id here
   * @throws UserError if no run was fooled, nothing was changed, or nobody said what is right
   */
  public synchronized String add(AskedQuestion asked, Optional<Path> picture) throws IOException {
    if (asked.asking().right().isEmpty()) {
      throw new UserError("mark the right option first: without it no run was fooled");
    }
    if (asked.changes().isEmpty()) {
      throw new UserError("nothing was changed: this question is already in the data");
    }
    if (asked.fooled().isEmpty()) {
      throw new UserError("no run was fooled: all of them answered correctly");
    }
    Files.createDirectories(folder);
    try (FileChannel channel =
            FileChannel.open(
                folder.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      assert lock.isValid();
      return write(asked, picture);
    }
  }

  private String write(AskedQuestion asked, Optional<Path> picture) throws IOException {
    ObjectNode problems = read(PROBLEMS);
    String id = free(problems);
    String image =
        picture.map(file -> file.toString().endsWith(".jpg") ? JPG : PNG).orElse(NO_PICTURE);
    if (picture.isPresent()) {
      byte[] bytes = Files.readAllBytes(picture.get());
      WholeFile.write(
          folder.resolve("images/test").resolve(id).resolve(image), out -> out.write(bytes));
    }
    problems.set(id, problem(asked, image));
    ObjectNode captions = read(CAPTIONS);
    captions
        .withObject("captions")
        .put(id, asked.asking().picture().caption(asked.asking().question()));
    ObjectNode splits = read(SPLITS);
    splits.withArray("train");
    splits.withArray("val");
    splits.withArray("test").add(id);
    answers(asked, id);
    append(files.changesFile(), LINES.writeValueAsString(change(asked, id)));
    JsonFiles.write(folder.resolve(CAPTIONS), captions);
    JsonFiles.write(folder.resolve(PROBLEMS), problems);
    JsonFiles.write(folder.resolve(SPLITS), splits); // last: with it the question is there
    return id;
  }

  private ObjectNode read(String name) throws IOException {
    Path file = folder.resolve(name);
    if (!Files.exists(file)) {
      return LINES.createObjectNode();
    }
    if (JsonFiles.read(file) instanceof ObjectNode node) {
      return node;
    }
    throw new UserError(file + ": must be an object; nothing was added to it");
  }

  private static String free(ObjectNode problems) {
    int number = problems.size() + 1;
    while (problems.has("adversarial-" + number)) {
      number++;
    }
    return "adversarial-" + number;
  }

  private static ObjectNode problem(AskedQuestion asked, String image) {
    Question question = asked.asking().question();
    ObjectNode node = LINES.createObjectNode().put("question", question.question());
    question.choices().forEach(node.putArray("choices")::add);
    node.put("answer", question.answer()).put("hint", question.hint());
    node.put("image", image).put("task", "closed choice");
    node.put("grade", question.grade()).put("subject", question.subject());
    node.put("lecture", question.lecture());
    boolean solved = List.of(Change.ORDER).containsAll(asked.changes());
    return node.put("solution", solved ? question.solution() : "").put("split", "test");
  }

  private static ObjectNode change(AskedQuestion asked, String id) {
    ObjectNode line = LINES.createObjectNode().put("id", id);
    line.put("from", asked.origin().map(Question::id).orElse(null));
    ArrayNode changes = line.putArray("changes");
    asked.changes().forEach(change -> changes.add(change.label()));
    if (asked.asking().picture() instanceof ChosenPicture.Of other) {
      line.put("pictureOf", other.other().id());
    }
    asked.asking().rationale().ifPresent(text -> line.put("rationale", text));
    line.put("right", asked.asking().question().answer());
    ObjectNode answers = line.putObject("answers");
    asked.answers().forEach((run, answer) -> answers.set(run, answer(answer, asked)));
    return line.put("kept", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
  }

  private static ObjectNode answer(Answer answer, AskedQuestion asked) {
    ObjectNode node = LINES.createObjectNode().put("text", answer.text());
    answer
        .option()
        .ifPresentOrElse(option -> node.put("option", option), () -> node.putNull("option"));
    answer.probabilities().forEach(node.putArray("probabilities")::add);
    return node.put("fooled", !answer.option().equals(asked.asking().right()));
  }

  private void answers(AskedQuestion asked, String id) throws IOException {
    int right = asked.asking().question().answer();
    for (Map.Entry<String, Answer> each : asked.answers().entrySet()) {
      List<Prediction> lines = new ArrayList<>(files.answers(each.getKey()));
      lines.add(prediction(id, each.getValue(), right));
      PredictionFile.write(files.answersFile(each.getKey()), lines);
    }
  }

  private static Prediction prediction(String id, Answer answer, int right) {
    return new Prediction(id, answer.text(), AnswerPattern.naming(right));
  }

  /**
   * Keeps what a run answers now, in place of what it answered before.
   *
   * @param run its id
   * @param answers to questions of the folder; those that are missing it could not answer
   */
  public void answered(String run, Map<CollectedQuestion, Answer> answers) throws IOException {
    List<Prediction> lines = new ArrayList<>();
    answers.forEach(
        (question, answer) ->
            lines.add(prediction(question.id(), answer, question.asking().right().orElseThrow())));
    PredictionFile.write(files.answersFile(run), lines);
  }

  private static void append(Path file, String line) throws IOException {
    String before = Files.exists(file) ? Files.readString(file) : "";
    JsonFiles.text(file, before + line + "\n");
  }

  /**
   * The questions of the folder as they were asked.
   *
   * @param data of the runs that they are to be asked: where a question kept its picture, or got
   *     that of another, runs see what they would see of it there
   * @throws UserError if there is no such folder
   */
  public List<CollectedQuestion> all(QuestionIndex data) throws IOException {
    Map<String, CollectedChange> changes = files.changes();
    List<CollectedQuestion> all = new ArrayList<>();
    for (Question question : files.questions()) {
      CollectedChange change = CollectedFolder.changeOf(question, changes);
      all.add(new CollectedQuestion(question.id(), asking(question, change, data)));
    }
    return all;
  }

  private Asking asking(Question question, CollectedChange change, QuestionIndex data) {
    Optional<Question> origin = change.from().flatMap(data::find);
    return new Asking(
        origin.map(known -> question.called(known.id())).orElse(question),
        picture(question, change, origin, data),
        change.rationale(),
        OptionalInt.of(question.answer()));
  }

  private ChosenPicture picture(
      Question question, CollectedChange change, Optional<Question> origin, QuestionIndex data) {
    Optional<Question> other = change.pictureOf().flatMap(data::find);
    if (other.isPresent()) {
      return new ChosenPicture.Of(other.get());
    }
    Path images = folder.resolve("images/test").resolve(question.id());
    boolean brought = change.kinds().contains(Change.NEW_PICTURE.label());
    if (question.picture() && (brought || origin.isEmpty())) {
      Path jpg = images.resolve(JPG);
      return new ChosenPicture.Given(Files.exists(jpg) ? jpg : images.resolve(PNG));
    }
    return change.kinds().contains(Change.NO_PICTURE.label())
        ? new ChosenPicture.None()
        : new ChosenPicture.Own();
  }
}
