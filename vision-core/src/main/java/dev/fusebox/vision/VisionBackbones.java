package dev.fusebox.vision;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Ops;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.Collectors;

/** Every kind of backbone, as found when the program started. Immutable. */
public final class VisionBackbones {

  private final List<VisionBackboneProvider> providers;

  /**
   * These kinds.
   *
   * @throws IllegalArgumentException if two have one name
   */
  public VisionBackbones(List<VisionBackboneProvider> providers) {
    this.providers = List.copyOf(providers);
    long names = providers.stream().map(VisionBackboneProvider::name).distinct().count();
    if (names < providers.size()) {
      throw new IllegalArgumentException("two kinds of backbones have the same name: " + names());
    }
  }

  /** Every kind that the class loader finds. */
  public static VisionBackbones of(ClassLoader loader) {
    List<VisionBackboneProvider> found = new ArrayList<>();
    ServiceLoader.load(VisionBackboneProvider.class, loader).forEach(found::add);
    return new VisionBackbones(found);
  }

  /** The names of the kinds. */
  public List<String> names() {
    return providers.stream().map(VisionBackboneProvider::name).sorted().toList();
  }

  /**
   * Opens what a person named; nothing is looked for elsewhere.
   *
   * @see VisionBackboneProvider#open
   * @throws IllegalArgumentException if no kind, or more than one, takes the path
   */
  public VisionBackbone open(Path path, Readout readout, NDManager manager, Ops ops)
      throws IOException {
    return provider(path).open(path, readout, manager, ops);
  }

  /**
   * What a named backbone is like, without reading its weights.
   *
   * @see VisionBackboneProvider#outline
   * @throws IllegalArgumentException if no kind, or more than one, takes the path
   */
  public Optional<BackboneOutline> outline(Path path, Readout readout) throws IOException {
    return provider(path).outline(path, readout);
  }

  /**
   * Whether opening a path would run a program.
   *
   * @see VisionBackboneProvider#isProgram
   * @throws IllegalArgumentException if no kind, or more than one, takes the path
   */
  public boolean isProgram(Path path) throws IOException {
    return provider(path).isProgram();
  }

  /**
   * The files of a backbone, without opening it.
   *
   * @see VisionBackboneProvider#files
   * @throws IllegalArgumentException if no kind, or more than one, takes the path
   */
  public List<Path> files(Path path) throws IOException {
    return provider(path).files(path);
  }

  /**
   * What takes a path: the class whose code decides the numbers.
   *
   * @throws IllegalArgumentException if no kind, or more than one, takes the path
   */
  public Class<?> taking(Path path) throws IOException {
    return provider(path).getClass();
  }

  private VisionBackboneProvider provider(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new NoSuchFileException(path + ": no such file or directory; a backbone is expected");
    }
    List<VisionBackboneProvider> fitting =
        providers.stream().filter(provider -> provider.recognises(path)).toList();
    if (fitting.size() != 1) {
      throw new IllegalArgumentException(
          "%s: %s takes it; known: %s"
              .formatted(path, fitting.isEmpty() ? "no backbone" : "more than one", known()));
    }
    return fitting.get(0);
  }

  private String known() {
    return providers.stream()
        .map(provider -> provider.name() + " (" + provider.accepts() + ")")
        .sorted()
        .collect(Collectors.joining(", "));
  }
}
