package dev.fusebox.lab.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;

class ProvenanceTest {

  @Test
  void aResultSaysWhatItWasMadeWith() {
    JsonNode made = Provenance.current();
    assertThat(made.fieldNames())
        .toIterable()
        .containsExactly("fusebox", "commit", "dirty", "djl", "jvm", "os", "cores");
    assertThat(made).allSatisfy(value -> assertThat(value.asText()).isNotBlank());
    assertThat(made.path("jvm").asText()).contains(Runtime.version().toString());
    assertThat(made.path("os").asText()).startsWith(System.getProperty("os.name"));
    assertThat(made.path("cores").asInt()).isPositive();
  }
}
