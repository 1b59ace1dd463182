package dev.fusebox.cli;

import dev.fusebox.demo.DemoData;
import dev.fusebox.file.UserError;
import dev.fusebox.questions.DemoSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes the embedded demo data where a person can look at them. */
@Command(
    name = "generate-demo",
    mixinStandardHelpOptions = true,
    description = {
      "Generate small scenes with questions, as ScienceQA files.",
      "The same seed gives the same files; a larger set starts with the smaller one."
    },
    footer = {
      "",
      "Example: fusebox generate-demo --out demo --questions 1000 --seed 1",
      "The folder can be read back with data.root=demo."
    })
public final class GenerateDemoCommand implements Callable<Integer> {

  @Option(
      names = "--out",
      required = true,
      description = "output folder; existing files are replaced")
  private Path out;

  @Option(
      names = "--questions",
      defaultValue = "4000",
      description = "how many, over all splits (default: ${DEFAULT-VALUE})")
  private int questions;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "same seed, same bytes (default: ${DEFAULT-VALUE})")
  private long seed;

  @Option(
      names = "--picture-share",
      defaultValue = "" + DemoSettings.PICTURE_SHARE,
      description = "share of questions about a picture (default: ${DEFAULT-VALUE})")
  private double pictureShare;

  @Option(
      names = "--noise",
      defaultValue = "" + DemoSettings.NOISE,
      description = "noise in the features, in standard deviations (default: ${DEFAULT-VALUE})")
  private double noise;

  @Override
  public Integer call() throws IOException {
    DemoData.write(settings(), out);
    System.out.println(questions + " questions in " + out);
    return 0;
  }

  private DemoSettings settings() {
    try {
      return new DemoSettings(questions, seed, pictureShare, noise);
    } catch (IllegalArgumentException broken) {
      throw new UserError("generate-demo: " + broken.getMessage());
    }
  }
}
