package dev.fusebox.lab.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.Canonical;
import dev.fusebox.training.catalogue.FusionSettings;
import org.junit.jupiter.api.Test;

class SettingsJsonTest {

  private record Sight(int width, double rate) {}

  private final SettingsJson json = new SettingsJson();

  @Test
  void equalSettingsHaveOneNode() {
    JsonNode first = json.of(new Sight(8, 0.5));
    assertThat(first).isEqualTo(Canonical.of(new Sight(8, 0.5)));
    assertThat(json.of(new Sight(8, 0.5))).isSameAs(first);
    assertThat(json.of(new Sight(8, -0.0))).isNotEqualTo(json.of(new Sight(8, 0.0)));
  }

  @Test
  void aCopyMayBeChanged() {
    JsonNode settings = json.of(new Sight(8, 0.5));
    ObjectNode copy = SettingsJson.copy(settings).put("width", 9);
    copy.remove("rate");
    assertThat(settings).isEqualTo(Canonical.of(new Sight(8, 0.5)));
    assertThat(json.of(new Sight(8, 0.5))).isSameAs(settings);
  }

  /** As a plugin may have them. */
  private record Careless(int heads) {

    @Override
    public boolean equals(Object other) {
      return other instanceof Careless;
    }

    @Override
    public int hashCode() {
      return 0;
    }
  }

  @Test
  void settingsOfAFusionAreToldApartByWhatTheySay() {
    JsonNode two = json.of(new FusionSettings("careless", new Careless(2)));
    JsonNode three = json.of(new FusionSettings("careless", new Careless(3)));
    assertThat(two.at("/settings/heads").asInt()).isEqualTo(2);
    assertThat(three.at("/settings/heads").asInt()).isEqualTo(3);
    assertThat(json.of(new FusionSettings("careless", new Careless(2)))).isSameAs(two);
  }
}
