package dev.fusebox.lab.ablation;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.Spelling;
import dev.fusebox.file.UserError;
import dev.fusebox.lab.result.Claim;
import dev.fusebox.questions.Category;
import dev.fusebox.questions.DataSettings;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Question;
import dev.fusebox.questions.ScienceQaCategory;
import dev.fusebox.questions.SharedQuestions;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.Split;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.work.OpenedFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is in the data that changes what a result means: questions that are in two splits, options
 * that cannot be told apart, captions that are not there. What makes a result meaningless is an
 * error, the rest a note.
 */
final class DataNotes {

  private static final int SHOWN = 5;

  private final Path root;
  private final DataSettings settings;
  private final List<Question> train;
  private final List<Question> test;
  private final Dataset dataset;
  private final List<String> notes = new ArrayList<>();

  private DataNotes(Path root, DataSettings settings, List<Long> draws, Dataset dataset) {
    this.root = root;
    this.settings = settings;
    this.dataset = dataset;
    this.train = trained(draws);
    this.test = questions(Split.TEST);
  }

  /** The questions that any run learns from. */
  private List<Question> trained(List<Long> draws) {
    return draws.isEmpty()
        ? questions(Split.TRAIN)
        : draws.stream()
            .flatMap(draw -> questions(Split.TRAIN, settings.withDraw(draw)).stream())
            .distinct()
            .toList();
  }

  /** What one kind of data is used for. */
  private record Use(boolean validation, boolean captions) {

    static Use of(Recipe recipe) {
      return new Use(
          any(recipe, stage -> stage.training().validation().looks()),
          any(recipe, stage -> stage.features().withCaptions()));
    }

    private static boolean any(Recipe recipe, Predicate<StageSettings> what) {
      return recipe.pipeline().values().stream().anyMatch(what);
    }

    Use and(Use other) {
      return new Use(validation || other.validation, captions || other.captions);
    }
  }

  /**
   * A line for everything that is found.
   *
   * @throws UserError where the data make a result worth nothing
   */
  static List<String> of(Experiment experiment, OpenedFiles files) throws IOException {
    Map<DataSettings, Use> uses = new LinkedHashMap<>();
    for (Variant variant : experiment.variants()) {
      Recipe recipe = variant.recipe();
      if (recipe.data().root().isPresent()) {
        uses.merge(recipe.data(), Use.of(recipe), Use::and);
      } else { // what is generated is known to be sound
        requireRoomForDraws(recipe.data(), experiment.draws());
      }
    }
    boolean demo =
        experiment.variants().stream().anyMatch(each -> each.recipe().data().root().isEmpty());
    if (demo) { // whose questions are not there yet
      requireCategories(experiment, List.of(ScienceQaCategory.values()), "the demo data");
    }
    Set<String> notes = new LinkedHashSet<>();
    for (Map.Entry<DataSettings, Use> use : uses.entrySet()) {
      Path root = use.getKey().root().orElseThrow();
      DataNotes data = new DataNotes(root, use.getKey(), experiment.draws(), files.questions(root));
      notes.addAll(data.notes(use.getValue()));
      requireCategories(experiment, data.dataset.categories(), root.toString());
    }
    return List.copyOf(notes);
  }

  /** As reading the questions would, which are yet to be generated. */
  private static void requireRoomForDraws(DataSettings data, List<Long> draws) {
    if (data.draw().isPresent() || !draws.isEmpty()) {
      List<String> ids = DemoData.ids(data.demo(), Split.TRAIN.name(data));
      if (!ids.isEmpty()) { // of an unknown split the data tell, with those that there are
        data.drawnOf((int) ids.stream().filter(id -> !data.isHeldOut(id)).count());
      }
    }
  }

  /** Whatever the config compares among must be there, before anything is computed for it. */
  private static void requireCategories(
      Experiment experiment, List<? extends Category> categories, String data) {
    List<String> known = categories.stream().map(Category::label).toList();
    experiment.among().forEach(label -> require(label, known, "ablation.among = " + label, data));
    for (Claim claim : experiment.claims()) {
      if (!claim.among().isEmpty()) {
        require(claim.among(), known, "ablation.claim = " + claim, data);
      }
    }
  }

  private static void require(String label, List<String> known, String setting, String data) {
    if (!known.contains(label)) {
      throw new UserError(
          "%s: the questions of %s have no such category%s; known: %s"
              .formatted(setting, data, Spelling.hint(label, known), Spelling.list(known)));
    }
  }

  private List<String> notes(Use use) {
    refuseShared(test, train, "test", "training");
    if (use.validation()) {
      List<Question> validation = questions(Split.VALIDATION);
      refuseShared(validation, train, "validation", "training");
      refuseShared(validation, test, "validation", "test");
    }
    equalOptions();
    if (use.captions()) {
      captions();
    }
    return notes;
  }

  private List<Question> questions(Split split) {
    return questions(split, settings);
  }

  private List<Question> questions(Split split, DataSettings settings) {
    List<Question> questions = split.questions(dataset, settings);
    if (questions.isEmpty()) {
      throw new UserError(
          "%s: the %s split has no questions; data.splits names another"
              .formatted(root, split.name().toLowerCase(Locale.ROOT)));
    }
    return questions;
  }

  private void refuseShared(
      List<Question> some, List<Question> others, String name, String otherName) {
    SharedQuestions.of(some, others).refuse(root, name, otherName);
  }

  private void equalOptions() {
    List<String> ids =
        Stream.concat(train.stream(), test.stream())
            .filter(question -> distinct(question.choices()) < question.choices().size())
            .map(Question::id)
            .distinct()
            .toList();
    if (!ids.isEmpty()) {
      notes.add(
          "%d %s options that read the same, of which one counts as right: %s"
              .formatted(
                  ids.size(), ids.size() == 1 ? "question has" : "questions have", shown(ids)));
    }
  }

  private static int distinct(List<String> choices) {
    return new HashSet<>(choices.stream().map(String::strip).toList()).size();
  }

  /** Captions of pictures; where no question is said to have a picture, of all questions. */
  private void captions() {
    List<Question> all = Stream.concat(train.stream(), test.stream()).toList();
    boolean pictures = all.stream().anyMatch(Question::picture);
    List<Question> pictured = all.stream().filter(q -> q.picture() || !pictures).toList();
    List<String> without =
        pictured.stream().filter(q -> q.caption().isBlank()).map(Question::id).toList();
    String what = pictures ? "questions with a picture" : "questions";
    if (without.size() == pictured.size()) {
      throw new UserError(
          "%s: captions are asked for, and none of the %d %s has one; captions.json holds them"
              .formatted(root, pictured.size(), what));
    }
    if (!without.isEmpty()) {
      notes.add(
          "%d of %d %s have no caption: %s"
              .formatted(without.size(), pictured.size(), what, shown(without)));
    }
  }

  private static String shown(List<String> ids) {
    String first = ids.stream().limit(SHOWN).collect(Collectors.joining(", "));
    return ids.size() > SHOWN ? first + " and " + (ids.size() - SHOWN) + " more" : first;
  }
}
