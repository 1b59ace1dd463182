package dev.fusebox.training.optimize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** However long, a schedule rises from 0 to 1, never rises again, and ends where it says. */
class SchedulePropertyTest {

  static LongStream seeds() {
    return LongStream.range(0, 30);
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itRisesInTheWarmUpAndNeverAfterIt(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int steps = 1 + random.nextInt(200);
    int warmup = random.nextInt(steps + 20); // may be longer than the training
    for (Course course : Course.values()) {
      Schedule schedule = new Schedule(course, warmup);
      double before = schedule.factor(0, steps);
      assertThat(before).isEqualTo(warmup == 0 ? 1 : 0);
      for (int step = 1; step <= steps + 3; step++) {
        double factor = schedule.factor(step, steps);
        boolean rises = Math.abs(factor - before - 1.0 / warmup) < 1e-12;
        assertThat(factor >= 0 && factor <= 1 && (step <= warmup ? rises : factor <= before))
            .as("%s, step %d of %d, warm-up %d: %s", schedule, step, steps, warmup, factor)
            .isTrue();
        before = factor;
      }
    }
  }

  @ParameterizedTest(name = "seed {0}")
  @MethodSource("seeds")
  void itPeaksAfterTheWarmUpPassesItsMiddleAndEnds(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    int warmup = random.nextInt(50);
    int half = 1 + random.nextInt(100);
    int steps = warmup + 2 * half;
    for (Course course : Course.values()) {
      Schedule schedule = new Schedule(course, warmup);
      boolean constant = course == Course.CONSTANT;
      assertThat(schedule.factor(warmup, steps)).isEqualTo(1);
      assertThat(schedule.factor(warmup + half, steps))
          .isCloseTo(constant ? 1 : 0.5, within(1e-12));
      assertThat(schedule.factor(steps, steps)).isCloseTo(constant ? 1 : 0, within(1e-12));
    }
  }
}
