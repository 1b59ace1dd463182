package dev.fusebox.vision;

import ai.djl.ndarray.NDManager;
import dev.fusebox.tensor.Ops;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens one kind of backbone; found by {@link java.util.ServiceLoader}. */
public interface VisionBackboneProvider {

  /** What this kind is called: lower case, no blanks. */
  String name();

  /** What it opens, for people: "a directory with ...", "a .onnx file". */
  String accepts();

  /** Whether the path is of this kind; by its name and config, without reading weights. */
  boolean recognises(Path path);

  /** Whether what it opens is a program, which runs with all permissions of the account. */
  default boolean isProgram() {
    return false;
  }

  /**
   * The files that decide its numbers, as {@link VisionBackbone#files} names them; nothing is run
   * to find them.
   *
   * @throws IOException if a file is missing or damaged, with its name
   */
  List<Path> files(Path path) throws IOException;

  /**
   * What a backbone of this kind is like, by its config alone; empty for a kind that has to run to
   * know it.
   *
   * @throws IOException if a file is missing or damaged, with its name
   * @throws IllegalArgumentException if it has no such readout
   */
  default Optional<BackboneOutline> outline(Path path, Readout readout) throws IOException {
    return Optional.empty();
  }

  /**
   * Opens it.
   *
   * @param path what a person named
   * @param readout which of its states are wanted
   * @param manager parent of everything it holds; decides the device
   * @param ops operators of that device, open as long as the backbone
   * @throws IOException if a file is missing or damaged, with its name
   * @throws IllegalArgumentException if it is another network than its files say, or has no such
   *     readout
   */
  VisionBackbone open(Path path, Readout readout, NDManager manager, Ops ops) throws IOException;
}
