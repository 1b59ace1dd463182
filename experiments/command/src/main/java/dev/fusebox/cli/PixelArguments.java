package dev.fusebox.cli;

import dev.fusebox.file.UserError;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.VisionBackbone;
import dev.fusebox.vision.picture.Preprocessing;
import dev.fusebox.vision.picture.PreprocessorFile;
import dev.fusebox.vision.picture.Resampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** The options that say how pictures become pixels. */
final class PixelArguments implements FeatureExtractor.Choice {

  private static final Pattern SIZE = Pattern.compile("(\\d{1,5})(?:x(\\d{1,5}))?");

  @Option(
      names = "--preprocessing",
      paramLabel = "STYLE",
      description =
          "vit, clip, imagenet or a preprocessor_config.json; default: the one next to the backbone.")
  private Optional<String> style = Optional.empty();

  @Option(
      names = "--size",
      paramLabel = "N|HxW",
      description = "Input height and width, if not the preset's.")
  private Optional<String> size = Optional.empty();

  @Option(
      names = "--resample",
      paramLabel = "FILTER",
      description = "Pillow's bicubic, bilinear, lanczos, box, hamming or nearest.")
  private Optional<String> filter = Optional.empty();

  @Option(
      names = "--mean",
      paramLabel = "R,G,B",
      description = "Mean to subtract from colors in 0 to 1; one number applies to all three.")
  private Optional<String> mean = Optional.empty();

  @Option(
      names = "--sd",
      paramLabel = "R,G,B",
      description = "Standard deviation to divide by; likewise.")
  private Optional<String> deviation = Optional.empty();

  @Override
  public Preprocessing of(VisionBackbone backbone) {
    Preprocessing result = style.map(name -> named(name, backbone)).orElseGet(() -> own(backbone));
    if (filter.isPresent()) {
      result = result.filtered(Resampling.named(filter.get()));
    }
    result =
        result.normalized(
            mean.map(text -> colors("--mean", text)).orElse(result.mean()),
            deviation.map(text -> colors("--sd", text)).orElse(result.deviation()));
    return size.isPresent() ? sized(result, size.get()) : result;
  }

  private static Preprocessing own(VisionBackbone backbone) {
    return backbone
        .preprocessing()
        .orElseThrow(
            () ->
                new UserError(
                    "%s does not specify its preprocessing; give --preprocessing vit, clip, imagenet or a preprocessor_config.json, with --size, --resample, --mean and --sd where they are others"
                        .formatted(backbone.files().get(0))));
  }

  private static Preprocessing named(String name, VisionBackbone backbone) {
    return switch (name) {
      case "vit" -> Preprocessing.vit();
      case "clip" -> Preprocessing.clip();
      case "imagenet" -> Preprocessing.imageNet();
      default -> read(Path.of(name), backbone);
    };
  }

  private static Preprocessing read(Path file, VisionBackbone backbone) {
    if (!Files.isRegularFile(file)) {
      throw new UserError(
          "--preprocessing must be vit, clip, imagenet or a file, found "
              + file
              + ", which is not there");
    }
    try {
      boolean clip = backbone.kind().equals("clip");
      return PreprocessorFile.read(
          file, clip ? PreprocessorFile.Style.CLIP : PreprocessorFile.Style.VIT);
    } catch (IOException e) {
      throw new UserError(e.getMessage(), e);
    }
  }

  private static Preprocessing sized(Preprocessing old, String size) {
    Matcher numbers = SIZE.matcher(size);
    if (!numbers.matches()) {
      throw new UserError("--size must be pixels, as 224 or 224x320, found " + size);
    }
    int height = Integer.parseInt(numbers.group(1));
    return old.sized(
        height, numbers.group(2) == null ? height : Integer.parseInt(numbers.group(2)));
  }

  private static List<Double> colors(String option, String text) {
    try {
      List<Double> numbers = Arrays.stream(text.split(",")).map(Double::valueOf).toList();
      if (numbers.size() == 1) {
        return List.of(numbers.get(0), numbers.get(0), numbers.get(0));
      }
      if (numbers.size() == 3) {
        return numbers;
      }
    } catch (NumberFormatException e) {
      // told below
    }
    throw new UserError(option + " must be one number or three, as 0.5,0.5,0.5, found " + text);
  }
}
