package dev.fusebox.vision.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fusebox.vision.picture.PreprocessorFile.Style;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PreprocessorFileTest {

  @TempDir Path folder;

  private Preprocessing read(String json, Style style) throws IOException {
    Path file = folder.resolve(PreprocessorFile.NAME);
    return PreprocessorFile.read(Files.writeString(file, json), style);
  }

  /** It would be read as the defaults of its style. */
  @Test
  void aFileThatSaysNothingIsRefused() {
    assertThatThrownBy(() -> read("", Style.VIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageEndingWith(": a JSON object is expected, found nothing");
    assertThatThrownBy(() -> read("[]", Style.VIT))
        .hasMessageEndingWith(": a JSON object is expected, found ARRAY");
  }

  @Test
  void silenceMeansTheDefaultsOfTheProcessor() throws IOException {
    assertThat(read("{}", Style.VIT)).isEqualTo(Preprocessing.vit());
    assertThat(read("{\"image_processor_type\": \"CLIPImageProcessor\"}", Style.VIT))
        .isEqualTo(Preprocessing.clip());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'size': 384, 'feature_extractor_type': 'ViTFeatureExtractor', 'resample': 3} | to 384 x 384, bicubic",
        "{'size': 336, 'crop_size': 336, 'feature_extractor_type': 'CLIPFeatureExtractor'} | shortest edge to 336, bicubic, middle 336 x 336",
        "{'size': {'shortest_edge': 256}, 'do_center_crop': true, 'crop_size': {'height': 224, 'width': 200}} | shortest edge to 256, bilinear, middle 224 x 200",
        "{'size': {'height': 30, 'width': 40}, 'crop_pct': null, 'do_flip_channel_order': false} | to 30 x 40, bilinear"
      })
  void readsSizesOfAllForms(String json, String words) throws IOException {
    assertThat(read(json.replace('\'', '"'), Style.VIT).inWords()).startsWith(words + "; ");
  }

  @Test
  void stepsThatAreOffAreLeftOut() throws IOException {
    Preprocessing read = read("{\"do_rescale\": false, \"do_normalize\": false}", Style.VIT);
    assertThat(read.inWords()).endsWith("; x 1, mean 0 0 0, deviation 1 1 1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{'crop_pct': 0.9}                  | unknown, and may change pixels: crop_pct = 0.9",
        "{'do_flip_channel_order': true}    | unknown, and may change pixels: do_flip_channel_order = true",
        "{'image_processor_type': 'ConvNextImageProcessor'} | image_processor_type must be of ViT, CLIP or Bit (as ViTImageProcessor), found ConvNextImageProcessor",
        "{'resample': 7}                    | resample must be one of Pillow's numbers 0 to 5, found 7",
        "{'size': {'longest_edge': 9}}      | size must be a number, {height, width} or {shortest_edge}, found {\"longest_edge\":9}",
        "{'size': 'big'}                    | size must be a number, {height, width} or {shortest_edge}, found \"big\"",
        "{'image_mean': [0.5]}              | image_mean must be three numbers, found [0.5]",
        "{'image_std': [0, 1, 1]}           | a standard deviation must not be 0, found [0.0, 1.0, 1.0]",
        "{'do_resize': false}               | pictures must all get the same size: resized to height and width, or cropped; found neither",
        "{'size': {'shortest_edge': 9}}     | pictures must all get the same size: resized to height and width, or cropped; found shortest edge to 9, bilinear"
      })
  void refusesByName(String json, String message) {
    assertThatThrownBy(() -> read(json.replace('\'', '"'), Style.VIT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(folder.resolve(PreprocessorFile.NAME) + ": " + message);
  }

  @Test
  void timmMakesTheShortestEdgeLongerThanWhatIsLookedAt() throws IOException {
    String json =
        """
        {"pretrained_cfg": {"input_size": [3, 384, 384], "interpolation": "bicubic", "crop_pct": 0.9,
          "crop_mode": "center", "mean": [0.5, 0.5, 0.5], "std": [0.5, 0.5, 0.5]}}
        """;
    assertThat(TimmPreprocessing.of(new ObjectMapper().readTree(json)).orElseThrow().inWords())
        .startsWith("shortest edge to 426, bicubic, middle 384 x 384; ");
  }
}
