package dev.fusebox.lab.ablation;

import dev.fusebox.file.Spelling;
import dev.fusebox.questions.change.EveryVersion;
import dev.fusebox.questions.change.QuestionChange;
import dev.fusebox.questions.picture.Control;
import dev.fusebox.training.recipe.Recipe;
import dev.fusebox.training.recipe.StageSettings;
import dev.fusebox.training.recipe.TestSettings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tests that are asked for and change nothing in any variant: their tables would just be missing.
 */
final class IdleTests {

  /** What a test needs of a recipe. */
  private enum Need {
    RATIONALE(
        "the last stage reads nothing that another writes; pipeline.STAGE.from names one",
        recipe -> recipe.pipeline().get(recipe.lastStage()).from().isPresent()),
    PICTURE(
        "no stage sees a picture or reads its caption; features and control decide that",
        recipe -> recipe.pipeline().values().stream().anyMatch(IdleTests::looks)),
    PASSAGES(
        "no stage retrieves passages; pipeline.STAGE.retrieval.passages says how many",
        recipe -> recipe.retrieval().isPresent());

    private final String lack;

    @SuppressWarnings("ImmutableEnumChecker") // functions without state
    private final Predicate<Recipe> met;

    Need(String lack, Predicate<Recipe> met) {
      this.lack = lack;
      this.met = met;
    }

    String lack(Recipe recipe) {
      return lack.replace("STAGE", recipe.lastStage());
    }
  }

  private IdleTests() {}

  /** A line for each need that no variant meets whose tests have it. */
  static List<String> notes(List<Variant> variants) {
    List<String> notes = new ArrayList<>();
    for (Need need : Need.values()) {
      Set<String> tests = new LinkedHashSet<>();
      variants.forEach(variant -> tests.addAll(asked(variant.recipe().test(), need)));
      Predicate<String> idle =
          test ->
              variants.stream()
                  .map(Variant::recipe)
                  .filter(recipe -> asked(recipe.test(), need).contains(test))
                  .noneMatch(need.met);
      List<String> all = tests.stream().filter(idle).toList();
      if (!all.isEmpty()) {
        String lack = need.lack(variants.get(0).recipe());
        notes.add(Spelling.list(all) + ": no effect in any variant: " + lack);
      }
    }
    return notes;
  }

  private static List<String> asked(TestSettings test, Need need) {
    return tests(test).entrySet().stream()
        .filter(entry -> entry.getValue() == need)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The tests that need something, as a config names them. */
  private static Map<String, Need> tests(TestSettings test) {
    Map<String, Need> tests = new LinkedHashMap<>();
    for (QuestionChange change : test.change()) {
      if (change.subject() != QuestionChange.Subject.TEXT) {
        boolean picture = change.subject() == QuestionChange.Subject.PICTURE;
        tests.put("test.change = " + change.label(), picture ? Need.PICTURE : Need.RATIONALE);
      }
    }
    for (EveryVersion every : test.every()) {
      if (every != EveryVersion.ORDER) {
        String name = every.name().toLowerCase(Locale.ROOT);
        tests.put(
            "test.every = " + name, every == EveryVersion.PASSAGE ? Need.PASSAGES : Need.RATIONALE);
      }
    }
    if (test.samples() > 0) {
      tests.put("test.samples = " + test.samples(), Need.RATIONALE);
    }
    return tests;
  }

  private static boolean looks(StageSettings stage) {
    boolean sees = stage.seesPictures() && stage.control() == Control.NONE;
    return sees || stage.features().withCaptions();
  }
}
