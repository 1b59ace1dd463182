package dev.fusebox.t5.generate;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.t5.generate.Decoding.Beam;
import dev.fusebox.t5.generate.Decoding.Greedy;
import dev.fusebox.t5.generate.Decoding.Sampling;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GenerationConfigTest {

  private static void refused(ThrowingCallable call, String message) {
    assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
  }

  @Test
  void limitsOfLength() {
    refused(
        () -> new GenerationConfig(0, 0, 0, new Greedy()),
        "maxNewTokens must be at least 1, found 0");
    refused(
        () -> new GenerationConfig(8, 9, 0, new Greedy()),
        "minNewTokens must be between 0 and maxNewTokens = 8, found 9");
    refused(
        () -> new GenerationConfig(8, 0, -1, new Greedy()),
        "noRepeatNgram must be 0 (off) or more, found -1");
  }

  @Test
  void beams() {
    refused(() -> Beam.of(1), "beams must be at least 2, found 1");
    refused(
        () -> new Beam(4, Double.NaN, EarlyStopping.AT_ENOUGH, 1),
        "lengthPenalty must be finite, found NaN");
    refused(
        () -> new Beam(4, 1, EarlyStopping.AT_ENOUGH, 5),
        "sequences must be between 1 and beams = 4, found 5");
  }

  @Test
  void sampling() {
    refused(() -> new Sampling(0, 0, 1, 0, 1), "temperature must be above 0 and finite, found 0.0");
    refused(() -> new Sampling(1, -1, 1, 0, 1), "topK must be 0 (all) or more, found -1");
    refused(() -> new Sampling(1, 0, 0, 0, 1), "topP must be in (0, 1], found 0.0");
    refused(() -> new Sampling(1, 0, 1.1, 0, 1), "topP must be in (0, 1], found 1.1");
    refused(() -> new Sampling(1, 0, 1, 0, 0), "sequences must be at least 1, found 0");
  }
}
