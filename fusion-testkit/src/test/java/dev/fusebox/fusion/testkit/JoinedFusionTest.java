package dev.fusebox.fusion.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import dev.fusebox.fusion.Diagnostics;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionPass;
import dev.fusebox.fusion.Hooks;
import dev.fusebox.fusion.JoinedFusion;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.TextStates;
import dev.fusebox.fusion.VisionFeatures;
import dev.fusebox.tensor.Initializer;
import dev.fusebox.tensor.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Several fusions in one model, each at one place. */
final class JoinedFusionTest {

  /** Doubles or adds one, everywhere or behind the encoder alone. */
  private record Changing(UnaryOperator<NDArray> change) implements FusionPass {

    private TextStates of(TextStates text) {
      return text.withHidden(change.apply(text.hidden()));
    }

    @Override
    public TextStates atEmbeddings(TextStates text) {
      return of(text);
    }

    @Override
    public TextStates beforeEncoderBlock(int block, TextStates text) {
      return of(text);
    }

    @Override
    public TextStates afterSelfAttention(int block, TextStates text) {
      return of(text);
    }

    @Override
    public TextStates afterEncoder(TextStates text) {
      return of(text);
    }

    @Override
    public NDArray beforeDecoderBlock(int block, NDArray hidden) {
      return change.apply(hidden);
    }

    @Override
    public NDArray afterDecoder(NDArray hidden) {
      return change.apply(hidden);
    }

    @Override
    public NDArray atLogits(NDArray logits) {
      return change.apply(logits);
    }

    @Override
    public Map<String, NDArray> auxiliaryLosses() {
      return Map.of("loss", change.apply(one()));
    }

    private NDArray one() {
      return change.apply(NDManager.newBaseManager().create(1f));
    }
  }

  private static FusionPass pass(Map<String, FusionPass> parts) {
    Map<String, Function<FusionContext, Fusion>> makers = new LinkedHashMap<>();
    parts.forEach((name, pass) -> makers.put(name, context -> (vision, mode) -> pass));
    try (FusedModel model =
            TinyFusedModel.build(1, weights -> {}, c -> JoinedFusion.of(makers, c));
        Step step = Step.inference(model.root())) {
      return model.model().see(FusedInputs.create(step.manager()).vision(), Mode.INFERENCE);
    }
  }

  private static FusionPass twiceThenOneMore() {
    Map<String, FusionPass> parts = new LinkedHashMap<>();
    parts.put("twice", new Changing(x -> x.add(x)));
    parts.put("more", new Changing(x -> x.add(x.onesLike())));
    return pass(parts);
  }

  @Test
  void everyHookActsInTheOrderOfTheParts() {
    try (NDManager manager = NDManager.newBaseManager()) {
      FusionPass pass = twiceThenOneMore();
      NDArray three = manager.full(new Shape(1, 2, 2), 3f);
      TextStates text = new TextStates(three, manager.ones(new Shape(1, 2)));
      List<NDArray> found =
          List.of(
              pass.atEmbeddings(text).hidden(),
              pass.beforeEncoderBlock(0, text).hidden(),
              pass.afterSelfAttention(0, text).hidden(),
              pass.afterEncoder(text).hidden(),
              pass.beforeDecoderBlock(0, three),
              pass.afterDecoder(three),
              pass.atLogits(three),
              pass.select(manager.create(new long[] {0})).atLogits(three));
      assertThat(found).allSatisfy(x -> assertThat(x.toFloatArray()).containsOnly(7));
      assertThat(pass.auxiliaryLosses()).containsOnlyKeys("twice.loss", "more.loss");
      assertThat(pass.auxiliaryLosses().get("twice.loss").getFloat()).isEqualTo(4);
      assertThat(pass.auxiliaryLosses().get("more.loss").getFloat()).isEqualTo(3);
    }
  }

