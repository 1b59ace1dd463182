package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDArray;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A face and its script are told apart when one of them changes alone. */
class ScriptFaceTest {

  private static final String SCRIPT =
      """
      def mix(self, hidden: Tensor, norm: Tensor, gate_weight: Tensor, rate: float, heads: int) -> Tensor:
        return self.half(hidden)

      def half(self, x: Tensor) -> Tensor:
        return x * 0.5

      def halves(self, layers: List[Tuple[Tensor, Tensor]], bias: Optional[Tensor], hard: bool) -> List[Tensor]:
        return [self.half(layers[0][0])]

      def wide(self, hidden: Tensor, pair: Tuple[Tensor, Tensor]) -> Tensor:
        up, down, = pair
        return up
      """;

  private record Gate(NDArray weight) {}

  private record Pair(NDArray up, NDArray down) implements ScriptTuple {
    @Override
    public List<NDArray> values() {
      return List.of(up, down);
    }
  }

  /** What the script is called by. */
  static final class Face {

    private final TorchScript script;

    private Face(TorchScript script) {
      this.script = script;
    }

    NDArray mix(NDArray hidden, NDArray norm, Gate gate, double rate, int heads) {
      return script.call("mix", hidden, norm, gate.weight(), rate, heads);
    }

    List<NDArray> halves(List<Pair> layers, Optional<NDArray> bias, boolean hard) {
      return script.callForList("halves", layers, bias, hard);
    }

    NDArray wide(NDArray hidden, Pair pair) {
      return script.segment("wide", hidden, pair);
    }
  }

  private static void check(String script) {
    ScriptFace.ofText(script).check(Face::new);
  }

  private static void assertDiffers(String changed, String message) {
    assertThatThrownBy(() -> check(changed)).isInstanceOf(AssertionError.class).hasMessage(message);
  }

  @Test
  void aFaceFitsItsScript() {
    assertThatCode(() -> check(SCRIPT)).doesNotThrowAnyException();
  }

  @Test
  void anotherNameIsNoticed() {
    assertDiffers(
        SCRIPT.replace("def halves(", "def thirds("),
        "halves: the script has no such function\nthirds: neither the face nor a function calls it");
  }

  @Test
  void anotherNumberOfArgumentsIsNoticed() {
    assertDiffers(
        SCRIPT.replace(", heads: int", ""),
        "mix takes [hidden, norm, gate_weight, rate], the face gives 5 arguments");
  }

  @Test
  void otherTypesAreNoticed() {
    assertDiffers(
        SCRIPT.replace("heads: int", "heads: float"),
        "mix, heads is float, the face gives Integer");
    assertDiffers(
        SCRIPT.replace("bias: Optional[Tensor]", "bias: Tensor"),
        "halves, bias is Tensor, the face gives Optional");
    assertDiffers(
        SCRIPT.replace("List[Tuple[Tensor, Tensor]]", "List[Tuple[Tensor, Tensor, Tensor]]"),
        "halves, layers is List[Tuple[Tensor, Tensor, Tensor]], the face gives ListN"
            .replace("ListN", List.of("").getClass().getSimpleName()));
    assertDiffers(
        SCRIPT.replace("-> List[Tensor]", "-> Tensor"),
        "halves returns Tensor, the face wants List[Tensor]");
  }

  @Test
  void anotherOrderIsNoticed() {
    assertDiffers(
        SCRIPT.replace("hidden: Tensor, norm: Tensor", "norm: Tensor, hidden: Tensor"),
        "mix, norm: the face gives its hidden\nmix, hidden: the face gives its norm");
    assertDiffers(
        SCRIPT.replace("gate_weight", "gate_bias"),
        "mix, gate_bias: the face gives its gate.weight");
    assertDiffers(
        SCRIPT.replace("up, down, = pair", "down, up, = pair"),
        "wide, pair, down: the face gives its pair.up\nwide, pair, up: the face gives its pair.down");
  }

  @Test
  void aFunctionThatNobodyCallsIsNoticed() {
    String more = SCRIPT + "\ndef third(self, x: Tensor) -> Tensor:\n  return x\n";
    assertDiffers(more, "third: neither the face nor a function calls it");
    assertThatCode(() -> ScriptFace.ofText(more).forOthers("third").check(Face::new))
        .doesNotThrowAnyException();
  }
}
