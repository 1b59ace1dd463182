package dev.fusebox.ask;

import ai.djl.Device;
import dev.fusebox.file.Fingerprint;
import dev.fusebox.file.UserError;
import dev.fusebox.vision.FeatureExtractor;
import dev.fusebox.vision.VisionBackbones;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Backbones that feature files say they were made by. A sheet comes with data, perhaps somebody
 * else's: it may lead to weights, but to a program only where a person has named that very file.
 *
 * @param kinds of backbones
 * @param named files and directories that a person named
 */
record SheetBackbones(VisionBackbones kinds, List<Path> named) {

  SheetBackbones {
    named = List.copyOf(named);
    for (Path path : named) {
      if (!Files.exists(path)) {
        throw new UserError("--backbone " + path + ": there is no such file or directory");
      }
    }
  }

  /** Why the backbone of a sheet is not opened; empty if it may be. */
  Optional<String> refusal(FeatureSheet sheet) throws IOException {
    Path backbone = sheet.backbone();
    if (!Files.exists(backbone)) {
      return Optional.of(
          "%s: the backbone that made the features is no longer in %s"
              .formatted(sheet.file(), backbone));
    }
    return !isProgram(sheet) || isNamed(backbone)
        ? Optional.empty()
        : Optional.of(
            "%s: the features were made by %s, a TorchScript file, which is a program; if you trust it, name it: --backbone %s"
                .formatted(sheet.file(), backbone, backbone));
  }

  private boolean isProgram(FeatureSheet sheet) throws IOException {
    try {
      return kinds.isProgram(sheet.backbone());
    } catch (IllegalArgumentException e) {
      throw new UserError(sheet.file() + ": " + e.getMessage(), e);
    }
  }

  private boolean isNamed(Path backbone) throws IOException {
    for (Path path : named) {
      if (Files.isSameFile(path, backbone)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Opens the backbone of a sheet.
   *
   * @throws UserError if it may not be opened, or is another one by now; neither is opened
   */
  FeatureExtractor open(FeatureSheet sheet, Device device) throws IOException {
    Optional<String> why = refusal(sheet);
    if (why.isPresent()) {
      throw new UserError(why.get());
    }
    if (!Fingerprint.ofFiles(kinds.files(sheet.backbone())).equals(sheet.sha256())) {
      throw new UserError(
          "%s: %s is no longer the backbone that made the features: its files have changed"
              .formatted(sheet.file(), sheet.backbone()));
    }
    return FeatureExtractor.open(sheet.backbone(), sheet.readout(), kinds, sheet, device);
  }
}
