package dev.fusebox.t5.decoder;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.index.NDIndex;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.t5.Goldens;
import dev.fusebox.t5.TinyT5;
import dev.fusebox.tensor.Step;
import org.junit.jupiter.api.Test;

class CachedDecodingTest {

  @Test
  void tokenByTokenEqualsAllAtOnce() {
    try (TinyT5 tiny = new TinyT5();
        Step step = Step.inference(tiny.root())) {
      TextStates encoded = tiny.encoded(tiny.ids(step.manager(), 3, 11, 1), Mode.INFERENCE);
      NDArray targets = tiny.ids(step.manager(), 3, 40, 2);
      NDArray whole = tiny.model().decode(targets, encoded, FusionPass.IDENTITY, Mode.INFERENCE);

      DecoderState state = tiny.model().beginDecoding(encoded, FusionPass.IDENTITY, 40);
      for (int i = 0; i < 40; i++) {
        NDArray token = targets.get(new NDIndex(":, {}:{}", i, i + 1));
        NDArray hidden = tiny.model().decodeStep(token, state);
        NDArray expected = whole.get(new NDIndex(":, {}:{}", i, i + 1));
        assertThat(hidden.getShape()).isEqualTo(expected.getShape());
        Goldens.assertClose("token " + i, hidden.toFloatArray(), expected.toFloatArray(), 1e-5);
        state = state.advanced();
      }
    }
  }
}
