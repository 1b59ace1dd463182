package dev.fusebox.lab.ablation;

import static dev.fusebox.lab.ablation.ExperimentFiles.told;
import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.fusion.Fusion;
import dev.fusebox.fusion.FusionCard;
import dev.fusebox.fusion.FusionContext;
import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.fusion.UnseenText;
import dev.fusebox.training.catalogue.FusionCatalogue;
import dev.fusebox.training.catalogue.FusionSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code fusion = [concat, gated]}. */
class SeveralFusionsTest {

  @TempDir Path folder;
  private ExperimentFiles files;

  @BeforeEach
  void writeBase() {
    ClassLoader loader = SeveralFusionsTest.class.getClassLoader();
    FusionCatalogue fusions = FusionCatalogue.of(loader);
    files = new ExperimentFiles(folder, new ExperimentReader(fusions, loader));
    files.write(
        "base/demo.conf",
        "data = demo\nmodel = tiny\nfeatures = detr\npipeline { answer.format = QCM-A }\n");
  }

  private FusionSettings answer(String text, String... overrides) {
    return files.read(text, overrides).variants().get(0).recipe().pipeline().get("answer").fusion();
  }

  private static String settings(FusionSettings fusion) {
    return fusion.parts().stream()
        .map(part -> part.settings().toString())
        .collect(Collectors.joining(" "));
  }

  @Test
  void eachPartHasItsOwnSettingsAndDefaults() {
    FusionSettings fusion = answer("fusion = [concat, { name = gated, heads = 4 }]");
    assertThat(fusion.name()).isEqualTo("concat+gated");
    assertThat(fusion.parts()).extracting(FusionSettings::name).containsExactly("concat", "gated");
    assertThat(settings(fusion)).contains("place=AFTER", "heads=4", "gate=SIGMOID");
  }

  @Test
  void theFilesDefaultsOfAFusionHoldForAPart() {
    FusionSettings fusion = answer("fusions.gated.heads = 2\nfusion = [gated, concat]");
    assertThat(fusion.name()).isEqualTo("gated+concat");
    assertThat(settings(fusion)).contains("heads=2");
  }

  /** A list names fusions anew, and so does a name over a list. */
  @Test
  void aLayerReplacesWhatIsBelowIt() {
    String both = "fusion { name = crossattn, gate = none }\n";
    FusionSettings fusion = answer(both, "fusion=[concat,gated]");
    assertThat(fusion.name()).isEqualTo("concat+gated");
    assertThat(answer("fusion = [concat, gated]", "fusion=gated").name()).isEqualTo("gated");
    assertThat(answer("fusion = [concat, gated]", "fusion=none").isNone()).isTrue();
  }

  @Test
  void aGridHasThemAmongItsValues() {
    List<Variant> variants =
        files.read("ablation.grid { fusion = [gated, [concat, gated]] }").variants();
    assertThat(variants).extracting(Variant::name).containsExactly("gated", "concat+gated");
  }

  @Test
  void whatIsWrongIsToldAtItsPart() {
    assertThat(
            told(
                () ->
                    files.read(
                        """
                        ablation.variants {
                          a { fusion = [concat, gatd] }
                          b { fusion = [concat, { name = gated, head = 3 }] }
                          c { fusion = [concat, { name = gated, heads = 7 }] }
                          d { fusion = [gated, gated] }
                          e { fusion = [gated, none] }
                          f { fusion = [gated] }
                          g { fusion = [{ name = crossattn, sees = latest }, gated] }
                        }
                        """)))
        .contains("7 problems")
        .containsPattern("line 3 +fusion\\[1]\\.name = gatd +no such fusion; did you mean gated\\?")
        .containsPattern(
            "line 4 +fusion\\[1]\\.head +unknown key; did you mean fusion\\[1]\\.heads\\?")
        .containsPattern("line 5 +fusion\\[1]\\.heads = 7 +must divide the model's width 64")
        .containsPattern("line 6 +fusion +each fusion must be listed once, found twice: gated")
        .containsPattern("line 7 +fusion +none must be the only entry, found it next to a fusion")
        .containsPattern("line 8 +fusion +a list of fusions must hold two or more, found 1")
        .containsPattern(
            "line 9 +fusion\\[0]\\.sees = latest +has no effect unless a question has");
  }

  @Test
  void aSettingForAllOfThemIsNoSetting() {
    assertThat(told(() -> files.read("fusion = [concat, gated]", "fusion.heads=2")))
        .contains(
            "fusion.heads = 2  several fusions share no setting; set it on one of them: fusion = [..., { name = ..., heads = 2 }]");
  }

