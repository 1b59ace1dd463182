package dev.fusebox.extract;

import ai.djl.Device;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fusebox.file.UserError;
import dev.fusebox.progress.Interruption;
import dev.fusebox.progress.WorkLine;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Runs pictures through a backbone and writes its features, batch after batch. */
public final class Extraction implements AutoCloseable {

  private final ExtractSettings settings;
  private final FeatureExtractor extractor;

  private Extraction(ExtractSettings settings, FeatureExtractor extractor) {
    this.settings = settings;
    this.extractor = extractor;
  }

  /**
   * Opens the backbone and runs it on a black picture.
   *
   * @throws UserError if it cannot be read, or does not take such pictures
   */
  public static Extraction open(
      ExtractSettings settings,
      VisionBackbones kinds,
      FeatureExtractor.Choice choice,
      Device device) {
    return new Extraction(
        settings,
        FeatureExtractor.open(settings.backbone(), settings.readout(), kinds, choice, device));
  }

  /** P. */
  public int patches() {
    return extractor.patches();
  }

  /** V. */
  public int width() {
    return extractor.width();
  }

  /** Whether the feature file is there and was made in this way, of these pictures. */
  public boolean isDone(PictureList list) throws IOException {
    return Files.exists(settings.out())
        && ExtractionSheet.says(settings.sheet(), ExtractionSheet.plan(settings, extractor, list));
  }

  /**
   * Writes the feature file, its name map and its sheet; goes on where the same extraction stopped.
   *
   * @return what became of the pictures; empty if Ctrl-C came before the end
   * @throws UserError if a picture cannot be read and that is not allowed
   */
  public Optional<ExtractionOutcome> run(PictureList list, Interruption interruption)
      throws IOException {
    ObjectNode plan = ExtractionSheet.plan(settings, extractor, list);
    try (FeatureRows rows = FeatureRows.open(settings.out(), plan.toString(), patches(), width())) {
      int before = rows.done();
      if (!write(list.pictures(), rows, interruption)) {
        return Optional.empty();
      }
      ExtractionOutcome outcome = ExtractionOutcome.of(rows.entries(), before);
      outcome.writeNames(settings.names(), settings.force());
      ExtractionSheet.write(settings, plan, outcome, rows.complete());
      rows.finish();
      return Optional.of(outcome);
    }
  }

  /** While the backbone computes a batch, another thread reads the next. */
  private boolean write(List<NamedPicture> pictures, FeatureRows rows, Interruption interruption)
      throws IOException {
    ExecutorService reading = Executors.newSingleThreadExecutor(Extraction::thread);
    try (WorkLine progress = WorkLine.of("pictures")) {
      progress.at(rows.done(), pictures.size());
      Future<DecodedBatch> next = decode(reading, pictures, rows.done());
      while (rows.done() < pictures.size()) {
        DecodedBatch batch = result(next);
        next = decode(reading, pictures, rows.done() + batch.pictures().size());
        rows.add(batch.entries(rows.count(), settings.missing()), numbers(batch));
        progress.at(rows.done(), pictures.size());
        if (interruption.asked()) {
          return false;
        }
      }
      return true;
    } finally {
      reading.shutdownNow();
    }
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "pictures");
    thread.setDaemon(true);
    return thread;
  }

  private Future<DecodedBatch> decode(
      ExecutorService reading, List<NamedPicture> pictures, int start) {
    int end = Math.min(pictures.size(), start + settings.batch());
    List<NamedPicture> batch = pictures.subList(start, end);
    return reading.submit(
        () -> DecodedBatch.of(batch, extractor.preprocessing(), settings.missing()));
  }

  private static DecodedBatch result(Future<DecodedBatch> batch) throws IOException {
    try {
      return batch.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while reading pictures", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IOException(e.getCause());
    }
  }

  /** Rows of a batch: zeros where there is no picture but shall be a row. */
  private float[] numbers(DecodedBatch batch) {
    float[] found = batch.pixels().isEmpty() ? new float[0] : extractor.vectors(batch.together());
    if (settings.missing() != Missing.ZERO || batch.pixels().size() == batch.pictures().size()) {
      return found;
    }
    int size = patches() * width();
    float[] spread = new float[size * batch.pictures().size()];
    int from = 0;
    for (int i = 0; i < batch.faults().size(); i++) {
      if (batch.faults().get(i).isEmpty()) {
        System.arraycopy(found, size * from++, spread, size * i, size);
      }
    }
    return spread;
  }

  @Override
  public void close() {
    extractor.close();
  }
}
