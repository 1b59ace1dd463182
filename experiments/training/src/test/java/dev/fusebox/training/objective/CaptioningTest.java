package dev.fusebox.training.objective;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.questions.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CaptioningTest {

  private static final int END = 1;

  private final Spelled tokens = new Spelled();

  @Test
  void prefixAndRestAreTheCaptionAndNothingOfTheRestIsRead() {
    Captioning captioning = captioning(question("7", true, "a red cow before a barn"));
    List<Integer> caption = tokens.of("a red cow before a barn");
    int[] prefixes = new int[caption.size()];
    for (int seed = 0; seed < 600; seed++) {
      PretrainingExample practice = captioning.practice(new SplittableRandom(seed));
      int prefix = practice.source().size() - 1;
      assertThat(practice.source()).isEqualTo(ended(caption.subList(0, prefix)));
      assertThat(practice.target()).isEqualTo(ended(caption.subList(prefix, caption.size())));
      assertThat(practice.picture()).contains("7");
      prefixes[prefix]++;
    }
    // Every cut is as likely as any other: from no word at all to all but the last.
    assertThat(IntStream.of(prefixes).boxed()).allMatch(count -> count > 60 && count < 140);
  }

  @Test
  void onlyPicturesWithACaptionAreWrittenAbout() {
    Captioning captioning =
        captioning(
            question("1", false, "a cat"), question("2", true, ""), question("3", true, "a hen"));
    assertThat(captioning.captions()).extracting(PicturedText::question).containsExactly("3");
    assertThatThrownBy(() -> captioning(question("1", false, "a cat")))
        .hasMessage("no question has a picture with a caption");
  }

  @Test
  void longCaptionsAreCut() {
    Captioning captioning =
        new Captioning(
            List.of(new PicturedText("1", IntStream.range(10, 60).boxed().toList())), 8, tokens);
    for (int seed = 0; seed < 100; seed++) {
      PretrainingExample practice = captioning.practice(new SplittableRandom(seed));
      assertThat(practice.source()).hasSizeLessThanOrEqualTo(8);
      assertThat(practice.source().size() + practice.target().size()).isEqualTo(7 + 2);
    }
    assertThatThrownBy(() -> new Captioning(captioning.captions(), 1, tokens))
        .hasMessage("longest must be at least 2, found 1");
  }

  @Test
  void inAMixtureOnlyItsExamplesHaveAPicture() {
    PretrainingExamples examples =
        new PretrainingExamples(
            Map.of("captioning", 1.0, "words", 3.0),
            new PicturedTexts(List.of(question("7", true, "a red cow"))),
            tokens,
            16,
            1);
    List<PretrainingExample> drawn = LongStream.range(0, 4000).mapToObj(examples::example).toList();
    List<PretrainingExample> seen =
        drawn.stream().filter(each -> each.picture().isPresent()).toList();
    assertThat(seen.size() / 4000.0).isBetween(0.22, 0.28);
    assertThat(drawn)
        .allMatch(each -> each.picture().isEmpty() == tokens.text(each.source()).contains("find"));
  }

  private Captioning captioning(Question... questions) {
    return Captioning.of(List.of(questions), 64, tokens);
  }

  private static List<Integer> ended(List<Integer> words) {
    List<Integer> ids = new ArrayList<>(words);
    ids.add(END);
    return ids;
  }

  private static Question question(String id, boolean picture, String caption) {
    return new Question(
        id,
        "Which?",
        List.of("cow", "hen"),
        0,
        "",
        picture,
        "",
        "",
        "natural science",
        "grade2",
        caption);
  }
}