  /** Puts tokens among the text, as it says. */
  private record Drizzle(String name) implements FusionProvider<MistProvider.MistSettings> {

    @Override
    public FusionCard card() {
      return new FusionCard("drizzles", "none");
    }

    @Override
    public Class<MistProvider.MistSettings> configType() {
      return MistProvider.MistSettings.class;
    }

    @Override
    public boolean lengthensText() {
      return true;
    }

    @Override
    public boolean meetsInEncoder(MistProvider.MistSettings config) {
      return true;
    }

    @Override
    public Fusion create(MistProvider.MistSettings config, FusionContext context) {
      return Fusion.NONE;
    }
  }

  @Test
  void twoThatPutTokensAmongTheTextAreRefused() {
    FusionCatalogue fusions =
        new FusionCatalogue(
            List.of(new MistProvider(), new Drizzle("drizzle"), new Drizzle("rain")));
    ClassLoader loader = getClass().getClassLoader();
    ExperimentFiles wet = new ExperimentFiles(folder, new ExperimentReader(fusions, loader));
    String heads = "fusions { mist.heads = 4, drizzle.heads = 4, rain.heads = 4 }\n";
    assertThat(wet.read(heads + "fusion = [rain, mist]").variants()).hasSize(1);
    assertThat(told(() -> wet.read(heads + "fusion = [rain, mist, drizzle]")))
        .contains(
            "rain and drizzle cannot be combined: each adds picture tokens to the text, and would take the other's for words");
  }

  /** Compares text with the picture, and says where it reads the text. */
  private record Comparing(UnseenText at) implements FusionProvider<MistProvider.MistSettings> {

    @Override
    public String name() {
      return "comparing";
    }

    @Override
    public FusionCard card() {
      return new FusionCard("compares", "none");
    }

    @Override
    public Class<MistProvider.MistSettings> configType() {
      return MistProvider.MistSettings.class;
    }

    @Override
    public Optional<UnseenText> readsUnseen(MistProvider.MistSettings config) {
      return Optional.of(at);
    }

    @Override
    public Fusion create(MistProvider.MistSettings config, FusionContext context) {
      return Fusion.NONE;
    }
  }

  private ExperimentFiles comparing(UnseenText at) {
    FusionCatalogue fusions =
        new FusionCatalogue(List.of(new MistProvider(), new Drizzle("drizzle"), new Comparing(at)));
    return new ExperimentFiles(folder, new ExperimentReader(fusions, getClass().getClassLoader()));
  }

  private static final String HEADS =
      "fusions { mist.heads = 4, drizzle.heads = 4, comparing.heads = 4 }\n";

  @Test
  void whatComparesTextWithThePictureReadsItFirst() {
    ExperimentFiles encoded = comparing(UnseenText.ENCODED);
    assertThat(encoded.read(HEADS + "fusion = [comparing, mist]").variants()).hasSize(1);
    assertThat(told(() -> encoded.read(HEADS + "fusion = [mist, comparing]")))
        .contains(
            "comparing must be the first: it needs text states without picture input, and mist comes before it");
    assertThat(told(() -> encoded.read(HEADS + "fusion = [comparing, mist, drizzle]")))
        .contains(
            "comparing needs encoded text without picture input, but drizzle adds it in the encoder; let it read the embedded text");
    ExperimentFiles embedded = comparing(UnseenText.EMBEDDED);
    assertThat(embedded.read(HEADS + "fusion = [comparing, mist, drizzle]").variants()).hasSize(1);
  }

  @Test
  void saysWhereThereIsNothingToCompare() {
    ExperimentFiles encoded = comparing(UnseenText.ENCODED);
    assertThat(
            encoded
                .read(
                    HEADS
                        + """
                        fusion = [comparing, mist]
                        ablation.variants {
                          seeing {}
                          blind { control = blind }
                          told { features = caption }
                        }
                        """)
                .notes())
        .containsExactly(
            "comparing compares texts with pictures, and control = blind makes them zeros: it adds"
                + " no loss (blind)",
            "comparing compares texts with pictures, and features = caption has none: it adds no"
                + " loss (told)");
  }

  @Test
  void describedWithEachPartsOrigins() {
    String text = ConfigText.of(files.read("fusion = [concat, { name = gated, heads = 4 }]"));
    assertThat(text)
        .containsPattern("fusion\\.parts\\[0]\\.name = concat +# .*mine.conf:2")
        .containsPattern("fusion\\.parts\\[1]\\.heads = 4 +# .*mine.conf:2")
        .containsPattern("fusion\\.parts\\[1]\\.gate = sigmoid +# .*reference.conf");
  }
}
