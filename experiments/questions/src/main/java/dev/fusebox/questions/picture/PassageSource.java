package dev.fusebox.questions.picture;

import dev.fusebox.file.UserError;
import dev.fusebox.questions.DataDirectory;
import dev.fusebox.questions.Dataset;
import dev.fusebox.questions.Datasets;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Passages that are found for a question. */
record PassageSource(DataDirectory directory, PassageSettings settings) implements VectorSource {

  @Override
  public int width() {
    return settings.width();
  }

  @Override
  public int patches() {
    return settings.count();
  }

  @Override
  public IndexedPictures open(KeptPictures kept, Optional<Dataset> dataset) throws IOException {
    Path root = directory.root();
    Dataset questions = dataset.isPresent() ? dataset.get() : Datasets.open(root);
    return PassagePictures.open(questions, root, settings, kept.cache());
  }

  @Override
  public void requireWhole(Dataset dataset) throws IOException {
    PassagePictures.passages(dataset, directory.root(), settings);
  }

  @Override
  public void requireRaster() {
    throw new UserError(
        "features = passages: a passage lies nowhere over the picture, so that it cannot be shifted or cropped; leave shifted-picture and cropped-picture out of test.change");
  }

  /** None: they follow from the questions and the corpus. */
  @Override
  public SortedMap<String, Path> files() {
    return new TreeMap<>();
  }
}
