package dev.fusebox.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ParametersTest {

  private static final Shape PAIR = new Shape(2);

  private final NDManager manager = NDManager.newBaseManager();
  private final Parameters parameters = new Parameters(manager, 1);

  @AfterEach
  void close() {
    manager.close();
  }

  private void load(String name, float... numbers) {
    parameters.load(name, new Shape(numbers.length), (rows, into) -> into.put(numbers));
  }

  @Test
  void aLoadedArrayIsTheParameter() {
    load("a", 1, 2);
    assertThat(parameters.declare("a", PAIR, Initializer.zeros()).toFloatArray())
        .containsExactly(1, 2);
    assertThat(parameters.report()).hasToString("every parameter found");
  }

  @Test
  void reportsWhatDoesNotFit() {
    load("surplus", 1);
    load("long", 1, 2, 3);
    parameters.declare("absent", PAIR, Initializer.ones());
    parameters.declare("long", PAIR, Initializer.zeros());
    assertThat(parameters.report())
        .hasToString(
            """
            missing (1):
              absent
            unexpected (1):
              surplus
            mis-shaped (1):
              long: found (3), the model wants (2)
            """);
    assertThat(parameters.get("long").toFloatArray()).containsExactly(0, 0);
  }

  @Test
  void aPartDeclaresUnderItsNameAndBeginsAsItWouldAlone() {
    load("part.old", 1, 2);
    Parameters part = parameters.under("part");
    parameters.declare("shared", PAIR, Initializer.ones());
    part.tie("old", "named");
    part.declare("named", PAIR, Initializer.zeros());
    part.declare("drawn", PAIR, Initializer.normal(1));
    assertThat(parameters.all()).containsOnlyKeys("shared", "part.named", "part.drawn");
    assertThat(part.get("named").toFloatArray()).containsExactly(1, 2);
    assertThat(parameters.get("part.old")).isSameAs(part.get("named"));
    assertThat(part.get("shared")).isSameAs(parameters.get("shared"));
    assertThat(parameters.report().missing()).containsExactly("shared", "part.drawn");
    float[] alone =
        new Parameters(manager, 1).declare("drawn", PAIR, Initializer.normal(1)).toFloatArray();
    assertThat(part.get("drawn").toFloatArray()).isEqualTo(alone);
    assertThatThrownBy(() -> part.get("absent")).hasMessage("no parameter absent");
  }

  @Test
  void anAliasAloneIsEnough() {
    load("head", 1, 2);
    parameters.tie("head", "shared");
    parameters.declare("shared", PAIR, Initializer.zeros());
    assertThat(parameters.get("head").toFloatArray()).containsExactly(1, 2);
    parameters.dropUnexpected();
    assertThat(parameters.get("shared").toFloatArray()).containsExactly(1, 2);
    assertThat(parameters.report().complete()).isTrue();
  }

  @Test
  void anAliasMayRepeatTheNumbersButNotContradictThem() {
    load("shared", 1, 2);
    load("copy", 1, 2);
    load("other", 3, 4);
    parameters.tie("copy", "shared");
    parameters.tie("other", "shared");
    parameters.declare("shared", PAIR, Initializer.zeros());
    assertThat(parameters.report().unexpected()).isEmpty();
    assertThat(parameters.report().misshaped())
        .containsExactly("other: differs from shared, which the model has in its place");
  }

  @Test
  void tellsWhenATieComesTooLate() {
    load("head", 1, 2);
    parameters.declare("shared", PAIR, Initializer.zeros());
    assertThatThrownBy(() -> parameters.tie("head", "shared"))
        .hasMessage("the checkpoint holds shared as head only: tie them before declaring it");
  }

  @Test
  void aNameIsLoadedAndDeclaredOnce() {
    load("a", 1, 2);
    assertThatThrownBy(() -> load("a", 1)).hasMessage("the checkpoint holds a twice");
    parameters.declare("a", PAIR, Initializer.zeros());
    assertThatThrownBy(() -> parameters.declare("a", PAIR, Initializer.zeros()))
        .hasMessage("the parameter a is declared twice");
  }
}