  /** Or every word would be written the slow way. */
  @Test
  void actsWhereItsPartsDoAndNowhereElse() {
    FusionPass behind =
        new FusionPass() {
          @Override
          public NDArray afterDecoder(NDArray hidden) {
            return hidden;
          }
        };
    assertThat(Hooks.of(pass(Map.of("idle", FusionPass.IDENTITY))))
        .isEqualTo(new Hooks(false, false, false));
    assertThat(Hooks.of(pass(Map.of("idle", FusionPass.IDENTITY, "behind", behind))))
        .isEqualTo(new Hooks(false, true, false));
    assertThat(Hooks.of(twiceThenOneMore())).isEqualTo(new Hooks(true, true, true));
  }

  /** A fusion with one weight, which trains nothing else if it freezes. */
  private static Function<FusionContext, Fusion> weighing(boolean freezes) {
    return context -> {
      context.parameters().declare("weight", new Shape(2), Initializer.normal(1));
      return new Fusion() {
        @Override
        public FusionPass begin(VisionFeatures vision, Mode mode) {
          return FusionPass.IDENTITY;
        }

        @Override
        public boolean trains(String parameter) {
          return !freezes || parameter.equals("weight");
        }
      };
    };
  }

  @Test
  void eachPartDecidesOnItsOwnWeightsAndAnyMayFreezeTheRest() {
    for (boolean freezes : new boolean[] {false, true}) {
      Map<String, Function<FusionContext, Fusion>> makers = new LinkedHashMap<>();
      makers.put("open", weighing(false));
      makers.put("shut", weighing(freezes));
      try (FusedModel model =
          TinyFusedModel.build(1, weights -> {}, context -> JoinedFusion.of(makers, context))) {
        assertThat(model.parameters().trainable()).containsKeys("open.weight", "shut.weight");
        assertThat(model.parameters().trainable().containsKey("shared.weight")).isEqualTo(!freezes);
        assertThat(model.parameters().get("open.weight").toFloatArray())
            .isEqualTo(model.parameters().get("shut.weight").toFloatArray());
      }
    }
  }

  /** Puts two tokens before or behind the text. */
  private record Lengthening(boolean before) implements FusionPass {

    @Override
    public TextStates atEmbeddings(TextStates text) {
      NDArray tokens = text.hidden().get(":, :2").add(1);
      NDArray counts = text.mask().get(":, :2").onesLike();
      return before
          ? new TextStates(tokens.concat(text.hidden(), 1), counts.concat(text.mask(), 1))
          : new TextStates(text.hidden().concat(tokens, 1), text.mask().concat(counts, 1));
    }
  }

  /** Shows for each position its number, and a map of the decoder. */
  private static final class Numbering implements FusionPass {

    private NDArray map;

    @Override
    public TextStates afterEncoder(TextStates text) {
      long length = text.mask().getShape().get(1);
      map = text.mask().getManager().arange((float) length).reshape(1, length, 1);
      return text;
    }

    @Override
    public Diagnostics diagnostics() {
      return new Diagnostics(Map.of("gate", 0.5), Map.of("words", map, "decoder.words", map));
    }
  }

  @Test
  void mapsOfTheTextHaveARowForEachOfItsOwnTokens() {
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray hidden = manager.arange(3f).reshape(1, 3, 1);
      TextStates text = new TextStates(hidden, manager.ones(new Shape(1, 3)));
      for (boolean before : new boolean[] {false, true}) {
        Map<String, FusionPass> parts = new LinkedHashMap<>();
        parts.put("longer", new Lengthening(before));
        parts.put("shown", new Numbering());
        FusionPass pass = pass(parts);
        pass.afterEncoder(pass.atEmbeddings(text));
        Diagnostics shown = pass.diagnostics();
        assertThat(shown.gates()).containsExactly(Map.entry("shown.gate", 0.5));
        assertThat(shown.attention()).containsOnlyKeys("shown.words", "decoder.shown.words");
        assertThat(shown.attention().get("shown.words").toFloatArray())
            .containsExactly(before ? new float[] {2, 3, 4} : new float[] {0, 1, 2});
        assertThat(shown.attention().get("decoder.shown.words").size()).isEqualTo(5);
      }
    }
  }
}
