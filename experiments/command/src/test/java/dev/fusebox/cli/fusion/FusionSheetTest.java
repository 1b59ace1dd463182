package dev.fusebox.cli.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.util.Collection;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class FusionSheetTest {

  private static final ClassLoader LOADER = FusionSheetTest.class.getClassLoader();

  static Collection<FusionProvider<?>> providers() {
    return FusionCatalogue.of(LOADER).providers().values();
  }

  @ParameterizedTest
  @MethodSource("providers")
  void everyKeyOfEveryFusionHasADefaultARangeAndAMeaning(FusionProvider<?> provider) {
    FusionSheet sheet = FusionSheet.of(provider, LOADER);
    assertThat(sheet.hooks()).isNotEmpty();
    assertThat(sheet.parameters()).isPositive();
    assertThat(sheet.source()).isNotBlank();
    assertThat(sheet.keys()).isNotEmpty();
    assertThat(sheet.keys())
        .allSatisfy(
            key -> {
              assertThat(key.standard()).as(key.name()).isNotBlank();
              assertThat(key.range()).as(key.name()).isNotBlank();
              assertThat(key.meaning()).as(key.name()).isNotBlank();
            });
  }
}
