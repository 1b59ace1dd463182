package dev.fusebox.benchmarks;

import java.awt.Color;
import java.awt.GradientPaint;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.imageio.ImageIO;

/** From picture files to a feature file: decoding, resampling, the network, writing. */
final class ExtractBenchmark {

  private static final int PICTURES = 128; // in each step
  private static final int WIDTH = 640;
  private static final int HEIGHT = 480;

  private final BenchmarkSettings settings;
  private final Optional<Python> python;
  private final Path backbone;
  private final Path folder;

  private ExtractBenchmark(
      BenchmarkSettings settings, Optional<Python> python, Path backbone, Path folder) {
    this.settings = settings;
    this.python = python;
    this.backbone = backbone;
    this.folder = folder;
  }

  /** Prints the table. */
  static void run(BenchmarkSettings settings) throws IOException {
    String given = System.getenv("FUSEBOX_BACKBONE");
    Path backbone =
        given != null ? Path.of(given) : Path.of("../shared/data/backbones/efficientnet-lite0.pt");
    if (!Files.exists(backbone)) {
      System.out.println(
          "extract is skipped: no "
              + backbone
              + "; FUSEBOX_BACKBONE names a TorchScript file of (B, 3, 224, 224)");
      return;
    }
    try (TemporaryFolder folder = TemporaryFolder.make()) {
      new ExtractBenchmark(settings, Python.find(), backbone, folder.path()).table();
    }
  }

  private void table() throws IOException {
    int count = PICTURES * settings.steps();
    Path list = pictures(count);
    System.out.println(Comparison.heading());
    beside("PNG files to features, one after the other", list, count, 0);
    beside("beside a worker that decodes meanwhile", list, count, 1);
  }

  private void beside(String name, Path list, int count, int workers) throws IOException {
    Sides sides = Sides.take(settings.rounds(), () -> ours(list), () -> theirs(list, workers));
    System.out.println(sides.speed(name, count, "pictures", 1));
    System.out.println(sides.memory("  peak memory", 1));
  }

  private Optional<Turn> ours(Path list) throws IOException {
    Path out = folder.resolve("ours.npy");
    Files.deleteIfExists(out);
    return Child.java(
        ExtractionTurn.class,
        settings.threads(),
        List.of(list.toString(), backbone.toString(), out.toString()));
  }

  private Optional<Turn> theirs(Path list, int workers) throws IOException {
    return python.isEmpty()
        ? Optional.empty()
        : python
            .get()
            .own(
                Path.of("benchmarks/extract.py"),
                List.of(
                    "--list=" + list,
                    "--backbone=" + backbone,
                    "--out=" + folder.resolve("theirs.npy"),
                    "--workers=" + workers,
                    "--threads=" + settings.threads()));
  }

  /** Drawn: gradients with shapes over them, about as well compressed as drawings are. */
  private Path pictures(int count) throws IOException {
    List<String> paths = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Path file = folder.resolve(i + ".png").toAbsolutePath();
      ImageIO.write(picture(new Random(i)), "png", file.toFile());
      paths.add(file.toString());
    }
    return Files.write(folder.resolve("list.txt"), paths);
  }

  private static BufferedImage picture(Random random) {
    BufferedImage picture = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = picture.createGraphics();
    graphics.setPaint(new GradientPaint(0, 0, color(random), WIDTH, HEIGHT, color(random)));
    graphics.fillRect(0, 0, WIDTH, HEIGHT);
    for (int shape = 0; shape < 30; shape++) {
      graphics.setColor(color(random));
      graphics.fillOval(
          random.nextInt(WIDTH), random.nextInt(HEIGHT), random.nextInt(200), random.nextInt(200));
    }
    graphics.dispose();
    return picture;
  }

  private static Color color(Random random) {
    return new Color(random.nextInt(1 << 24));
  }
}
