package dev.fusebox.cli.fusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.Mode;
import dev.fusebox.fusion.testkit.FusedInput;
import dev.fusebox.fusion.testkit.FusedInputs;
import dev.fusebox.fusion.testkit.FusedModel;
import dev.fusebox.fusion.testkit.FusionContract;
import dev.fusebox.fusion.testkit.TinyFusedModel;
import dev.fusebox.lab.config.Binder;
import dev.fusebox.lab.config.ConfigSource;
import dev.fusebox.lab.config.Problems;
import dev.fusebox.tensor.Step;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Fusions of this project together in one model: some held to the whole contract, every pair that
 * can be to its own parameters, to what padding and neighbours may not change, to what it writes
 * and to its gradients.
 */
final class JoinedFusionsTest extends FusionContract<FusionSettings> {

  private static final ClassLoader LOADER = JoinedFusionsTest.class.getClassLoader();
  private static final FusionCatalogue FUSIONS = FusionCatalogue.of(LOADER);

  /** Where the defaults are too large for a test. */
  private static final Config SMALLER =
      ConfigFactory.parseString(
          """
          crossattn { connector = none, feedForward = 0, heads = 1, headWidth = 4, everyNthLayer = 2 }
          qformer { queries = 2, layers = 1, crossAttentionEvery = 1, heads = 2, feedForward = 1 }
          coattention { layers = 1, heads = 2, feedForward = 1 }
          late { layers = 1, heads = 2, feedForward = 1 }
          bilinear { width = 4, factors = 2 }
          """);

  private static FusionSettings small(String name) {
    FusionProvider<?> provider = FUSIONS.providers().get(name);
    Config defaults =
        ConfigSource.resolve("reference.conf", ConfigSource.defaults(LOADER))
            .getConfig("fusions." + name);
    Config own = SMALLER.hasPath(name) ? SMALLER.getConfig(name).withFallback(defaults) : defaults;
    Problems problems = new Problems();
    Record bound = new Binder(problems).bind(own.root(), "", provider.configType()).orElseThrow();
    return new FusionSettings(name, bound);
  }

  private static FusionSettings together(String... names) {
    return FusionSettings.several(Stream.of(names).map(JoinedFusionsTest::small).toList());
  }

  /** Names the parts as one fusion. */
  private static final class Joined implements FusionProvider<FusionSettings> {

    @Override
    public String name() {
      return "joined";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("several", "");
    }

    @Override
    public Class<FusionSettings> configType() {
      return FusionSettings.class;
    }

    @Override
    public boolean lengthensText() {
      return true;
    }

    @Override
    public boolean meetsInEncoder(FusionSettings config) {
      return true;
    }

    @Override
    public Fusion create(FusionSettings config, FusionContext context) {
      return FUSIONS.create(config, context);
    }
  }

  @Override
  protected FusionProvider<FusionSettings> provider() {
    return new Joined();
  }

  @Override
  protected List<FusionSettings> configs() {
    return List.of(together("concat", "gated"), together("crossattn", "concat", "late"));
  }

  static List<FusionSettings> pairs() {
    List<FusionSettings> pairs = new ArrayList<>();
    List<String> names = List.copyOf(FUSIONS.providers().keySet());
    for (String one : names) {
      for (String other : names) {
        if (one.compareTo(other) < 0 && FUSIONS.conflict(together(one, other).parts()).isEmpty()) {
          pairs.add(together(one, other));
        }
      }
    }
    assertThat(pairs).hasSizeGreaterThanOrEqualTo(20);
    return pairs;
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairReadsWritesAndHasItsParametersUnderItsNames(FusionSettings pair) {
    try (FusedModel fused =
            TinyFusedModel.build(7, weights -> {}, context -> FUSIONS.create(pair, context));
        Step step = Step.inference(fused.root())) {
      TinyFusedModel.move(fused.parameters());
      for (FusionSettings part : pair.parts()) {
        assertThat(fused.parameters().all().keySet())
            .anyMatch(name -> name.startsWith(part.name() + "."));
      }
      FusedInput input = FusedInputs.create(step.manager());
      float[] together = fused.run(input, Mode.INFERENCE).logits().get(0).toFloatArray();
      FusedInput alone = FusedInputs.row(FusedInputs.padded(step.manager(), 2, 3), 0);
      float[] padded = fused.run(alone, Mode.INFERENCE).logits().get(0).toFloatArray();
      for (int i = 0; i < together.length; i++) {
        assertThat(padded[i]).isCloseTo(together[i], within(2e-4f));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairWritesWhatItWouldRead(FusionSettings pair) {
    assertWritesWhatItWouldRead(pair);
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void everyPairHasTheSlopeAsItsGradientInEachPartAndInTheText(FusionSettings pair) {
    assertGradientsAreSlopes(pair, pair.parts().stream().map(part -> part.name() + ".").toList());
  }
}
