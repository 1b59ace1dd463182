package dev.fusebox.t5.generate.fast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.t5.generate.fast.HeadFilter.Form;
import dev.fusebox.tensor.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A filter finds what all scores in double precision show to be the highest. */
class HeadFilterTest {

  private static final int VOCABULARY = 1001;
  private static final int WIDTH = 128;
  private static final double EPSILON = 1e-6;

  private NDManager root;
  private HeadScript script;
  private Step step;

  @BeforeEach
  void open() {
    root = NDManager.newBaseManager();
    script = new HeadScript(EPSILON, ProductScript.compile(root, HeadScript.SOURCE));
    step = Step.inference(root);
  }

  @AfterEach
  void close() {
    step.close();
    root.close();
  }

  private static float[] numbers(int count, long seed) {
    Random random = new Random(seed);
    float[] numbers = new float[count];
    for (int i = 0; i < count; i++) {
      numbers[i] = (float) random.nextGaussian();
    }
    return numbers;
  }

  private NDArray array(float[] numbers, long... shape) {
    return step.manager().create(numbers, new Shape(shape));
  }

  private NDArray none() {
    return step.manager().create(new long[0]);
  }

  private long[] screened(float[] head, float[] hidden, Form form, NDArray banned) {
    NDArray matrix = array(head, head.length / WIDTH, WIDTH);
    NDArray norm = step.manager().ones(new Shape(WIDTH));
    NDArray x = array(hidden, hidden.length / WIDTH, WIDTH);
    HeadFilter filter = HeadFilter.of(script, matrix, norm, 0.1, form);
    return filter.likeliest(script, x, banned).toLongArray();
  }

  /** In double precision; the norm before the head changes no order. */
  private static double[] scores(float[] head, float[] hidden, int row) {
    return IntStream.range(0, head.length / WIDTH)
        .mapToDouble(
            token ->
                IntStream.range(0, WIDTH)
                    .mapToDouble(i -> (double) head[token * WIDTH + i] * hidden[row * WIDTH + i])
                    .sum())
        .toArray();
  }

  private static int highest(double[] scores) {
    double most = DoubleStream.of(scores).max().orElseThrow();
    return IntStream.range(0, scores.length).filter(i -> scores[i] == most).findFirst().orElse(-1);
  }

  @ParameterizedTest
  @CsvSource({"BYTES, 1", "BYTES, 3", "BYTES, 16", "BFLOAT16, 1", "BFLOAT16, 3", "BFLOAT16, 16"})
  void findsTheHighestScore(Form form, int rows) {
    for (int seed = 0; seed < 20; seed++) {
      float[] head = numbers(VOCABULARY * WIDTH, seed);
      float[] hidden = numbers(rows * WIDTH, 1000 + seed);
      long[] found = screened(head, hidden, form, none());
      for (int row = 0; row < rows; row++) {
        assertThat(found[row]).isEqualTo(highest(scores(head, hidden, row)));
      }
    }
  }

