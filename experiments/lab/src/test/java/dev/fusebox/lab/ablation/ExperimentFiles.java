package dev.fusebox.lab.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.fusebox.file.UserError;
import dev.fusebox.training.catalogue.FusionCatalogue;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * A folder of experiments, and a reader that knows the fusion {@code mist}.
 *
 * @param folder where the files are written
 */
record ExperimentFiles(Path folder, ExperimentReader reader) {

  /** With a base file that {@link #read} includes. */
  static ExperimentFiles withBase(Path folder) {
    ClassLoader loader = ExperimentFiles.class.getClassLoader();
    FusionCatalogue fusions = new FusionCatalogue(List.of(new MistProvider()));
    ExperimentFiles files = new ExperimentFiles(folder, new ExperimentReader(fusions, loader));
    files.write(
        "base/demo.conf",
        """
        data = demo
        model = tiny
        training { epochs = 3, optimizer.learningRate = 1e-3 }
        pipeline { answer { format = QCM-A } }
        fusions.mist { heads = 4 }
        """);
    return files;
  }

  Path path(String name) {
    return folder.resolve(name);
  }

  Path write(String name, String text) {
    try {
      Path file = path(name);
      Files.createDirectories(file.getParent());
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads {@code mine.conf}: the base, then {@code text}. */
  Experiment read(String text, String... overrides) {
    Path file = write("mine.conf", "include \"base/demo.conf\"\n" + text);
    return reader.read(file, List.of(overrides));
  }

  /** What a person is told. */
  static String told(ThrowingCallable reading) {
    Throwable error = catchThrowable(reading);
    assertThat(error).isInstanceOf(UserError.class);
    return error.getMessage();
  }
}
