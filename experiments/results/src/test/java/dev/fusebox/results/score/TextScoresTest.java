package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.fusebox.questions.mark.PorterStemmer;
import dev.fusebox.questions.mark.Prediction;
import dev.fusebox.questions.mark.Proportion;
import dev.fusebox.questions.mark.StemmedRougeL;
import java.util.List;
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
}