  /** Rows that differ by less than bytes or bfloat16 can tell: hundreds must be scored in full. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void tellsTokensApartThatItsFormCannot(Form form) {
    float[] one = numbers(WIDTH, 1);
    float[] head = new float[VOCABULARY * WIDTH];
    Random random = new Random(2);
    for (int i = 0; i < head.length; i++) {
      float scale = i / WIDTH % 10 == 0 ? 1 : 0.5f; // a tenth of the tokens is close to the best
      head[i] = scale * one[i % WIDTH] * (1 + 1e-4f * random.nextFloat());
    }
    double[] scores = scores(head, one, 0);
    assertThat(screened(head, one, form, none())).containsExactly(highest(scores));
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void tokensOfVeryDifferentLengthAreNoProblem(Form form) {
    float[] head = numbers(VOCABULARY * WIDTH, 3);
    for (int i = 0; i < head.length; i++) {
      head[i] *= (float) Math.pow(10, i / WIDTH % 13 - 9); // 1e-9 to 1e3
      head[i] *=
          i % WIDTH == 5 ? 1000 : 1; // and one coordinate that makes bytes of the others small
    }
    head[7] = 1e30f;
    float[] hidden = numbers(2 * WIDTH, 4);
    hidden[7] = -Math.abs(hidden[7]);
    long[] found = screened(head, hidden, form, none());
    for (int row = 0; row < 2; row++) {
      assertThat(found[row]).isEqualTo(highest(scores(head, hidden, row)));
    }
  }

  @ParameterizedTest
  @EnumSource(Form.class)
  void whatIsBannedDoesNotCome(Form form) {
    float[] head = numbers(VOCABULARY * WIDTH, 5);
    float[] hidden = numbers(2 * WIDTH, 6);
    int best = highest(scores(head, hidden, 1));
    double[] others = scores(head, hidden, 1);
    others[best] = Double.NEGATIVE_INFINITY;
    NDArray banned = step.manager().create(new long[] {VOCABULARY + best});
    long[] found = screened(head, hidden, form, banned);
    assertThat(found).containsExactly(highest(scores(head, hidden, 0)), highest(others));
  }

  /** Which one is a matter of how the product rounds, with all scores too. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void ofEqualTokensOneComes(Form form) {
    float[] head = numbers(VOCABULARY * WIDTH, 7);
    float[] hidden = numbers(WIDTH, 8);
    int best = highest(scores(head, hidden, 0));
    for (int copy : new int[] {900, 31}) {
      System.arraycopy(head, best * WIDTH, head, copy * WIDTH, WIDTH);
    }
    assertThat(screened(head, hidden, form, none())[0]).isIn((long) best, 31L, 900L);
  }

  /** A model that broke says the same as with all scores. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void whatIsNoNumberIsLeftToAllScores(Form form) {
    float[] head = numbers(VOCABULARY * WIDTH, 9);
    float[] hidden = numbers(WIDTH, 10);
    hidden[3] = Float.NaN;
    NDArray scores = array(hidden, 1, WIDTH).matMul(array(head, VOCABULARY, WIDTH).transpose());
    long[] expected = script.chooseBest(scores, none()).toLongArray();
    assertThat(screened(head, hidden, form, none())).isEqualTo(expected);
  }

  /** What the proof in {@code filter.py} claims. */
  @ParameterizedTest
  @EnumSource(Form.class)
  void noRoughScoreIsFurtherOffThanItsBound(Form form) {
    int rows = 4;
    float[] head = numbers(VOCABULARY * WIDTH, 11);
    float[] hidden = numbers(rows * WIDTH, 12);
    NDArray h = array(hidden, rows, WIDTH);
    NDArray norm = step.manager().ones(new Shape(WIDTH));
    HeadFilter filter = HeadFilter.of(script, array(head, VOCABULARY, WIDTH), norm, 1, form);
    float[] rough = script.roughScores(h, filter).toFloatArray();
    float[] bounds = filter.errors().toFloatArray();
    double closest = 0;
    for (int row = 0; row < rows; row++) {
      double[] exact = scores(head, hidden, row);
      double length = length(Arrays.copyOfRange(hidden, row * WIDTH, (row + 1) * WIDTH));
      for (int token = 0; token < VOCABULARY; token++) {
        double off = Math.abs(exact[token] - rough[row * VOCABULARY + token]);
        closest = Math.max(closest, off / (bounds[token] * length));
      }
    }
    assertThat(closest).isLessThan(1).as("not idle").isGreaterThan(0.02);
  }

  private static double length(float[] x) {
    return Math.sqrt(IntStream.range(0, x.length).mapToDouble(i -> (double) x[i] * x[i]).sum());
  }

  /** Bytes of a width that is no multiple of a register's would be read past their end. */
  @Test
  void aWidthThatDoesNotFitIsRefusedAndNeverChosen() {
    NDArray head = array(numbers(VOCABULARY * 100, 14), VOCABULARY, 100);
    NDArray norm = step.manager().ones(new Shape(100));
    assertThatThrownBy(() -> HeadFilter.of(script, head, norm, 1, Form.BYTES))
        .hasMessage("BYTES takes no head of width 100");
    new HeadFilterChoice(script, step.manager())
        .fastest(head, norm, 1, StoredMatrices.of(List.of(head), Layout.PLAIN), 1)
        .ifPresent(filter -> assertThat(filter.form()).isEqualTo(Form.BFLOAT16));
  }

  @Test
  void theChoiceLeavesNothingBehindButWhatItChose() {
    NDArray matrix = array(numbers(VOCABULARY * WIDTH, 13), VOCABULARY, WIDTH);
    NDArray norm = step.manager().ones(new Shape(WIDTH));
    try (NDManager owner = root.newSubManager()) {
      var filter =
          new HeadFilterChoice(script, owner)
              .fastest(matrix, norm, 1, StoredMatrices.of(List.of(matrix), Layout.PLAIN), 1);
      int kept = filter.map(found -> found.arrays().size()).orElse(0);
      assertThat(owner.getManagedArrays()).hasSize(kept);
      assertThat(matrix.getDataType()).isEqualTo(DataType.FLOAT32); // still there
    }
  }
}
