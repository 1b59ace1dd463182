package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProvenanceTest {

  @Test
  void aResultSaysWhatItWasMadeWith() {
    Provenance made = Provenance.current();
    assertThat(made.facts())
        .containsOnlyKeys("fusebox", "commit", "dirty", "djl", "jvm", "os", "cores");
    assertThat(made.facts()).allSatisfy((name, value) -> assertThat(value).isNotBlank());
    assertThat(made.jvm()).contains(Runtime.version().toString());
    assertThat(made.os()).startsWith(System.getProperty("os.name"));
    assertThat(made.cores()).isPositive();
  }

  @Test
  void aCommitWithChangesSaysSo() {
    assertThat(new Provenance("1", "abc", true, "", "", "", 1).commitInWords())
        .isEqualTo("abc with changes");
    assertThat(new Provenance("1", "abc", false, "", "", "", 1).commitInWords()).isEqualTo("abc");
  }
}
