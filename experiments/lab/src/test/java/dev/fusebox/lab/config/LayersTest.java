package dev.fusebox.lab.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigRenderOptions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One block of settings over another. */
class LayersTest {

  private static final ConfigObject LIBRARY =
      parse(
          """
          defaults { model { width = 64, frozen = [] }, data { limits {} } }
          models { tiny { width = 32 }
            deep { layers = 9 } }
          datasets { demo {} }
          optimizers { adamw { rate = 1, beta = 2 }, adafactor { rate = 3 } }
          tunings { lora { rank = 4 }, all {} }
          """);

  private final Problems problems = new Problems();
  private final Layers layers = new Layers(LIBRARY, problems);

  private static ConfigObject parse(String text) {
    return ConfigFactory.parseString(text).resolve().root();
  }

  private Map<String, Object> over(String lower, String upper) {
    return layers.over(parse(lower), parse(upper)).unwrapped();
  }

  /** Lower, upper and what comes of them, each as HOCON. */
  @ParameterizedTest(name = "{1} over {0}")
  @CsvSource(
      delimiter = '|',
      value = {
        "a = 1, b = 2 | b = 3, c = 4 | a = 1, b = 3, c = 4",
        "a { x = 1 } | a { y = 2 } | a { x = 1, y = 2 }",
        // a short form sets one key of its block, and the others stay
        "features { patch = 8 } | features = detr | features { patch = 8, source = detr, beside = [] }",
        "features { patch = 8 } | features { source = clip } | features { patch = 8, source = clip, beside = [] }",
        "features { source = detr, beside = [clip] } | features { patch = 8 } | features { source = detr, beside = [clip], patch = 8 }",
        "shots { choice = near } | shots = 2 | shots { choice = near, count = 2 }",
        // a list of sources is the first with the others beside it
        "'' | features = [detr, clip, vit] | features { source = detr, beside = [clip, vit] }",
        "features { source = detr, beside = [clip] } | features = vit | features { source = vit, beside = [] }",
        "'' | features { source = [detr, clip] } | features { source = detr, beside = [clip] }",
        "'' | features { source = detr, beside = [x] } | features { source = detr, beside = [x] }",
        "'' | features { source = [] } | features { source = [], beside = [] }",
        // a file is a list of one, and goes with the source that it was named with
        "'' | features { source = file, file = a } | features { source = file, beside = [], file = [a] }",
        "'' | features { source = file, file = [a, b], names = c } | features { source = file, beside = [], file = [a, b], names = [c] }",
        "features { source = file, beside = [], file = [a, b] } | features.file = c | features { source = file, beside = [], file = [c] }",
        "features { source = file, file = [a], names = [c] } | features = detr | features { source = detr, beside = [], file = [], names = [] }",
        "features { source = file, file = [a] } | features = [patches, file] | features { source = patches, beside = [file], file = [a] }",
        "features { source = file, beside = [], file = [a] } | features = file | features { source = file, beside = [], file = [a] }",
        "features { source = none, file = [a] } | features = detr | features { source = detr, beside = [], file = [a] }",
        "features { file = [a] } | features = detr | features { source = detr, beside = [], file = [a] }",
        // pixels alone have a backbone
        "features { source = pixels, backbone = b, layer = 1, train = all, x = 1 } | features = clip | features { source = clip, beside = [], x = 1 }",
        "features { source = pixels, backbone = b } | features = pixels | features { source = pixels, beside = [], backbone = b }",
        "features { source = pixels, backbone = b } | features { x = 1 } | features { source = pixels, backbone = b, x = 1 }",
        "features = 3 | features = clip | features { source = clip, beside = [] }",
        // a fusion named anew drops what was said of the former one
        "fusion { name = gated, heads = 4 } | fusion { heads = 8 } | fusion { name = gated, heads = 8 }",
        "fusion { name = gated, heads = 4 } | fusion = concat | fusion { name = concat }",
        "fusion { name = gated, heads = 4 } | fusion { name = gated } | fusion { name = gated }",
        "fusion { name = gated, heads = 4 } | fusion = [a, b] | fusion { parts = [a, b] }",
        "fusion { parts = [a, b] } | fusion = gated | fusion { name = gated }",
        "fusion { name = gated } | fusion { parts = [a] } | fusion { parts = [a] }",
        // a name stands for a block, laid over the defaults
        "'' | model = tiny | model { width = 32, frozen = [] }",
        "model { width = 7, checkpoint = x } | model = deep | model { width = 64, frozen = [], layers = 9 }",
        "model { width = 7 } | model { checkpoint = x } | model { width = 7, checkpoint = x }",
        "data { root = x } | data = demo | data { limits {} }",
        "data { root = x } | data { y = 1 } | data { root = x, y = 1 }",
        // another choice keeps what both have
        "training.optimizer { type = adamw, rate = 5, beta = 6 } | training.optimizer.type = adafactor | training.optimizer { type = adafactor, rate = 5 }",
        "training.optimizer { type = adafactor, rate = 5 } | training.optimizer.type = adamw | training.optimizer { type = adamw, rate = 5 }",
        "training.optimizer { type = adamw, rate = 5, beta = 6 } | training.optimizer.rate = 7 | training.optimizer { type = adamw, rate = 7, beta = 6 }",
        "training.optimizer { type = adamw, beta = 6 } | training.optimizer { type = adafactor, beta = 8 } | training.optimizer { type = adafactor, beta = 8 }",
        "training { steps = 3, optimizer { type = adamw, beta = 6 } } | training.optimizer.type = none | training { steps = 3, optimizer { type = none } }",
        "model.tune { method = lora, rank = 8 } | model.tune.method = all | model.tune { method = all }",
        "training = x | training.optimizer.type = adamw | training.optimizer.type = adamw"
      })
  void whatIsSaidAboveHolds(String lower, String upper, String whole) {
    assertThat(over(lower, upper)).isEqualTo(parse(whole).unwrapped());
    assertThat(problems.none()).isTrue();
  }

