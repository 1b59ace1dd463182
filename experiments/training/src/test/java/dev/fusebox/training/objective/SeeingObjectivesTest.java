package dev.fusebox.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SeeingObjectivesTest {

  private final Spelled tokens = new Spelled();

  private final List<Question> questions =
      List.of(
          question("1", true, "a red cow before a barn"),
          question("2", false, "never seen"),
          question("3", true, "a green frog"),
          question("4", true, "a green frog"),
          question("5", true, ""));

  /** Put back where their sentinels stand, the spans give the question's own text. */
  @Test
  void maskedTextIsTheTextOfTheQuestionWhosePictureIsSeen() {
    PretrainingObjective masked = Objective.MASKED_TEXT.over(questions, tokens, 64);
    Map<String, Integer> seen = new HashMap<>();
    for (PretrainingExample each : drawn(masked)) {
      String id = each.picture().orElseThrow();
      assertThat(tokens.text(SpanCorruptionTest.restored(each)))
          .isEqualTo("Which of " + id + " ? cow hen It is the " + id + " .");
      seen.merge(id, 1, Integer::sum);
    }
    assertThat(seen).containsOnlyKeys("1", "3", "4", "5");
    assertThat(seen.values()).allMatch(count -> count > 100 && count < 200);
  }

  @Test
  void maskedTextNeedsAPicture() {
    List<Question> none = List.of(question("2", false, "a hen"));
    assertThatThrownBy(() -> Objective.MASKED_TEXT.over(none, tokens, 64))
        .hasMessage("no question has a picture");
  }

  /** Two pictures have the same caption: neither is a wrong one for the other. */
  @Test
  void halfOfTheCaptionsBelongToThePictureAndTheOthersDoNot() {
    Map<String, String> captions =
        Map.of("1", "a red cow before a barn", "3", "a green frog", "4", "a green frog");
    int belonging = 0;
    for (PretrainingExample each : drawn(Objective.MATCHING.over(questions, tokens, 64))) {
      String read = tokens.text(each.source().subList(0, each.source().size() - 1));
      boolean yes = read.equals(captions.get(each.picture().orElseThrow()));
      assertThat(captions).containsValue(read);
      assertThat(each.target()).containsExactly(tokens.sentinel(yes ? 0 : 1), tokens.end());
      belonging += yes ? 1 : 0;
    }
    assertThat(belonging).isBetween(260, 340);
  }

  @Test
  void matchingNeedsDifferentCaptions() {
    assertThatThrownBy(() -> Objective.MATCHING.over(questions.subList(2, 4), tokens, 64))
        .hasMessage("captions of pictures must be at least two different ones, found 1");
  }

  @Test
  void pairsAreReadAndNothingIsWritten() {
    for (PretrainingExample each : drawn(Objective.PAIRS.over(questions, tokens, 4))) {
      assertThat(each.target()).isEmpty();
      assertThat(each.source()).endsWith(tokens.end()).hasSizeLessThanOrEqualTo(4);
      assertThat(each.picture().orElseThrow()).isIn("1", "3", "4");
    }
    List<Question> none = List.of(question("5", true, ""));
    assertThatThrownBy(() -> Objective.PAIRS.over(none, tokens, 64))
        .hasMessage("no question has a picture with a caption");
  }

  @Test
  void groundingTellsWhatTheNamedRegionOfThePictureShows() {
    Map<String, Map<String, String>> regions =
        Map.of(
            "1", Map.of("in the north", "a red cow", "in the south", "a barn"),
            "2", Map.of("in the north", "never seen"),
            "3", Map.of("in the north", "a green frog", "in the east", ""),
            "99", Map.of("in the north", "of nobody"));
    PicturedTexts texts = new PicturedTexts(questions, regions);
    Map<String, Integer> seen = new HashMap<>();
    for (PretrainingExample each : drawn(Objective.GROUNDING.over(texts, tokens, 64))) {
      String id = each.picture().orElseThrow();
      String name = tokens.text(each.source().subList(0, each.source().size() - 1));
      assertThat(each.source()).endsWith(tokens.end());
      assertThat(each.target()).endsWith(tokens.end());
      assertThat(tokens.text(each.target().subList(0, each.target().size() - 1)))
          .isEqualTo(regions.get(id).get(name));
      seen.merge(id + " " + name, 1, Integer::sum);
    }
    assertThat(seen).containsOnlyKeys("1 in the north", "1 in the south", "3 in the north");
    assertThat(seen.values()).allMatch(count -> count > 150 && count < 250);
    for (PretrainingExample each : drawn(Objective.GROUNDING.over(texts, tokens, 2))) {
      assertThat(tokens.text(each.source().subList(0, 1))).isEqualTo("in");
      assertThat(each.source()).hasSize(2);
    }
  }

  @Test
  void groundingNeedsRegions() {
    assertThatThrownBy(() -> Objective.GROUNDING.over(questions, tokens, 64))
        .hasMessage("no question has a picture whose regions are told; regions.json holds them");
  }

  /** A mixture takes its share from each. */
  @Test
  void groundingIsAPartOfAMixtureByItsWeight() {
    PicturedTexts texts =
        new PicturedTexts(questions, Map.of("1", Map.of("in the north", "a red cow")));
    PretrainingExamples mixed =
        new PretrainingExamples(Map.of("grounding", 1.0, "matching", 3.0), texts, tokens, 64, 5);
    List<Integer> name = tokens.of("in the north");
    long grounded =
        IntStream.range(0, 800)
            .filter(number -> mixed.example(number).source().subList(0, 3).equals(name))
            .count();
    assertThat(grounded).isBetween(160L, 240L);
  }

  @Test
  void thoseOfPicturesAloneLookAtThem() {
    assertThat(Stream.of(Objective.values()).filter(Objective::looksAtPictures))
        .containsExactly(
            Objective.CAPTIONING,
            Objective.GROUNDING,
            Objective.MASKED_TEXT,
            Objective.MATCHING,
            Objective.PAIRS);
  }

  private static List<PretrainingExample> drawn(PretrainingObjective objective) {
    return IntStream.range(0, 600)
        .mapToObj(seed -> objective.practice(new SplittableRandom(seed)))
        .toList();
  }

  private static Question question(String id, boolean picture, String caption) {
    return new Question(
        id,
        "Which of " + id + " ?",
        new ArrayList<>(List.of("cow", "hen")),
        0,
        "",
        picture,
        "",
        "It is the " + id + " .",
        "natural science",
        "grade2",
        caption);
  }
}
