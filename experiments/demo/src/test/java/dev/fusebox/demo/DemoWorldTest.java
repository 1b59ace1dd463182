package dev.fusebox.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.questions.DemoSettings;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DemoWorldTest {

  private static final int MANY = 4000;
  private final DemoWorld world = new DemoWorld(DemoSettings.of(MANY, 7));
  private final List<SceneQuestion> questions =
      IntStream.rangeClosed(1, MANY).mapToObj(world::question).toList();

  @Test
  void everyColumnOfTheTablesIsFilled() {
    Stream<Predicate<SceneQuestion>> columns =
        Stream.of(
            question -> question.kind().subject() == Kind.Subject.NATURAL,
            question -> question.kind().subject() == Kind.Subject.SOCIAL,
            question -> question.kind().subject() == Kind.Subject.LANGUAGE,
            question -> !question.hint().isEmpty(),
            question -> question.scene().isPresent(),
            question -> question.hint().isEmpty() && question.scene().isEmpty(),
            question -> question.grade() <= 6,
            question -> question.grade() > 6);
    columns.forEach(column -> assertThat(share(column)).isBetween(0.15, 0.85));
    assertThat(questions.stream().map(SceneQuestion::grade).distinct()).hasSize(12);
  }

  @Test
  void noLetterIsLikelierThanAnother() {
    List<SceneQuestion> three =
        questions.stream().filter(question -> question.choices().options().size() == 3).toList();
    for (int letter = 0; letter < 3; letter++) {
      int wanted = letter;
      double share =
          three.stream().filter(question -> question.choices().answer() == wanted).count()
              / (double) three.size();
      assertThat(share).isBetween(0.30, 0.37);
    }
  }

  @Test
  void everyThingIsToldWhereItIs() {
    questions.stream()
        .flatMap(question -> question.scene().stream())
        .forEach(
            scene -> {
              assertThat(scene.regions()).hasSameSizeAs(scene.things());
              for (Thing thing : scene.things()) {
                assertThat(scene.regions().get("in the " + thing.spot().word()))
                    .startsWith("a")
                    .endsWith(thing.figure().word())
                    .satisfies(
                        words ->
                            assertThat(words.contains(thing.hue().word()))
                                .isEqualTo(scene.ground() == Scene.Ground.MEADOW));
              }
            });
  }

  @Test
  void wrongOptionsAreTrueOfOtherThingsInTheScene() {
    questions.stream()
        .filter(question -> question.kind().skill().equals("Find an animal by its color"))
        .forEach(
            question ->
                assertThat(question.scene().orElseThrow().things())
                    .extracting(thing -> thing.figure().word())
                    .containsAll(question.choices().options()));
  }

  @Test
  void theSolutionHoldsTheAnswer() {
    assertThat(questions)
        .allSatisfy(
            question ->
                assertThat(question.solution())
                    .containsIgnoringCase(
                        question.choices().options().get(question.choices().answer())));
  }

  @Test
  void captionsTellAPartOfTheScene() {
    List<Scene> scenes = questions.stream().flatMap(question -> question.scene().stream()).toList();
    assertThat(scenes)
        .allSatisfy(
            scene -> {
              Set<String> words = new HashSet<>(Arrays.asList(scene.caption().split(" ")));
              assertThat(scene.things().stream().map(thing -> thing.figure().word()))
                  .filteredOn(words::contains)
                  .hasSize(2);
            });
  }

  @Test
  void aQuestionDependsOnItsNumberOnly() {
    DemoWorld larger = new DemoWorld(DemoSettings.of(10 * MANY, 7));
    assertThat(larger.question(123)).isEqualTo(questions.get(122));
    assertThat(new DemoWorld(DemoSettings.of(MANY, 8)).question(123))
        .isNotEqualTo(questions.get(122));
  }

  @Test
  void questionsVary() {
    assertThat(questions.stream().map(SceneQuestion::text).distinct().count()).isGreaterThan(120);
    assertThat(questions.stream().map(q -> q.text() + q.hint() + q.choices()).distinct().count())
        .isGreaterThan(MANY / 2);
  }

  private double share(Predicate<SceneQuestion> column) {
    return questions.stream().filter(column).count() / (double) MANY;
  }
}
