package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.mark.Interval;
import dev.fusebox.questions.mark.PorterStemmer;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextScoresTest {

  @Test
  void distinctWordsCountOnceInTheRougePackage() {
    assertThat(SetRougeL.f("same same same", "same")).isCloseTo(1, within(1e-8));
    assertThat(StemmedRougeL.f("same same same", "same")).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void stemsAndCaseCountOnlyInRougeScore() {
    assertThat(StemmedRougeL.f("Running runs", "run running")).isPositive();
    assertThat(SetRougeL.f("Running runs", "run running")).isZero();
  }

  @Test
  void anOrderWithoutMatchMakesBleuTinyNotZero() {
    assertThat(Bleu.score("The answer is (B).", "The answer is (A).", 4))
        .isPositive()
        .isLessThan(1e-70);
    assertThat(Bleu.score("", "anything", 1)).isZero();
  }

  @Test
  void aTextOfFullStopsHasNoSentence() {
    assertThat(SetRougeL.f("...", "a b")).isZero();
  }

  @Test
  void eachMeanSaysWhatItIsOver() {
    TextScores scores =
        TextScores.of(
            List.of(
                new Prediction("1", "a b c", "a b  c"),
                new Prediction("2", "", "a"),
                new Prediction("3", "a", " ")));
    assertThat(scores.mean(TextMetric.BLEU_1).n()).isEqualTo(2);
    assertThat(scores.mean(TextMetric.ROUGE_L).n()).isEqualTo(1);
    assertThat(scores.mean(TextMetric.ROUGE_L_STEMMED).n()).isEqualTo(3);
    assertThat(scores.mean(TextMetric.EXACT).share()).isEqualTo(new Proportion(1, 3));
  }

  /** Stems by nltk 3.10.4. */
  @ParameterizedTest
  @CsvSource({
    "caresses, caress",
    "ponies, poni",
    "ties, tie",
    "dies, die",
    "flies, fli",
    "cats, cat",
    "agreed, agre",
    "feed, feed",
    "plastered, plaster",
    "bled, bled",
    "motoring, motor",
    "sing, sing",
    "died, die",
    "spied, spi",
    "conflated, conflat",
    "troubled, troubl",
    "sized, size",
    "hopping, hop",
    "tanned, tan",
    "falling, fall",
    "hissing, hiss",
    "fizzed, fizz",
    "failing, fail",
    "filing, file",
    "happy, happi",
    "enjoy, enjoy",
    "spy, spi",
    "sky, sky",
    "skies, sky",
    "dying, die",
    "news, news",
    "proceed, proceed",
    "relational, relat",
    "conditional, condit",
    "rational, ration",
    "valenci, valenc",
    "digitizer, digit",
    "conformabli, conform",
    "radicalli, radic",
    "differentli, differ",
    "vileli, vile",
    "analogousli, analog",
    "vietnamization, vietnam",
    "predication, predic",
    "operator, oper",
    "feudalism, feudal",
    "decisiveness, decis",
    "hopefulness, hope",
    "callousness, callous",
    "formaliti, formal",
    "sensitiviti, sensit",
    "sensibiliti, sensibl",
    "hopefully, hope",
    "geology, geolog",
    "archaeology, archaeolog",
    "triplicate, triplic",
    "formative, form",
    "formalize, formal",
    "electriciti, electr",
    "electrical, electr",
    "hopeful, hope",
    "goodness, good",
    "revival, reviv",
    "allowance, allow",
    "inference, infer",
    "airliner, airlin",
    "gyroscopic, gyroscop",
    "adjustable, adjust",
    "defensible, defens",
    "irritant, irrit",
    "replacement, replac",
    "adjustment, adjust",
    "dependent, depend",
    "adoption, adopt",
    "homologou, homolog",
    "communism, commun",
    "activate, activ",
    "angulariti, angular",
    "homologous, homolog",
    "effective, effect",
    "bowdlerize, bowdler",
    "probate, probat",
    "rate, rate",
    "cease, ceas",
    "controll, control",
    "roll, roll",
    "yyyyy, yyyyy",
    "3500s, 3500",
    "syzygy, syzygi",
    "inning, inning",
    "using, use",
    "owed, owe",
    "aging, age"
  })
  void stemsAsNltk(String word, String stem) {
    assertThat(PorterStemmer.stem(word)).isEqualTo(stem);
  }

  private static TextScores wrote(String... texts) {
    return TextScores.of(
        Stream.of(texts).map(text -> new Prediction(text, text, "a b c d e")).toList());
  }

  @Test
  void aShareHasWilsonsInterval() {
    TextScores two = wrote("a b c d e", "a b c d e", "x", "y");
    assertThat(two.percent(TextMetric.EXACT)).isEqualTo(50);
    Interval all = TextScores.interval(TextMetric.EXACT, List.of(two)).orElseThrow();
    assertThat(all).isEqualTo(new Proportion(2, 4).wilson(0.95).times(100));
    TextScores one = wrote("a b c d e", "x", "x", "y");
    assertThat(TextScores.interval(TextMetric.EXACT, List.of(two, one)))
        .hasValue(Interval.wilson(0.375, 4, 0.95).times(100));
  }

  @Test
  void anotherMeanHasABootstrapInWhichAQuestionCountsOnce() {
    TextScores some = wrote("a b c d e", "a b", "x", "a x c");
    Interval once = TextScores.interval(TextMetric.BLEU_1, List.of(some)).orElseThrow();
    assertThat(once.contains(some.percent(TextMetric.BLEU_1))).isTrue();
    assertThat(once.low()).isNotNegative().isLessThan(once.high());
    assertThat(TextScores.interval(TextMetric.BLEU_1, List.of(some, some))).hasValue(once);
    TextScores better = wrote("a b c d e", "a b c d", "a b c d e", "a b c d e");
    assertThat(TextScores.interval(TextMetric.BLEU_1, List.of(some, better)).orElseThrow().low())
        .isGreaterThan(once.low());
  }

  @Test
  void overNothingThereIsNoInterval() {
    TextScores nothing = TextScores.of(List.of());
    assertThat(nothing.percent(TextMetric.EXACT)).isNaN();
    assertThat(TextScores.interval(TextMetric.EXACT, List.of(nothing))).isEmpty();
    assertThat(TextScores.interval(TextMetric.BLEU_1, List.of(nothing))).isEmpty();
    TextScores aimless = TextScores.of(List.of(new Prediction("1", "a", " ")));
    assertThat(TextScores.interval(TextMetric.BLEU_1, List.of(aimless))).isEmpty();
  }

  @Test
  void columnsAreThoseThatOneOfTheStagesHas() {
    TextScores plain = wrote("a b", "c");
    TextScores compared =
        TextScores.of(
            List.of(new Prediction("1", "a", "b"), new Prediction("2", "", "b")),
            Optional.of(texts -> texts.stream().map(text -> 0.25).toList()));
    List<TextMetric> columns = TextMetric.of(Stream.of(plain, compared));
    assertThat(columns).containsExactly(TextMetric.values());
    assertThat(compared.percent(TextMetric.SIMILARITY)).isEqualTo(25);
    assertThat(compared.mean(TextMetric.SIMILARITY).n()).isEqualTo(1);
    assertThat(TextMetric.of(Stream.of(plain))).doesNotContain(TextMetric.SIMILARITY).hasSize(5);
    assertThat(
            TextMetric.note(List.of(TextMetric.BLEU_1, TextMetric.ROUGE_L, TextMetric.SIMILARITY)))
        .isEqualTo(
            "rouge: distinct words, as mm-cot's final scores; similarity: cosine of sentence"
                + " embeddings, as mm-cot's final scores");
    assertThat(columns).filteredOn(TextMetric::isShare).containsExactly(TextMetric.EXACT);
    assertThat(columns).extracting(TextMetric::key).doesNotHaveDuplicates().doesNotContain("");
    assertThat(columns).extracting(TextMetric::heading).doesNotHaveDuplicates().doesNotContain("");
  }
}