  @Test
  void aNameThatNothingHasIsToldWithTheNearest() {
    assertThat(over("", "model = tinny"))
        .containsEntry("model", parse("width = 64, frozen = []").unwrapped());
    assertThat(problems.all())
        .extracting(problem -> problem.key() + "  " + problem.message())
        .containsExactly("model = tinny  no such model; did you mean tiny?; known: tiny, deep");
  }

  @Test
  void argumentsThatAreLeftOutAreTheChoicesDefaults() {
    ConfigObject layer =
        parse(
            "training { steps = 3, optimizer { type = adamw, beta = 7 } }, model.tune.method = lora");
    assertThat(layers.withDefaultsOfChoices(layer).unwrapped())
        .isEqualTo(
            parse(
                    "training { steps = 3, optimizer { type = adamw, rate = 1, beta = 7 } },"
                        + " model.tune { method = lora, rank = 4 }")
                .unwrapped());
    for (String text :
        new String[] {"", "training = x", "training.optimizer = x", "model.tune.method = y"}) {
      assertThat(layers.withDefaultsOfChoices(parse(text))).isEqualTo(parse(text));
    }
  }

  /** HOCON has let it replace the name; what all presets leave as it is cannot be lost by that. */
  @Test
  void aBlockThatFollowsANameIsLaidOverTheDefaultsWherePresetsSayNothing() {
    ConfigObject data = ConfigFactory.parseString("data = demo, data { root = x }").root();
    ConfigObject lower = parse("data { limits {}, y = 1 }");
    assertThat(layers.over(lower, data).unwrapped())
        .isEqualTo(parse("data { limits {}, y = 1, root = x }").unwrapped());
    ConfigObject model = ConfigFactory.parseString("model = tiny, model { frozen = x }").root();
    assertThat(layers.over(parse("model.width = 64"), model).unwrapped())
        .as("which preset it was is not known any more")
        .isEqualTo(parse("model.frozen = x").unwrapped());
  }

  /** HOCON has let it replace the short form, and what that said is lost. */
  @Test
  void aBlockThatFollowsAShortFormHasToSayItAgain() {
    String lower = "features { patch = 8 }, fusion { name = none }";
    assertThat(
            over(
                lower,
                "features = detr, features { source = clip }, fusion = gated, fusion { name = gated, heads = 4 }"))
        .isEqualTo(
            parse(
                    "features { patch = 8, source = clip, beside = [] }, fusion { name = gated, heads = 4 }")
                .unwrapped());
    assertThat(problems.none()).isTrue();
    over(lower, "features = detr, features { x = 1 }, fusion = gated, fusion.heads = 4");
    assertThat(problems.all())
        .extracting(problem -> problem.key() + "  " + problem.message())
        .containsExactlyInAnyOrder(
            "features  in HOCON this replaces the features = … that stood before it in the same file or one that it includes; say features.source = … here, too",
            "fusion  in HOCON this replaces the fusion = … that stood before it in the same file or one that it includes; say fusion.name = … here, too");
  }

  @Test
  void aShortFormIsToldWhereItWasWritten() {
    ConfigObject whole = layers.over(parse(""), parse("\n\nfeatures = detr\nfusion = gated"));
    assertThat(ConfigOrigins.isShortForm(whole.toConfig().getValue("features.source"))).isTrue();
    assertThat(whole.toConfig().getValue("features.source").origin().lineNumber()).isEqualTo(3);
    assertThat(whole.get("fusion").origin().lineNumber()).isEqualTo(4);
    assertThat(whole.render(ConfigRenderOptions.concise())).contains("\"name\":\"gated\"");
  }
}
