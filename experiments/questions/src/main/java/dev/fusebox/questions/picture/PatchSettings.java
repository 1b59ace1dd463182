package dev.fusebox.questions.picture;

/**
 * {@code features.patches}: how a raw picture becomes vectors.
 *
 * @param picture side of the square the picture is scaled to, in pixels
 * @param patch side of a patch, in pixels
 */
public record PatchSettings(int picture, int patch) {

  public PatchSettings {
    if (picture < 1) {
      throw new IllegalArgumentException("picture must be at least 1, found " + picture);
    }
    if (patch < 1 || picture % patch != 0) {
      throw new IllegalArgumentException(
          "patch must divide the picture's side " + picture + ", found " + patch);
    }
  }
}
