package dev.fusebox.ask.page;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.ask.AskedRuns;
import dev.fusebox.ask.ChosenPicture;
import dev.fusebox.ask.FinishedRun;
import dev.fusebox.ask.QuestionIndex;
import dev.fusebox.ask.collect.AskedQuestion;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.picture.PictureFiles;
import dev.fusebox.training.recipe.StageSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page shows of runs and data. Everything is looked up by name in what was found at the
 * start: a request never becomes a path.
 */
final class PageView {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int LISTED = 40;
  private static final int MISSING = 404;

  private final AskedRuns runs;
  private final QuestionIndex questions;
  private final Map<String, Path> pictures;
  private final Map<String, String> refusals = new LinkedHashMap<>();

  PageView(AskedRuns runs) throws IOException {
    this.runs = runs;
    this.questions = runs.questions();
    this.pictures = inside(runs.root(), PictureFiles.ifAny(runs.root()));
    for (FinishedRun run : runs.runs()) {
      refusals.put(run.id(), runs.refusal(run).orElse(""));
    }
  }

  /**
   * The pictures that lie in the data. A file of questions may name any file, and a link may lead
   * anywhere: what lies elsewhere is not shown.
   */
  static Map<String, Path> inside(Path data, Map<String, Path> pictures) throws IOException {
    Path root = data.toRealPath();
    Map<String, Path> inside = new LinkedHashMap<>();
    for (Map.Entry<String, Path> picture : pictures.entrySet()) {
      if (picture.getValue().toRealPath().startsWith(root)) {
        inside.put(picture.getKey(), picture.getValue());
      }
    }
    return inside;
  }

  /** The runs that can be asked, and what there is to ask them of. */
  ObjectNode state(Path collected) {
    ObjectNode state = JSON.createObjectNode();
    ArrayNode all = state.putArray("runs");
    for (FinishedRun run : runs.runs()) {
      ObjectNode node = all.addObject().put("id", run.id()).put("title", run.title());
      node.put("experiment", run.record().experiment()).put("fusion", run.record().fusion());
      Optional<StageSettings> looking = run.looks().map(run::settings);
      node.put("features", looking.map(each -> each.features().source().label()).orElse(""));
      node.put("percent", run.record().accuracy().percent());
      node.put("tested", run.record().accuracy().questions());
      node.put("looks", looking.isPresent());
      node.put("noUpload", refusals.get(run.id()));
      node.put("readsRationale", run.chain().size() > 1);
    }
    questions.splits().forEach(state.putArray("splits")::add);
    state.put("tested", runs.runs().get(0).record().data().test().split());
    state.put("collected", collected.toString());
    state.put("mostBytes", Uploads.MOST_BYTES);
    return state;
  }

  /** The first questions of a split that hold some words, and how many there are. */
  ObjectNode listed(String split, String words) {
    List<Question> found = questions.search(split, words);
    ObjectNode node = JSON.createObjectNode().put("count", found.size());
    ArrayNode some = node.putArray("questions");
    found.stream()
        .limit(LISTED)
        .forEach(
            each ->
                some.addObject()
                    .put("id", each.id())
                    .put("question", each.question())
                    .put("picture", each.picture()));
    return node;
  }

  /** A question of the data, whole. */
  ObjectNode question(String id) {
    Question question =
        questions.find(id).orElseThrow(() -> new Refusal(MISSING, "there is no such question"));
    ObjectNode node = JSON.createObjectNode().put("id", question.id());
    node.put("question", question.question());
    question.choices().forEach(node.putArray("choices")::add);
    return node.put("answer", question.answer())
        .put("hint", question.hint())
        .put("picture", question.picture())
        .put("shown", pictures.containsKey(question.id()))
        .put("solution", question.solution());
  }

  /** The file of a question's picture. */
  Path picture(String id) {
    return Optional.ofNullable(pictures.get(id))
        .orElseThrow(() -> new Refusal(MISSING, "there is no such picture"));
  }

  /** The file of the picture that a question was asked with, if it had one that is a file. */
  Optional<Path> pictureOf(AskedQuestion question) {
    ChosenPicture picture = question.asking().picture();
    if (picture instanceof ChosenPicture.Given given) {
      if (!Files.exists(given.file())) {
        throw new Refusal(MISSING, "its picture is no longer here; upload it again and ask");
      }
      return Optional.of(given.file());
    }
    if (picture instanceof ChosenPicture.Of other) {
      return Optional.ofNullable(pictures.get(other.other().id()));
    }
    return picture instanceof ChosenPicture.None
        ? Optional.empty()
        : Optional.ofNullable(pictures.get(question.asking().question().id()));
  }
}
