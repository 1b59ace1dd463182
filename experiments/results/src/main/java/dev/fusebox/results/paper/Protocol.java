package dev.fusebox.results.paper;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;

/**
 * How a number came about, as far as papers say; what nobody says is empty.
 *
 * @param backbone the language model
 * @param features what was shown of pictures
 * @param captions whether captions were in the context: {@code true} or {@code false}
 */
record Protocol(String backbone, String features, String captions) {

  Protocol {
    backbone = Objects.requireNonNullElse(backbone, "");
    features = Objects.requireNonNullElse(features, "");
    captions = Objects.requireNonNullElse(captions, "");
  }

  /** That of a run, by its recorded config. */
  static Protocol of(JsonNode config) {
    String features = config.path("features").path("source").asText("none");
    boolean captions =
        config.path("features").path("captions").asBoolean() || features.equals("caption");
    return new Protocol(backbone(config.path("model")), features, Boolean.toString(captions));
  }

  private static String backbone(JsonNode model) {
    return model.hasNonNull("checkpoint")
        ? model.get("checkpoint").asText().replaceAll(".*/", "")
        : "fresh T5 of width " + model.path("shape").path("width").asText("?");
  }
}
