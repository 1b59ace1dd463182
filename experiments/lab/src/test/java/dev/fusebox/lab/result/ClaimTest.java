package dev.fusebox.lab.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.fusebox.lab.store.ClaimsRecord;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClaimTest {

  @Test
  void aClaimNamesTwoVariantsAndPerhapsACategory() {
    assertThat(Claim.parse("gated > text")).isEqualTo(new Claim("gated", "text", ""));
    assertThat(Claim.parse(" two-stage>majority  among G1-6 "))
        .isEqualTo(new Claim("two-stage", "majority", "G1-6"))
        .hasToString("two-stage > majority among G1-6");
    for (String none : List.of("gated", "gated >", "> text", "a > b > c", "gated < text")) {
      assertThatThrownBy(() -> Claim.parse(none))
          .hasMessage(
              "a claim must be VARIANT > VARIANT, or VARIANT > VARIANT among CATEGORY, found "
                  + none);
    }
    assertThatThrownBy(() -> Claim.parse("a > a"))
        .hasMessage("a claim must name two variants, found a twice");
  }

  @Test
  void aClaimKeepsTheTimeAtWhichItWasStatedFirst(@TempDir Path folder) throws IOException {
    assertThat(ClaimsRecord.read(folder).claims()).isEmpty();
    ClaimsRecord.state(folder, List.of("a > b"));
    ClaimsRecord.Stated first = ClaimsRecord.read(folder).claims().get(0);
    ClaimsRecord.state(folder, List.of("c > b", "a > b"));
    assertThat(ClaimsRecord.read(folder).claims())
        .extracting(ClaimsRecord.Stated::claim)
        .containsExactly("c > b", "a > b");
    assertThat(ClaimsRecord.read(folder).claims()).contains(first);
    ClaimsRecord.state(folder, List.of());
    assertThat(folder).as("no run was there to be known").isEmptyDirectory();
  }
}
