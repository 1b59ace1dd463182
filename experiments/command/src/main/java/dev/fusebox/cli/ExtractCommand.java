package dev.fusebox.cli;

import dev.fusebox.extract.ExtractSettings;
import dev.fusebox.extract.Extraction;
import dev.fusebox.extract.ExtractionOutcome;
import dev.fusebox.extract.Missing;
import dev.fusebox.extract.PictureList;
import dev.fusebox.file.UserError;
import dev.fusebox.progress.Interruption;
import dev.fusebox.questions.picture.ShownPictures;
import dev.fusebox.training.catalogue.Plugins;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code fusebox extract}: from pictures to a feature file. */
@Command(
    name = "extract",
    mixinStandardHelpOptions = true,
    description = {
      "Turn pictures into a feature file.",
      "Resumes if interrupted. See docs/pictures.md."
    },
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  fusebox extract --data DIR --backbone vit-base --out DIR/vit.npy",
      "  fusebox extract --frames film --backbone net.onnx --preprocessing imagenet --out f.npy"
    })
public final class ExtractCommand implements Callable<Integer> {

  private static final int SHOWN = 10;

  /** Where the pictures are: one of three. */
  private static final class From {

    @Option(
        names = "--data",
        paramLabel = "DIR",
        description = "Data in ScienceQA's layout: images/SPLIT/ID/image.png or .jpg.")
    private Path data;

    @Option(names = "--list", paramLabel = "FILE", description = "A file with one path per line.")
    private Path list;

    @Option(names = "--frames", paramLabel = "DIR", description = "A folder of pictures.")
    private Path frames;

    PictureList pictures(ShownPictures shown) throws IOException {
      return data != null
          ? PictureList.ofData(data, shown)
          : list != null ? PictureList.ofLines(list) : PictureList.ofFrames(frames);
    }
  }

  @ArgGroup(multiplicity = "1")
  private From from;

  @Option(
      names = "--backbone",
      required = true,
      paramLabel = "PATH",
      description =
          "A directory with a Hugging Face or timm ViT or CLIP, a TorchScript file (a program: it will be executed) or an ONNX file.")
  private Path backbone;

  @Option(names = "--out", required = true, paramLabel = "FILE.npy", description = "The file.")
  private Path out;

  @Option(
      names = "--names",
      paramLabel = "FILE",
      description =
          "Where to write the map from picture to row; default: name_map.json next to the feature file.")
  private Optional<Path> names = Optional.empty();

  @Option(
      names = "--pictures",
      paramLabel = "WHICH",
      defaultValue = "first",
      description =
          "Which pictures of a problem in --data: first, question (also image_0.png and so on), options (choice_0.png and so on) or all (default: ${DEFAULT-VALUE}).")
  private ShownPictures shown;

  @Mixin private ReadoutArguments readout;
  @Mixin private PixelArguments pixels;

  @Option(
      names = "--batch",
      paramLabel = "N",
      defaultValue = "16",
      description = "Pictures at a time (default: ${DEFAULT-VALUE}).")
  private int batch;

  @Option(
      names = "--missing",
      paramLabel = "WHAT",
      defaultValue = "fail",
      description =
          "What to do about a missing or unreadable picture: skip (no row), zero (a row of zeros) or fail (default: ${DEFAULT-VALUE}).")
  private Missing missing;

  @Mixin private DeviceArgument device;

  @Option(names = "--force", description = "Replace files that are already there.")
  private boolean force;

  @Mixin private PluginArguments plugins;

  @Spec private CommandSpec command;

  @Override
  public Integer call() throws IOException {
    ExtractSettings settings =
        new ExtractSettings(
            backbone,
            readout.readout(),
            out,
            names.orElse(out.resolveSibling("name_map.json")),
            batch,
            missing,
            force);
    PictureList pictures = from.pictures(shown);
    settings.requireFreeNames(pictures);
    try (Extraction extraction =
        Extraction.open(
            settings, Plugins.backbones(plugins.loader()), pixels, device.name().device())) {
      return extract(extraction, settings, pictures);
    }
  }

  private int extract(Extraction extraction, ExtractSettings settings, PictureList pictures)
      throws IOException {
    if (extraction.isDone(pictures)) {
      return say("%s already exists, made with these settings: nothing to do", out);
    }
    if (Files.exists(out) && !force) {
      throw new UserError(
          "%s already exists, made with other settings; --force replaces it".formatted(out));
    }
    Optional<ExtractionOutcome> outcome;
    try (Interruption interruption = new Interruption()) {
      outcome = extraction.run(pictures, interruption);
    }
    if (outcome.isEmpty()) {
      return ExitStatus.INTERRUPTED;
    }
    tell(outcome.get());
    return say(
        "%s (%d, %d, %d), %s, %s",
        out,
        outcome.get().count(),
        extraction.patches(),
        extraction.width(),
        settings.names(),
        settings.sheet());
  }

  private void tell(ExtractionOutcome outcome) {
    if (outcome.before() > 0) {
      say("%,d were done before", outcome.before());
    }
    if (!outcome.faults().isEmpty()) {
      say(
          "%,d could not be read and got %s:",
          outcome.faults().size(), missing == Missing.ZERO ? "zeros" : "no row");
      outcome.faults().entrySet().stream()
          .limit(SHOWN)
          .forEach(fault -> say("  %s: %s", fault.getKey(), fault.getValue()));
      int more = outcome.faults().size() - SHOWN;
      if (more > 0) {
        say("  and %,d more, all in the .json file", more);
      }
    }
  }

  private int say(String format, Object... values) {
    PrintWriter writer = command.commandLine().getOut();
    writer.printf(format + "%n", values);
    writer.flush();
    return ExitStatus.DONE;
  }
}
