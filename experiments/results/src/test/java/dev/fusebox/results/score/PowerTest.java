package dev.fusebox.results.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PowerTest {

  /** (1.959964 + 0.841621) · 0.5 / √600. */
  @Test
  void isTheTextbooksFormula() {
    Power power = new Power(0.5, 600);
    assertThat(power.detectable()).isCloseTo(0.0571871, within(1e-6));
    assertThat(power.questionsFor(0.02)).isEqualTo(4906);
    assertThat(new Power(0.5, 4906).detectable()).isLessThanOrEqualTo(0.02);
  }

  /** Six questions that all speak for one side are the fewest that an exact test at 5 % takes. */
  @Test
  void isNeverStrongerThanTheExactTest() {
    assertThat(new McNemar(5, 0).p()).isGreaterThan(0.05);
    assertThat(new McNemar(6, 0).p()).isLessThan(0.05);
    for (double deviation : new double[] {0, 0.01, 0.04}) {
      Power power = new Power(deviation, 600);
      assertThat(power.detectable()).isEqualTo(6 / 600.0);
      assertThat(power.questionsFor(0.02)).isEqualTo(300);
    }
  }

  /** Were the share any larger, none of so many questions would show it in under 5 %. */
  @Test
  void whatNoQuestionShowsMayStillBeThere() {
    Power power = new Power(0, 600);
    assertThat(power.inWords()).isEqualTo("can detect 1.0 points");
    assertThat(new Power(0.5, 4).inWords()).isEqualTo("cannot detect any difference");
    assertThat(power.alike()).isTrue();
    assertThat(Math.pow(1 - power.unseen(), 600)).isCloseTo(0.05, within(1e-9));
    assertThat(new Power(0.1, 600).alike()).isFalse();
  }

  /** Draws as many questions with that difference, and counts how often the exact test finds it. */
  @Test
  void whatIsDetectableIsFoundFourTimesInFive() {
    SplittableRandom random = new SplittableRandom(7);
    double discordant = 0.25;
    double difference = new Power(Math.sqrt(discordant), 600).detectable();
    int found = 0;
    for (int trial = 0; trial < 400; trial++) {
      int better = 0;
      int worse = 0;
      for (int question = 0; question < 600; question++) {
        double draw = random.nextDouble();
        better += draw < (discordant + difference) / 2 ? 1 : 0;
        worse += draw >= (discordant + difference) / 2 && draw < discordant ? 1 : 0;
      }
      found += new McNemar(better, worse).p() < 0.05 ? 1 : 0;
    }
    assertThat(found / 400.0).isBetween(0.72, 0.88);
  }
}
