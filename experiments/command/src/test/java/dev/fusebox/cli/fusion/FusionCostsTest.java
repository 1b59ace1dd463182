package dev.fusebox.cli.fusion;

import static org.assertj.core.api.Assertions.assertThat;

import dev.fusebox.fusion.FusionProvider;
import dev.fusebox.results.table.Cell;
import dev.fusebox.results.table.Table;
import dev.fusebox.t5.T5Config;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FusionCostsTest {

  private static final ClassLoader LOADER = FusionCostsTest.class.getClassLoader();

  /**
   * The gate's own, at width 64 with vectors of 256: six square matrices, one of 64 × 256, and
   * biases.
   */
  @Test
  void saysWhatEachAddsToTextAlone() {
    Map<String, FusionProvider<?>> known = FusionCatalogue.of(LOADER).providers();
    List<String> heard = new ArrayList<>();
    Table table =
        FusionCosts.of(
            List.of(known.get("gated"), known.get("coattention")),
            LOADER,
            T5Config.small(320, 64, 4),
            1,
            heard::add);
    assertThat(heard).containsExactly("gated", "coattention");
    List<List<Cell>> rows = table.sections().get(0);
    assertThat(rows)
        .extracting(row -> row.get(0).text())
        .containsExactly("text alone", "gated", "coattention");
    assertThat(rows.get(0).get(1).text()).isEqualTo("0");
    assertThat(rows.get(1).get(1).text()).isEqualTo("41,344");
    assertThat(rows.get(1).get(2).order()).isGreaterThan(rows.get(0).get(2).order());
    assertThat(rows.get(2).get(2).order()).isGreaterThan(rows.get(1).get(2).order());
    assertThat(rows).allSatisfy(row -> assertThat(row.get(3).order()).isPositive());
    assertThat(rows.subList(1, 3)).allSatisfy(row -> assertThat(row.get(5).order()).isPositive());
  }
}
