package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.fusebox.Goldens;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.T5Model;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.tensor.Step;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Token by token equals all at once. */
class DecoderStateTest {

  private static final int LENGTH = 40;
  private static final double TOLERANCE = 1e-5;

  /** Acts where a fusion may, and changes something. */
  private static final class Scaling implements FusionPass {

    @Override
    public NDArray beforeDecoderBlock(int block, NDArray hidden) {
      return hidden.add(hidden);
    }

    @Override
    public NDArray atLogits(NDArray logits) {
      return logits.add(logits);
    }
  }

  /** Acts behind the decoder alone. */
  private static final class Squaring implements FusionPass {

    @Override
    public NDArray afterDecoder(NDArray hidden) {
      return hidden.add(hidden.mul(hidden));
    }
  }

  @Test
  void tokenByTokenEqualsAllAtOnce() {
    compare(FusionPass.IDENTITY, 1, new int[] {0, 1, 2}, new int[] {0, 1, 2});
  }

  @Test
  void aFusionActsOnEachToken() {
    compare(new Scaling(), 1, new int[] {0, 1, 2}, new int[] {0, 1, 2});
  }

  @Test
  void aFusionActsOnWhatTheDecoderMade() {
    compare(new Squaring(), 1, new int[] {2, 0}, new int[] {2, 0});
    compare(new Squaring(), 2, new int[] {0, 2}, new int[] {1, 1, 4, 5});
  }

  @Test
  void rowsOfOneInputShareWhatIsRememberedOfIt() {
    compare(FusionPass.IDENTITY, 2, new int[] {0, 1, 2}, new int[] {0, 1, 2, 3, 4, 5});
  }

  @Test
  void rowsAndInputsLeave() {
    compare(FusionPass.IDENTITY, 1, new int[] {2, 0}, new int[] {2, 0});
    compare(FusionPass.IDENTITY, 2, new int[] {0, 2}, new int[] {1, 1, 4, 5});
  }

  /** Halfway the rows become {@code rows}, the inputs {@code inputs}. */
  private static void compare(FusionPass pass, int group, int[] inputs, int[] rows) {
    try (TinyT5 tiny = new TinyT5();
        Step step = Step.inference(tiny.root());
        PreparedDecoder decoder =
            new PreparedDecoder(tiny.model(), scripts(tiny), WeightPrecision.FLOAT32)) {
      WritingScripts scripts = scripts(tiny);
      T5Model model = tiny.model();
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 3, 11, 1), Mode.INFERENCE);
      NDArray targets = tiny.ids(step.manager(), 3 * group, LENGTH, 2);
      NDArray inputOfRow =
          array(step, IntStream.range(0, 3 * group).map(row -> row / group).toArray());
      TextStates each =
          new TextStates(
              model.ops().selectRows(encoded.hidden(), inputOfRow),
              model.ops().selectRows(encoded.mask(), inputOfRow));
      NDArray whole =
          model.logits(model.decode(targets, each, pass, Mode.INFERENCE), pass); // (R, U, V)
      try (DecoderState state =
          new DecoderState(model, scripts, decoder, encoded, pass, group, LENGTH)) {
        for (int i = 0; i < LENGTH; i++) {
          if (i == LENGTH / 2) {
            state.selectRows(rows);
            state.selectInputs(inputs, rows);
            whole = model.ops().selectRows(whole, array(step, rows));
            targets = model.ops().selectRows(targets, array(step, rows));
          }
          NDArray found = state.read(targets.get(new NDIndex(":, {}", i)));
          NDArray expected = whole.get(new NDIndex(":, {}", i));
          assertThat(found.getShape()).isEqualTo(expected.getShape());
          Goldens.assertClose(
              "token " + i, found.toFloatArray(), expected.toFloatArray(), TOLERANCE);
        }
      }
    }
  }

  private static NDArray array(Step step, int[] rows) {
    return step.manager().create(IntStream.of(rows).asLongStream().toArray());
  }

  private static WritingScripts scripts(TinyT5 tiny) {
    return WritingScripts.compile(TinyT5.CONFIG, tiny.root());
  }
}
